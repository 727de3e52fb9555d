"""Kill the process that publishes, at chance moments, and look whether it did wholly or not."""

import random
from dataclasses import dataclass, field

from app.domain.workflow import State, Step

from .child import measured, run_killed
from .review_library import ReviewLibrary, decisions_of, publish


@dataclass
class Killed:
    """What came of the kills."""

    kills: int = 0
    published: int = 0  # wholly, before the kill
    untouched: int = 0  # as if nothing had been asked
    faults: list[str] = field(default_factory=list)


def kill_publishing(library: ReviewLibrary, kills: int, seed: int) -> Killed:
    """Publish so many approved submissions in a child process, and kill it each time.

    The kill falls at a chance moment between the beginning and the end of publishing and of
    carrying it into index and content. Afterwards what waits is carried, and everything is held
    against everything.
    """
    found, chance = Killed(), random.Random(seed)  # noqa: S311 - the same moments every time
    lead = library.lead(0)
    first, *rest = library.submit(kills + 1, State.APPROVED)
    library.carry()

    def work_on(revision_id: int):  # type: ignore[no-untyped-def]
        def ready():  # type: ignore[no-untyped-def]
            library.connect()

            def work() -> None:
                publish(lead, revision_id)
                library.carry()

            return work

        return ready

    _, whole_s = measured(library.settings.index_dir.parent, work_on(first))
    for revision_id in rest:
        moment_s = chance.random() * whole_s * 1.1
        found.kills += run_killed(
            library.settings.index_dir.parent, work_on(revision_id), None, moment_s
        )
        is_out = decisions_of(revision_id) == [Step.PUBLISH]
        found.published += is_out
        found.untouched += not is_out
        library.carry()
        found.faults += library.faults()
    return found
