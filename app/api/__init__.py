"""REST v1: the same services, JSON in and out."""

from flask import Blueprint, Flask

from app.api.endpoints import ENDPOINTS
from app.api.problems import register_problems
from app.api.sending import keep_apart


def register_api(app: Flask) -> None:
    """Hang every endpoint on the app, and answer errors under its paths as problems."""
    api = Blueprint("api", __name__)
    for endpoint in ENDPOINTS:
        api.add_url_rule(endpoint.path, endpoint.name, endpoint.view, methods=[endpoint.method])
    api.after_request(keep_apart)
    # No secret of a form is asked for, since no browser's sign-in counts for anything here.
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)
    register_problems(app)
