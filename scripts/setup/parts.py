"""The parts of the tests that a machine may not have: the browser, PostgreSQL, Pango."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import front_end, machine
from .checks import BROWSER_CHECK, PDF_CHECK, POSTGRES_CHECK, Check, Verdict
from .steps import StepFailed, Steps


@dataclass(frozen=True)
class Part:
    """A part that may be left out.

    `get` finds or installs it and says where it lies, by the variables that the tests read.
    """

    get: Callable[[Steps], Mapping[str, Path]]
    check: Check


@dataclass
class Gathered:
    """What came of gathering: where things lie, which checks can run, what could not be had."""

    places: dict[str, Path] = field(default_factory=dict)
    due: list[Check] = field(default_factory=list)
    missing: list[Verdict] = field(default_factory=list)


def _browser(steps: Steps) -> Mapping[str, Path]:
    front_end.bring(steps, developer=True)
    return {"TEST_CHROMIUM": machine.chromium(steps), "TEST_AXE": front_end.AXE}


def _postgres(steps: Steps) -> Mapping[str, Path]:
    return {"TEST_POSTGRES_BIN": machine.postgres(steps)}


def _pdf(steps: Steps) -> Mapping[str, Path]:
    machine.pango(steps)
    return {}


PARTS = {
    "pdf": Part(_pdf, PDF_CHECK),
    "postgres": Part(_postgres, POSTGRES_CHECK),
    "browser": Part(_browser, BROWSER_CHECK),
}


def gather(
    steps: Steps, without: Collection[str], parts: Mapping[str, Part] | None = None
) -> Gathered:
    """Get each part but those chosen away.

    A missing part is told at once and counts as failed, but keeps nothing else from running.
    """
    gathered = Gathered()
    for name, part in (PARTS if parts is None else parts).items():
        if name in without:
            steps.tell(f"  – {part.check.name}: left out, since --without {name} was given")
            continue
        try:
            gathered.places |= part.get(steps)
            gathered.due.append(part.check)
        except StepFailed as failure:
            steps.tell_failure(failure)
            steps.tell()
            gathered.missing.append(Verdict(part.check.name, False, 0.0, failure.matter))
    return gathered
