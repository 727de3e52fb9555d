"""The web server's door, and the commands': one app, built from the environment."""

import sys

from app import create_app
from app.domain.errors import ServiceError
from config import Settings, SettingsError

CANNOT_START = 4  # by this status gunicorn knows that to try again is no use

try:
    app = create_app(Settings.from_environment())
except (SettingsError, ServiceError, OSError) as error:
    print(error, file=sys.stderr)  # noqa: T201 - there is no log yet
    sys.exit(CANNOT_START)
