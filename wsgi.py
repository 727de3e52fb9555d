"""The web server's door, and the commands': one app, built from the environment."""

from app import create_app
from config import Settings

app = create_app(Settings.from_environment())
