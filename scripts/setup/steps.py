"""Telling a person what happens: steps with their time, a living line, what to do on failure."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from .places import NOTES, PROJECT, shown

LOOK_S = 0.2
# Without a terminal nothing can be rewritten, so life is shown by a line now and then.
SIGN_OF_LIFE_S = 10.0
TAIL_LINES = 30
WIDTH = 78

Progress = Callable[[Path], str]


class StepFailed(Exception):
    """A step could not be done.

    `matter` says what is the matter, `advice` what to do, `output` the last lines of
    what a tool said (empty where no tool spoke).
    """

    def __init__(self, matter: str, advice: str, output: str = "") -> None:
        super().__init__(matter)
        self.matter = matter
        self.advice = advice
        self.output = output


class Step:
    """One step while it runs."""

    def __init__(self, name: str, out: TextIO, notes: Path) -> None:
        self.name = name
        self._out = out
        self._log = notes / (re.sub(r"\W+", "-", name.lower()) + ".log")
        self._started = self._last_sign = time.monotonic()

    @property
    def took_s(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._started

    def say(self, detail: str) -> None:
        """Show that the step lives: rewrites its line, or adds one every ten seconds."""
        line = f"  … {self.name}, {self.took_s:.0f} s  {detail}"[:WIDTH]
        if self._out.isatty():
            self._out.write(f"\r\033[K{line}")
        elif time.monotonic() - self._last_sign >= SIGN_OF_LIFE_S:
            self._last_sign = time.monotonic()
            self._out.write(line.rstrip() + "\n")
        self._out.flush()

    def close(self, mark: str) -> None:
        """Print the step's last line: its mark, its name, its time."""
        rewrite = "\r\033[K" if self._out.isatty() else ""
        self._out.write(f"{rewrite}  {mark} {self.name:<34} {self.took_s:6.1f} s\n")
        self._out.flush()

    def run(
        self,
        command: Sequence[str | Path],
        advice: str,
        environment: Mapping[str, str] | None = None,
        folder: Path = PROJECT,
        progress: Progress | None = None,
    ) -> None:
        """Run a tool quietly; its words are kept in a log named for the step.

        `progress` reads the tool's log and says how far it is.

        Raises:
            StepFailed: the tool cannot be started or ends with another status than 0.
        """
        log = self._log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as said:
            try:
                tool = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=subprocess.STDOUT,
                    env=environment,
                    cwd=folder,
                )
            except OSError as error:
                matter = f"{command[0]} cannot be started: {error.strerror}."
                raise StepFailed(matter, advice) from error
        self._wait_for(tool, progress or _silent)
        if tool.returncode:
            matter = f"“{self.name}” failed (status {tool.returncode})."
            raise StepFailed(f"{matter} All that was said: {shown(log)}", advice, _tail(log))

    def _wait_for(self, tool: subprocess.Popen[bytes], progress: Progress) -> None:
        """Wait and show life; whatever breaks the wait off ends the tool too."""
        try:
            while tool.poll() is None:
                self.say(progress(self._log))
                with suppress(subprocess.TimeoutExpired):
                    tool.wait(LOOK_S)
        except BaseException:
            tool.terminate()
            tool.wait()
            raise


class Steps:
    """The steps of one command, printed as they come; `notes` is the folder for logs and stamps."""

    def __init__(self, out: TextIO = sys.stdout, notes: Path = NOTES) -> None:
        self.notes = notes
        self._out = out

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Open a step: its line is closed with ✓, or with ✗ where the body raises."""
        step = Step(name, self._out, self.notes)
        step.say("")
        try:
            yield step
        except BaseException:
            step.close("✗")
            raise
        step.close("✓")

    def tell(self, text: str = "") -> None:
        """Print plain lines."""
        self._out.write(text + "\n")
        self._out.flush()

    def tell_failure(self, failure: StepFailed) -> None:
        """Print what failed: what the tool said last, what is the matter, what to do."""
        if failure.output:
            self.tell("\n".join(f"    | {line}" for line in failure.output.splitlines()))
        self.tell(f"\n{failure.matter}\n{failure.advice}")


def run_told(body: Callable[[Steps], int], steps: Steps | None = None) -> int:
    """Run a command's body; return its exit status, 1 where something failed, which is told."""
    steps = steps or Steps()
    # A request to end is met like Ctrl-C, so that no tool is left running behind us.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return body(steps)
    except StepFailed as failure:
        steps.tell_failure(failure)
    except OSError as error:
        steps.tell(f"\n{error}\nIs there room on the disk, and may you write to this folder?")
    except KeyboardInterrupt:
        steps.tell("\nStopped. The same command goes on from here.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return 1


def _silent(_: Path) -> str:
    return ""


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").rstrip().splitlines()[-TAIL_LINES:])
