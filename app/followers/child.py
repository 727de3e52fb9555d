"""A command of ours in a process of its own, so that its work slows nobody who searches."""

import os
import subprocess
import sys

from config import PROJECT_DIR, Settings

GIVING_WAY = 10  # the priority's number: others go first, and what they leave is enough
STOP_S = 5.0  # that a stop waits before it kills


class ChildFailed(Exception):
    """The process ended badly; its own words are in the log."""


class Child:
    """One command, running once at a time."""

    def __init__(self, settings: Settings, *words: str) -> None:
        self._settings, self._words = settings, words
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin the command; for when it is not running.

        Raises:
            OSError: no process can be begun.
        """
        self._process = subprocess.Popen(  # noqa: S603 - words of ours
            [sys.executable, "-m", "flask", "--app", "wsgi", *self._words],
            cwd=PROJECT_DIR,
            env=self._settings.as_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def is_running(self) -> bool:
        """Whether the command is at work.

        Raises:
            ChildFailed: it has ended badly; told once.
        """
        if self._process is None:
            return False
        status = self._process.poll()
        if status is None:
            return True
        self._process = None
        if status:
            raise ChildFailed(f"“flask {' '.join(self._words)}” ended with status {status}")
        return False

    def stop(self) -> None:
        """End the command wherever it is; harmless where it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def give_way() -> None:
    """Let this process, and those that it begins, have what time others leave."""
    os.setpriority(os.PRIO_PROCESS, 0, max(GIVING_WAY, os.getpriority(os.PRIO_PROCESS, 0)))
