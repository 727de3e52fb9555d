"""The virtual environment: made for this Python, filled again when the pins change."""

import fcntl
import importlib.util
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import PROJECT, VENV
from .stamps import Stamp, digest_of, digest_of_words
from .steps import StepFailed, Steps

PYTHON = VENV / "bin/python"
REQUIREMENTS = PROJECT / "requirements.txt"
DEVELOPER_REQUIREMENTS = PROJECT / "requirements-dev.txt"
BENCHMARK_REQUIREMENTS = PROJECT / "requirements-bench.txt"
# Only what stands in the pins, with the hashes in the pins; never a question.
PIP_INSTALL = ("-m", "pip", "install", "--require-hashes", "--no-input", "--progress-bar=off")
REGISTRY_ADVICE = (
    "Is the package registry reachable? Behind a proxy or with a registry of your own, set up pip "
    "first (pip config set global.index-url …). Then run the same command again."
)


@contextmanager
def alone(steps: Steps) -> Iterator[None]:
    """Hold the setting up for oneself; a second command waits here until the first is done."""
    steps.notes.mkdir(parents=True, exist_ok=True)
    with (steps.notes / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            steps.tell("  Another start is setting up in this folder; waiting for it to finish.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(steps: Steps, *, developer: bool = False, benchmarks: bool = False) -> None:
    """Make the virtual environment and install what the pins say; what stands is left alone.

    Raises:
        StepFailed: Python has no venv, or a package cannot be brought.
    """
    _make(steps)
    _install(steps, "Python packages", REQUIREMENTS)
    if developer:
        _install(steps, "Developer packages", DEVELOPER_REQUIREMENTS)
    if benchmarks:
        _install(steps, "Engines to compare with", BENCHMARK_REQUIREMENTS)


def _make(steps: Steps) -> None:
    stamp = Stamp(VENV / "stamps/python")
    made_from = digest_of(platform.python_version(), str(VENV))
    if stamp.holds(made_from) and PYTHON.exists():
        return
    with steps.step("Virtual environment") as step:
        if importlib.util.find_spec("ensurepip") is None:
            raise StepFailed(
                "This Python comes without venv.",
                "On Debian or Ubuntu install it with: sudo apt-get install python3-venv",
            )
        step.run(
            [sys.executable, "-m", "venv", "--clear", VENV],
            advice="Is there room on the disk, and may you write here? Then run it again.",
        )
        stamp.keep(made_from)


def _install(steps: Steps, name: str, requirements: Path) -> None:
    stamp = Stamp(VENV / "stamps" / requirements.name)
    pins = digest_of_words([requirements])
    if stamp.holds(pins):
        return
    with steps.step(name) as step:
        stamp.lift()
        wanted = len(_pinned(requirements))
        step.run(
            [PYTHON, *PIP_INSTALL, "-r", requirements],
            advice=REGISTRY_ADVICE,
            progress=lambda log: told_by_pip(log.read_text(errors="replace"), wanted),
        )
        stamp.keep(pins)


def told_by_pip(log: str, wanted: int) -> str:
    """Return how far pip is, from what it has said so far; `wanted` is the number of pins."""
    if "\nInstalling collected packages" in log:
        return "installing"
    found = len(re.findall(r"^(?:Collecting|Requirement already satisfied:) ", log, re.MULTILINE))
    return f"{min(found, wanted)} of {wanted}" if found else ""


def _pinned(requirements: Path) -> list[str]:
    return re.findall(r"^[\w.\[\]-]+==", requirements.read_text(), re.MULTILINE)
