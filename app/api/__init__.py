"""REST v1: the same services, JSON in and out."""

from flask import Blueprint, Flask

from app.api.endpoints import ENDPOINTS
from app.api.problems import register_problems


def register_api(app: Flask) -> None:
    """Hang every endpoint on the app, and answer errors under its paths as problems."""
    api = Blueprint("api", __name__)
    for endpoint in ENDPOINTS:
        api.add_url_rule(endpoint.path, endpoint.name, endpoint.view)
    app.register_blueprint(api)
    register_problems(app)
