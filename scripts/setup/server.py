"""The development server: gunicorn started, waited for, and stopped gracefully."""

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from .environment import PYTHON
from .places import PROJECT
from .steps import StepFailed, Steps

# What production shares stands in gunicorn.conf.py.
GUNICORN = ("-m", "gunicorn", "--graceful-timeout=5", "--log-level=warning")
START_LIMIT_S = 60.0
STOP_LIMIT_S = 15.0
LOOK_S = 0.1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the command to end."""


def require_free(host: str, port: int) -> None:
    """Make sure that the server may listen here.

    Raises:
        StepFailed: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        # As gunicorn does: a port that was served from a moment ago is free.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise StepFailed(
                f"Nothing can be served on {host}, port {port}: {error.strerror}.",
                f"Choose another port, for example: --port {port + 1 if port else 5000}",
            ) from error


def address(host: str, port: int) -> str:
    """Return what a person on this machine types to reach the server."""
    return f"http://{_bracketed(_reached_at(host))}:{port}"


def _reached_at(host: str) -> str:
    """Return a name to call; one can listen at every address of a machine, but not call it."""
    try:
        return "localhost" if ip_address(host).is_unspecified else host
    except ValueError:
        return host


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def serve(steps: Steps, host: str, port: int, welcome: str) -> None:
    """Serve until somebody stops it; `welcome` is printed once the pages answer.

    Raises:
        StepFailed: the server does not start, or ends by itself.
    """
    command: list[str | Path] = [PYTHON, *GUNICORN, f"--bind={_bracketed(host)}:{port}", "wsgi:app"]
    with _told_to_end():
        # In a group of its own: Ctrl-C reaches only us, and we ask it to finish gracefully.
        server = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.DEVNULL, process_group=0)
        try:
            with steps.step("Server"):
                _wait_for_pages(server, host, port)
            steps.tell(welcome)
            _wait_for_the_end(server)
        except Stopped:
            steps.tell("\nStopping.")
        finally:
            _stop(server)


def _wait_for_pages(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    give_up = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up and server.poll() is None:
        if _answers(host, port):
            return
        time.sleep(LOOK_S)
    raise StepFailed("The server did not start.", "What it said stands above.")


def _wait_for_the_end(server: subprocess.Popen[bytes]) -> None:
    status = server.wait()
    raise StepFailed(f"The server ended by itself (status {status}).", "What it said stands above.")


def _answers(host: str, port: int) -> bool:
    asked = http.client.HTTPConnection(_reached_at(host), port, timeout=START_LIMIT_S)
    try:
        asked.request("GET", "/health")
        asked.getresponse().read()
    except OSError:
        return False
    finally:
        asked.close()
    return True


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextmanager
def _told_to_end() -> Iterator[None]:
    """Turn Ctrl-C, a request to end, and a closed terminal into Stopped, once."""

    def stop(number: int, frame: FrameType | None) -> None:
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)
        raise Stopped

    before = {ending: signal.signal(ending, stop) for ending in ENDINGS}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
