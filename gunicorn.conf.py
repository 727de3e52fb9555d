"""The web server's settings, read by gunicorn itself: its threads, and a log fit to be kept."""

import logging
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

from gunicorn.glogging import Logger

# One process, since the follower of changes is a thread of it; eight readers at a time.
workers = 1
worker_class = "gthread"
threads = 8
control_socket_disable = True

# Read as a file: gunicorn could not load anew on SIGHUP an app that its first process imported.
_loader = SourceFileLoader("logs", str(Path(__file__).parent / "app/logs.py"))
_logs = module_from_spec(spec_from_loader("logs", _loader))
_loader.exec_module(_logs)


class PlainLog(Logger):
    """Gunicorn's log as JSON lines, without what people sent and where they sent it from."""

    def setup(self, cfg):
        """Set the log up as gunicorn does, then give it our form."""
        super().setup(cfg)
        self.error_log.filters = [_without_personal_data]
        for handler in self.error_log.handlers:
            handler.setFormatter(_logs.JsonLines())


def _without_personal_data(record: logging.LogRecord) -> bool:
    """Cut the address and the request from the two kinds of line that hold them."""
    text = str(record.msg)
    if text.startswith("Invalid request from"):
        record.msg, record.args = "a request that is no HTTP, or too large, was refused", ()
    elif text.startswith("Error handling request"):
        record.msg, record.args = "error handling a request", ()
    return True


logger_class = PlainLog
