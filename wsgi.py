"""The web server's door: one app, built from the environment."""

from app import serve_app
from config import Settings

app = serve_app(Settings.from_environment())
