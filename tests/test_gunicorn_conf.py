"""Gunicorn keeps people's addresses and words out of its log, and writes JSON lines."""

import io
import json
import logging
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from gunicorn.config import Config

_LOADER = SourceFileLoader("conf", str(Path(__file__).parent.parent / "gunicorn.conf.py"))
CONF = module_from_spec(spec_from_loader("conf", _LOADER))
_LOADER.exec_module(CONF)


@pytest.fixture
def server_log():
    """Gunicorn's log, and where it writes."""
    server_log, log = CONF.PlainLog(Config()), logging.getLogger("gunicorn.error")
    written = io.StringIO()
    for handler in log.handlers:
        handler.stream = written
    yield server_log, written
    log.handlers, log.filters = [], []


def test_the_log_is_json_lines_without_personal_data(server_log):
    log, written = server_log
    log.info("Listening at: %s (%s)", "http://127.0.0.1:5000", 7)
    log.warning("Invalid request from ip=10.1.2.3: Invalid HTTP method: 'secret'")
    fault = ValueError("what is wrong")
    log.error("Error handling request %s %s", "GET", "/search?q=secret", exc_info=fault)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["level"] for line in lines] == ["INFO", "WARNING", "ERROR"]
    assert lines[0]["message"] == "Listening at: http://127.0.0.1:5000 (7)"
    assert "ValueError" in lines[2]["fault"]
    assert "secret" not in str(lines)
    assert "10.1.2.3" not in str(lines)


def test_every_setting_is_one_that_gunicorn_knows():
    known = Config().settings
    ours = {name for name in vars(CONF) if name in known}
    assert ours == {
        *("workers", "worker_class", "threads", "control_socket_disable", "logger_class")
    }
