"""The one way in: begin the child that reads a file, wait for it, and believe it with care."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.values import Intake, IntakeLimits
from app.formats.sizes import MEBIBYTE

log = logging.getLogger(__name__)

APP_DIR = Path(__file__).resolve().parent.parent.parent
# The child has this room and those that it asks for, without the house: app/__init__.py would
# bring Flask and the database along.
BEGIN = """
import sys, types
house = types.ModuleType("app")
house.__path__ = [sys.argv[1]]
sys.modules["app"] = house
from app.formats.intake.child import main
main()
"""
AT_ONCE = 2  # files that one server reads at a time: each may take a processor and its memory
WAIT_S = 20.0  # for one's turn
_places = threading.BoundedSemaphore(AT_ONCE)
DAMAGED = (
    "The file could not be read: it may be damaged. Open it in the program that made it, save it "
    "under a new name, and try again."
)
TOO_LONG = (
    "Reading the file took too long: it is very large or oddly made. Copy its text into a new "
    "document, or divide it, and try again."
)
TOO_MUCH = (
    "Reading the file took too much memory: it is very large or oddly made. Make its pictures "
    "smaller, or divide it, and try again."
)
FORCED = {-signal.SIGXCPU: TOO_LONG, -signal.SIGKILL: TOO_LONG, -signal.SIGXFSZ: TOO_MUCH}


def take_in(name: str, data: bytes, limits: IntakeLimits | None = None) -> Intake:
    """Return what a Word, PDF or Markdown file holds; `name` is what its owner calls it.

    Takes up to `limits.wall_s` seconds, in a process of its own with little memory, no network,
    nothing of our environment, and a folder that is taken away afterwards.

    Raises:
        TooLarge: it is over a limit.
        InvalidInput: it cannot be taken in; the sentence says why and what to do. Or too many
            others are being read.
    """
    limits = limits or IntakeLimits()
    if len(data) > limits.file_mb * MEBIBYTE:
        raise TooLarge(
            f"The file is {len(data) / MEBIBYTE:.1f} MB and the limit is {limits.file_mb} MB: make "
            "its pictures smaller (in Word: Compress Pictures), or divide it."
        )
    if not data:
        raise InvalidInput("The file is empty: choose the one with your text in it.")
    if not _places.acquire(timeout=WAIT_S):
        raise InvalidInput("Other files are being read just now: try again in a minute.")
    try:
        return _read_in_a_child(name, data, limits)
    finally:
        _places.release()


def _read_in_a_child(name: str, data: bytes, limits: IntakeLimits) -> Intake:
    from app.formats.intake.messages import parse_answer, write_question  # noqa: PLC0415 - heavy

    with (
        tempfile.TemporaryDirectory(prefix="intake-") as folder,
        tempfile.TemporaryFile(dir=folder) as question,
        tempfile.TemporaryFile(dir=folder) as answer,
    ):
        write_question(question, name, data, limits)
        question.seek(0)
        status = _run(Path(folder), question, answer, limits.wall_s)
        if status:
            log.warning("reading a file ended with status %d", status)
            sentence = FORCED.get(status, DAMAGED)
            raise TooLarge(sentence) if status in FORCED else InvalidInput(sentence)
        answer.seek(0)
        return parse_answer(answer, limits)


def _run(folder: Path, question: IO[bytes], answer: IO[bytes], wall_s: float) -> int:
    """Run the child to its end, or to the end of its time, and return its status."""
    process = subprocess.Popen(  # noqa: S603 - words of ours
        [sys.executable, "-I", "-B", "-c", BEGIN, str(APP_DIR)],
        cwd=folder,
        env={"TMPDIR": str(folder), "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        start_new_session=True,
    )
    try:
        return process.wait(wall_s)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        # The whole group: whatever the child may have begun ends with it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
