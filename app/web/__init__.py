"""The pages: one folder to each feature, with its views and forms."""

from flask import Flask

from app.web.about.views import about
from app.web.browse.views import browse
from app.web.errors import register_error_pages
from app.web.headers import set_headers
from app.web.help.views import help_pages
from app.web.home.views import home
from app.web.labels import register_labels
from app.web.menu import register_menu
from app.web.resources.views import resources
from app.web.reviews import reviews
from app.web.search.views import search
from app.web.submissions import submission_files, submissions
from app.web.versions.views import versions

LIBRARY = (home, search, resources, browse, versions, help_pages, about)
PAGES = (*LIBRARY, submissions, submission_files, reviews)


def register_pages(app: Flask) -> None:
    """Hang every feature's pages on the app."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    register_error_pages(app)
    register_labels(app)
    register_menu(app)
    set_headers(app)
