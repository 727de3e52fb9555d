"""The app: `create_app` wires the parts together, and nothing else does."""

from functools import cache
from typing import TYPE_CHECKING

from flask import Flask, request
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import db
from app.api import register_api
from app.cli import register_commands
from app.domain.errors import DatabaseAway
from app.domain.taxonomy import Taxonomy
from app.faces.doorstep import parts_of
from app.faces.front_gate import FrontGate
from app.faces.row_numbers import RowNumber
from app.faces.signed_in import know_people
from app.followers.postman import Postman
from app.followers.runner import Followers
from app.formats.calendar_files import read_calendar
from app.formats.live_taxonomy import LiveTaxonomy
from app.logs import set_up_logs
from app.parts import Parts
from app.schema import make_ready
from app.search.engines.memory_engine import MemoryEngine
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.port import SearchEngine
from app.services.accounts import passwords
from app.services.terms.mending import mend_vocabularies
from app.web import register_pages
from config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

UNLIMITED = ("static", "api.health")


def create_app(settings: Settings) -> Flask:
    """Build one app from its settings; no global is read.

    Raises:
        InvalidInput: the taxonomy or the calendar cannot be read.
    """
    app = Flask(__name__)
    _configure(app, settings)
    set_up_logs(settings.log_level)
    db.connect(settings.database_url)
    passwords.spend(little=settings.testing)
    live = LiveTaxonomy(settings.taxonomy_dir)
    calendar = read_calendar(settings.calendar_dir, live.taxonomy.codes("authorities"))
    parts = Parts(settings, _search_engine(settings, live.taxonomy), live, calendar)
    app.extensions["parts"] = parts
    _guard(app, settings)
    _look_at_the_vocabularies(app)
    if not settings.testing:
        _wake_with_first_request(app, parts)
    register_pages(app)
    register_api(app)
    register_commands(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    """Hand Flask and its extensions what they ask of the settings."""
    app.secret_key = settings.secret_key
    app.testing = settings.testing
    app.url_map.converters["int"] = RowNumber
    app.config.update(
        MAX_CONTENT_LENGTH=settings.request_limit_kb * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        # The secret of a form lasts as long as the session: who writes for an hour loses nothing.
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_MIMETYPES=[
            "text/html", "text/css", "text/javascript", "text/markdown",
            "application/json", "application/problem+json", "image/svg+xml", "application/atom+xml",
        ],
    )  # fmt: skip


def _wake_with_first_request(app: Flask, parts: Parts) -> None:
    """Let a server's first request make the database ready and set the followers to work.

    Not the building of the app: commands build one too, and a server may fork
    after it. A command makes ready what it needs itself.
    """
    followers, postman = Followers(parts), Postman(parts)

    @cache
    def make_ready_once(database_url: str) -> None:
        make_ready(database_url)
        if mend_vocabularies(parts.settings.taxonomy_dir):
            parts.look_again()

    @app.before_request
    def wake() -> None:
        try:
            make_ready_once(parts.settings.database_url)
        except DatabaseAway:
            if request.endpoint == "api.health":
                return  # it tells so itself
            raise
        if parts.settings.follower == "thread":
            followers.start()
            postman.start()


def _look_at_the_vocabularies(app: Flask) -> None:
    """Let every request see the vocabularies as they are, whichever process changed them."""

    @app.before_request
    def look() -> None:
        parts_of(app).glance()


def _search_engine(settings: Settings, taxonomy: Taxonomy) -> SearchEngine:
    if settings.search_engine == "memory":
        return MemoryEngine(taxonomy)
    return WhooshEngine(settings.index_dir, taxonomy)


def _guard(app: Flask, settings: Settings) -> None:
    """Put on what protects every door: CSRF, limits, sign-in, the truth about proxies."""
    CSRFProtect(app)
    Compress(app)
    know_people(app)
    if settings.is_production and settings.rate_limit_per_minute:
        _limit_rate(app, settings.rate_limit_per_minute)
    gate: WSGIApplication = FrontGate(app.wsgi_app, settings.public_url)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        gate = ProxyFix(gate, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = gate  # type: ignore[method-assign,assignment]  # the documented way


def _limit_rate(app: Flask, per_minute: int) -> None:
    """Hold each address to so many requests at all doors together.

    Files of ours do not count, nor does whoever watches over the library.
    """
    Limiter(
        get_remote_address,
        app=app,
        application_limits=[f"{per_minute} per minute"],
        application_limits_exempt_when=lambda: request.endpoint in UNLIMITED,
        storage_uri="memory://",
    )
