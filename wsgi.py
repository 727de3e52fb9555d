"""The web server's door, and the commands': one app, built from the environment."""

import sys

from app import create_app
from app.domain.errors import ServiceError
from config import Settings, SettingsError

try:
    app = create_app(Settings.from_environment())
except (SettingsError, ServiceError, OSError) as error:
    sys.exit(str(error))
