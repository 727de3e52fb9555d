"""The pages: one folder to each feature, with its views and forms."""

from flask import Flask

from app.faces.doorstep import parts_of
from app.web.about.views import about
from app.web.account.demo import demo
from app.web.account.own import account
from app.web.browse.views import browse
from app.web.errors import register_error_pages
from app.web.headers import set_headers
from app.web.help.views import help_pages
from app.web.home.views import home
from app.web.labels import register_labels
from app.web.menu import register_menu
from app.web.people.keeping import people
from app.web.resources.views import resources
from app.web.reviews import reviews
from app.web.search.views import search
from app.web.sight import register_sight
from app.web.versions.views import versions


def register_pages(app: Flask) -> None:
    """Hang every feature's pages on the app."""
    blueprints = (
        home, search, resources, browse, versions, reviews, account, people, help_pages, about,
    )  # fmt: skip
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    if not parts_of(app).settings.is_production:
        app.register_blueprint(demo)
    register_error_pages(app)
    register_labels(app)
    register_menu(app)
    register_sight(app)
    set_headers(app)
