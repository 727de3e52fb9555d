"""Logs as JSON lines, without personal data: no address, no query, no name."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

# What opens a secret link stands in its address; wherever a line holds one, it is cut out.
SECRET_LINK = re.compile(r"/s/[\w%.~-]+")


def without_secrets(text: str) -> str:
    """Return a line of the log without what opens a secret link."""
    return SECRET_LINK.sub("/s/…", text)


class CutSecrets(logging.Filter):
    """Cut secret links out of another program's lines, such as a development server's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the secrets that it held."""
        record.msg, record.args = without_secrets(record.getMessage()), ()
        return True


class JsonLines(logging.Formatter):
    """One JSON object to a line: time (UTC), level, where, message, fault."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "where": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["fault"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(level: str) -> None:
    """Send the app's log to standard error as JSON lines; safe to repeat."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("app")
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False
    server = logging.getLogger("werkzeug")  # of development; gunicorn's is PlainLog
    if not any(isinstance(held, CutSecrets) for held in server.filters):
        server.addFilter(CutSecrets())
