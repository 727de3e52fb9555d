"""Print pages as a PDF file: begin the child that draws it, and wait for it within bounds."""

import contextlib
import ctypes
import ctypes.util
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.domain.errors import PdfAway

log = logging.getLogger(__name__)

APP_DIR = Path(__file__).resolve().parent.parent
# The child has this room and those that it asks for, without the house: app/__init__.py would
# bring Flask and the database along.
BEGIN = """
import sys, types
house = types.ModuleType("app")
house.__path__ = [sys.argv[1]]
sys.modules["app"] = house
from app.formats.pack_pdf_child import main
main()
"""
NEEDED = ("pango-1.0", "pangoft2-1.0", "harfbuzz")
AT_ONCE = 1  # files that one server draws at a time: each takes a processor
WAIT_S = 20.0  # for one's turn
LIMIT_S = 60.0  # for drawing
MISSING = (
    "PDF files cannot be made here: what draws them is not installed. Print the pages from your "
    "browser instead; it can save them as PDF."
)
BUSY = "Other packs are being drawn just now: try again in a minute."
FAILED = (
    "The PDF file could not be drawn. Print the pages from your browser instead; it can save them "
    "as PDF."
)
_places = threading.BoundedSemaphore(AT_ONCE)


@cache
def can_draw_pdf() -> bool:
    """Say whether WeasyPrint and Pango are here; asked of the machine once."""
    return find_spec("weasyprint") is not None and all(map(_is_there, NEEDED))


def draw_pdf(html: str, files: Mapping[str, bytes]) -> bytes:
    """Return the print pages as PDF/UA-1; `files` are all that the pages may ask for, by name.

    Takes up to `LIMIT_S` seconds, in a process of its own.

    Raises:
        PdfAway: nothing here draws PDF files, others are being drawn, or it failed.
    """
    if not can_draw_pdf():
        raise PdfAway(MISSING)
    if not _places.acquire(timeout=WAIT_S):
        raise PdfAway(BUSY)
    try:
        return _draw_in_a_child(html, files)
    finally:
        _places.release()


def _draw_in_a_child(html: str, files: Mapping[str, bytes]) -> bytes:
    named = {name: b64encode(data).decode() for name, data in files.items()}
    question = json.dumps({"html": html, "files": named}).encode()
    with (
        tempfile.TemporaryDirectory(prefix="pack-") as folder,
        subprocess.Popen(  # noqa: S603 - words of ours
            [sys.executable, "-I", "-B", "-c", BEGIN, str(APP_DIR)],
            cwd=folder,
            env={"TMPDIR": folder, "HOME": folder, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process,
    ):
        try:
            drawn, said = process.communicate(question, LIMIT_S)
        except subprocess.TimeoutExpired:
            log.warning("drawing a pack took longer than %d s", LIMIT_S)
            raise PdfAway(FAILED) from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode or not drawn.startswith(b"%PDF"):
        log.warning("drawing a pack failed: %s", said.decode(errors="replace")[-500:])
        raise PdfAway(FAILED)
    return drawn


def _is_there(name: str) -> bool:
    found = ctypes.util.find_library(name)
    for called in (found, f"lib{name}.so.0"):
        if called:
            with contextlib.suppress(OSError):
                ctypes.CDLL(called)
                return True
    return False
