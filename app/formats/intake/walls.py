"""The walls around the child: what it may use, and what it can no longer reach."""

import contextlib
import ctypes
import os
import resource
import sys
from typing import Any

from app.formats.intake.values import IntakeLimits
from app.formats.sizes import MEBIBYTE

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # of Linux: sched.h
MOST_FILES = 64  # open at once
LARGEST_ANSWER_MB = 256
# Events of Python that reach out of the process. https://docs.python.org/3/library/audit_events.html
SHUT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn")
SHUT_ALSO = frozenset({"pty.spawn", "urllib.Request", "ftplib.connect", "webbrowser.open"})
WRITING = frozenset("wax+")


class WallMet(Exception):
    """Something tried to leave the child."""


def raise_walls(limits: IntakeLimits) -> None:
    """Limit this process for good: memory, time, files, network. For before a byte is read."""
    memory, answer = limits.memory_mb * MEBIBYTE, LARGEST_ANSWER_MB * MEBIBYTE
    seconds = int(limits.wall_s) + 1
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        # A system that is stricter already stays so; one that cannot leaves it to the clock.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
    _leave_the_network()
    sys.addaudithook(_stay_inside)


def _leave_the_network() -> None:
    """Move to a network of one's own, which has no way out. Not every system lets us."""
    with contextlib.suppress(AttributeError, OSError):
        unshare = ctypes.CDLL(None).unshare
        if unshare(NEW_NETWORK):
            unshare(NEW_USER | NEW_NETWORK)


def _stay_inside(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(SHUT) or event in SHUT_ALSO:
        raise WallMet(event)
    # Libraries are still read from their files as they are needed; nothing needs to be written.
    if event == "open" and (WRITING.intersection(str(arguments[1] or "")) or _writes(arguments[2])):
        raise WallMet("open to write")


def _writes(flags: Any) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
