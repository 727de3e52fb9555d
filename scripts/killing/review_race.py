"""Two leads decide about the same submission at the same moment."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from app.domain.errors import ServiceError, WrongState
from app.domain.people import Actor
from app.domain.workflow import Step

from .review_library import ReviewLibrary, decide, decisions_of, publish

STEPS = (Step.APPROVE, Step.ASK_FOR_CHANGES)


@dataclass
class Raced:
    """What came of the pairs."""

    pairs: int
    won: Counter[str] = field(default_factory=Counter)
    told: int = 0  # who came second and was told so
    took_ms: list[float] = field(default_factory=list)  # of a pair
    faults: list[str] = field(default_factory=list)


def race(library: ReviewLibrary, pairs: int) -> Raced:
    """Let two leads decide about each of so many submissions at once; publish what was approved."""
    raced = Raced(pairs)
    actors = [library.lead(0), library.lead(1)]
    for number, revision_id in enumerate(library.submit(pairs)):
        # Each is first in half of the pairs.
        order = STEPS if number % 2 else tuple(reversed(STEPS))
        began = time.perf_counter()
        answers = _at_once([(a, revision_id, s) for a, s in zip(actors, order, strict=True)])
        raced.took_ms.append((time.perf_counter() - began) * 1000)
        _judge(raced, revision_id, answers)
        if decisions_of(revision_id) == [Step.APPROVE]:
            publish(actors[0], revision_id)
    library.carry()
    raced.faults += library.faults()
    return raced


def _at_once(tries: list[tuple[Actor, int, Step]]) -> list[object]:
    """Return what each try came to: its step, or what it was told."""
    gate, answers = threading.Barrier(len(tries)), list[object]()

    def run(actor: Actor, revision_id: int, step: Step) -> None:
        gate.wait()
        try:
            decide(actor, revision_id, step)
            answers.append(step)
        except ServiceError as told:
            answers.append(told)

    threads = [threading.Thread(target=run, args=one) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _judge(raced: Raced, revision_id: int, answers: list[object]) -> None:
    done = [answer for answer in answers if isinstance(answer, Step)]
    raced.told += sum(isinstance(answer, WrongState) for answer in answers)
    raced.won.update(str(step) for step in done)
    if decisions_of(revision_id) != done or len(done) != 1 or len(answers) != 2:  # noqa: PLR2004
        raced.faults.append(f"revision {revision_id}: {answers}")
