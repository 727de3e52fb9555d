"""Kill the process that publishes again and again, and look whether it did wholly or not."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.people import Actor
from app.domain.workflow import State, Step

from .child import Ready, measured, run_killed
from .review_library import ReviewLibrary, decisions_of, publish

MOST_TRIES = 4  # for each kill that is asked for: some children end before it falls


@dataclass
class Killed:
    """What came of the kills; a child that ended before its kill is not counted."""

    kills: int = 0
    published: int = 0  # wholly, before the kill
    untouched: int = 0  # as if nothing had been asked
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Measure:
    """How long the work takes in a child that is left alone, in seconds, and its steps on disk."""

    publish_s: float
    whole_s: float
    steps: int


def kill_publishing(library: ReviewLibrary, kills: int, seed: int) -> Killed:
    """Publish approved submissions, each in a child process, until so many were killed at it.

    The kills fall in turn at a chance moment of the publishing itself, at a chance moment of
    publishing and carrying, and just before one of the steps on the disk, each step in turn.
    Afterwards what waits is carried, and everything is held against everything.
    """
    found, chance = Killed(), random.Random(seed)  # noqa: S311 - the same moments every time
    work_on = _work_on(library, library.lead(0))
    measure = _measure(library, work_on)
    for moment_s, step in _moments(measure, chance, kills):
        [revision_id] = library.submit(1, State.APPROVED)
        if run_killed(_folder(library), work_on(revision_id), step, moment_s):
            found.kills += 1
            is_out = decisions_of(revision_id) == [Step.PUBLISH]
            found.published += is_out
            found.untouched += not is_out
        library.carry()
        found.faults += library.faults_of([revision_id])
        if found.kills == kills:
            break
    else:
        found.faults.append(f"only {found.kills} of {kills} kills fell")
    found.faults += library.faults()
    return found


def _moments(
    measure: _Measure, chance: random.Random, kills: int
) -> Iterator[tuple[float, int | None]]:
    """Yield when each child is killed: after so many seconds, or before a step on the disk."""
    for turn in range(MOST_TRIES * kills):
        if turn % 3 == 0:
            yield chance.uniform(0, measure.publish_s), None
        elif turn % 3 == 1:
            yield chance.uniform(0, measure.whole_s), None
        else:
            yield 0.0, 1 + turn // 3 % measure.steps


def _measure(library: ReviewLibrary, work_on: Callable[[int], Ready]) -> _Measure:
    """Let two children work to their end, the first to warm what is read once."""
    told: list[tuple[int, float]] = []
    for revision_id in library.submit(2, State.APPROVED):
        told.append(measured(_folder(library), work_on(revision_id)))
    [revision_id] = library.submit(1, State.APPROVED)
    began = time.perf_counter()
    publish(library.lead(0), revision_id)
    publish_s = time.perf_counter() - began
    library.carry()
    steps, whole_s = told[-1]
    return _Measure(publish_s, whole_s, steps)


def _work_on(library: ReviewLibrary, lead: Actor) -> Callable[[int], Ready]:
    """Return what makes a child ready to publish a submission and carry it onward."""

    def work_on(revision_id: int) -> Ready:
        def ready() -> Callable[[], object]:
            library.connect()

            def work() -> None:
                publish(lead, revision_id)
                library.carry()

            return work

        return ready

    return work_on


def _folder(library: ReviewLibrary) -> Path:
    return library.settings.index_dir.parent
