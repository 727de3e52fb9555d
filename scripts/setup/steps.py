"""Telling a person what happens: steps with their time, a living line, what to do on failure."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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

    def __init__(self, name: str, out: TextIO, started: float) -> None:
        self.name = name
        self.remark = ""
        self._out = out
        self._started = started
        self._last_sign = started

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
        """Print the step's last line: its mark, its time, its remark."""
        rewrite = "\r\033[K" if self._out.isatty() else ""
        line = f"  {mark} {self.name:<34} {self.took_s:6.1f} s  {self.remark}"
        self._out.write(rewrite + line.rstrip() + "\n")
        self._out.flush()

    def run(
        self,
        command: Sequence[str | Path],
        advice: str,
        environment: Mapping[str, str] | None = None,
        folder: Path = PROJECT,
        progress: Progress | None = None,
    ) -> str:
        """Run a tool quietly and return what it said; its words are kept in instance/setup/.

        `progress` reads the tool's log and says how far it is.

        Raises:
            StepFailed: the tool cannot be started or ends with another status than 0.
        """
        log = NOTES / f"{self.name.lower().replace(' ', '-')}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as said:
            status = self._watch(command, said, environment, folder, lambda: _told(progress, log))
        output = log.read_text(errors="replace")
        if status:
            matter = f"“{self.name}” failed (status {status}). All that was said: {shown(log)}"
            raise StepFailed(matter, advice, _tail(output))
        return output

    def _watch(
        self,
        command: Sequence[str | Path],
        said: TextIO,
        environment: Mapping[str, str] | None,
        folder: Path,
        told: Callable[[], str],
    ) -> int:
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
            said.write(f"{command[0]}: {error.strerror}\n")
            return 127
        with tool:
            while True:
                try:
                    return tool.wait(LOOK_S)
                except subprocess.TimeoutExpired:
                    self.say(told())
                except BaseException:
                    tool.terminate()
                    raise


class Steps:
    """The steps of one command, printed as they come."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Open a step: its line is closed with ✓, or with ✗ where the body raises."""
        step = Step(name, self._out, time.monotonic())
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


def _told(progress: Progress | None, log: Path) -> str:
    return progress(log) if progress else ""


def _tail(output: str) -> str:
    return "\n".join(output.rstrip().splitlines()[-TAIL_LINES:])
