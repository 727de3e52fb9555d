"""The pages: one folder to each feature, with its views and forms."""

from flask import Flask

from app.faces.doorstep import parts_of
from app.web.about.views import about
from app.web.account.demo import demo
from app.web.account.own import account
from app.web.adoptions.views import adoptions
from app.web.audit.views import audit
from app.web.browse.views import browse
from app.web.collections import collections
from app.web.concerns.views import concerns
from app.web.errors import register_error_pages
from app.web.follows import follows
from app.web.follows.digests import stop_now as stop_digests
from app.web.headers import set_headers
from app.web.help.views import help_pages
from app.web.home.views import home
from app.web.labels import register_labels
from app.web.lineages.views import lineages
from app.web.menu import register_menu
from app.web.notifications.seen import note_what_is_seen
from app.web.notifications.views import notifications, stop_now
from app.web.packs.views import packs
from app.web.people.keeping import people
from app.web.questions.views import questions
from app.web.resources.views import resources
from app.web.reviews import reviews
from app.web.search.views import search
from app.web.shares import shares
from app.web.sight import register_sight
from app.web.submissions import submission_files, submissions
from app.web.tags.views import tags
from app.web.terms.views import terms
from app.web.tokens.views import tokens
from app.web.versions.views import versions

PAGES = (
    home,
    search,
    resources,
    browse,
    versions,
    submissions,
    submission_files,
    reviews,
    notifications,
    audit,
    tokens,
    help_pages,
    about,
    account,
    people,
    tags,
    terms,
    collections,
    packs,
    shares,
    follows,
    adoptions,
    lineages,
    questions,
    concerns,
)


def register_pages(app: Flask) -> None:
    """Hang every feature's pages on the app."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    if not parts_of(app).settings.is_production:
        app.register_blueprint(demo)
    register_error_pages(app)
    register_labels(app)
    register_menu(app)
    note_what_is_seen(app)
    # The link of a letter is the right to stop such letters; a mail program knows no other secret.
    app.extensions["csrf"].exempt(stop_now)
    app.extensions["csrf"].exempt(stop_digests)
    register_sight(app)
    set_headers(app)
