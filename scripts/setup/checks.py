"""What the test command runs: each check as a told step, and a summary of them all."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .environment import PYTHON
from .library import setting_names
from .places import PROJECT, VENV
from .steps import Steps

PYTEST = (PYTHON, "-m", "pytest")


@dataclass(frozen=True)
class Check:
    """One thing that must be green: its name and its command."""

    name: str
    command: Sequence[str | Path]


@dataclass(frozen=True)
class Verdict:
    """How a check ended: `closing` is the last line that it said."""

    name: str
    passed: bool
    took_s: float
    closing: str


CHECKS = (
    Check("ruff check", (PYTHON, "-m", "ruff", "check", ".")),
    Check("ruff format", (PYTHON, "-m", "ruff", "format", "--check", ".")),
    Check("mypy", (PYTHON, "-m", "mypy")),
    Check("import contracts", (VENV / "bin/lint-imports", "--no-logo")),
    Check("tests", (*PYTEST, "-m", "not browser and not postgres and not pdf")),
)
POSTGRES_CHECK = Check("tests on PostgreSQL", (*PYTEST, "-m", "postgres"))
PDF_CHECK = Check("tests of PDF files", (*PYTEST, "-m", "pdf"))
BROWSER_CHECK = Check("tests in the browser", (*PYTEST, "-m", "browser"))


def environment_for_tests(parts: Mapping[str, Path]) -> dict[str, str]:
    """Return the environment that tests run in: `parts` named, no setting of a real library."""
    of_a_library = setting_names()
    kept = {name: value for name, value in os.environ.items() if name not in of_a_library}
    return kept | {name: str(path) for name, path in parts.items()}


def run(steps: Steps, check: Check, environment: Mapping[str, str]) -> Verdict:
    """Run one check, passing on what it says, line by line; return how it ended."""
    steps.tell(f"\n=== {check.name}")
    began, closing = time.monotonic(), ""
    with subprocess.Popen(
        check.command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as tool:
        try:
            for line in tool.stdout or ():
                steps.tell(line.rstrip("\n"))
                closing = line.strip() or closing
        except BaseException:
            tool.terminate()
            raise
    return Verdict(check.name, tool.returncode == 0, time.monotonic() - began, closing)


def tell_summary(steps: Steps, verdicts: Sequence[Verdict]) -> None:
    """Print every check's verdict, time and last line; the last word says whether all is green."""
    steps.tell("\n=== summary")
    for verdict in verdicts:
        mark = "✓" if verdict.passed else "✗"
        steps.tell(f"  {mark} {verdict.name:<22} {verdict.took_s:6.1f} s  {verdict.closing}")
    failed = ", ".join(verdict.name for verdict in verdicts if not verdict.passed)
    steps.tell(f"\nNot green: {failed}." if failed else "\nAll green.")
