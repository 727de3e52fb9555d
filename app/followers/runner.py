"""Keep following: look at the outbox twice a second, mend what is broken, try again later."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.db import reading
from app.domain.errors import AlreadyRunning, ServiceError
from app.domain.events import Follower
from app.followers import content, index
from app.followers.outbox import count_waiting
from app.followers.place import Place
from app.formats.library_folder import sweep
from app.parts import Parts

log = logging.getLogger(__name__)

LOOK_S = 0.5  # between two looks at the outbox
TAKE_OVER_S = 2.0  # between two tries for the place, while another process has it
LONGEST_DELAY_S = 30.0  # before trying again what keeps failing
FAILURES_BEFORE_REBUILD = 2
CONTENT_BATCH = 50  # files written between two looks at the index
STOP_S = 10.0  # that a stop waits for the work in hand
REBUILD_WANTED = "rebuild.wanted"


class Retried:
    """A piece of work that waits longer after every failure, up to half a minute."""

    def __init__(self, work: Callable[[], int], name: str) -> None:
        self._work, self._name = work, name
        self.failures = 0
        self._due = 0.0  # monotonic seconds

    def try_now(self) -> int:
        """Do the work where it is due; return what it carried. A failure is logged, not raised."""
        if time.monotonic() < self._due:
            return 0
        try:
            carried = self._work()
        except Exception:
            self.failures += 1
            delay_s = min(LOOK_S * 2**self.failures, LONGEST_DELAY_S)
            self._due = time.monotonic() + delay_s
            log.exception("cannot follow into %s; trying again in %.0f s", self._name, delay_s)
            return 0
        self.failures = 0
        return carried


class Followers:
    """Everything that follows the outbox, in one place at a time.

    `start` follows in a thread of this process (start it after forking);
    `follow` follows in the calling thread; `carry` takes what waits now.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.place = Place(parts.settings.index_dir)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_compared = False  # whether the index was seen to be this database's
        self._index = Retried(self._follow_index, "the index")
        self._content = Retried(self._follow_content, "the content folder")

    def start(self) -> None:
        """Follow in the background; where another process does, wait to take over."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="followers", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop following after the work in hand; harmless where nothing was started."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(STOP_S)
            self._thread = None
        self.place.leave()

    def follow(self) -> None:
        """Follow in this thread until `stop` is called.

        Raises:
            AlreadyRunning: another process follows.
        """
        self.place.take()
        self._run()

    def carry(self) -> int:
        """Carry all that waits now; return how many events.

        Raises:
            AlreadyRunning: another process follows.
            SearchUnavailable: the index cannot be written.
            OSError: the content folder cannot be written.
        """
        held_before = self.place.is_held()
        self.place.take()
        try:
            sweep(self._parts.settings.content_dir)
            return _all(self._follow_index) + _all(self._follow_content)
        finally:
            if not held_before:
                self.place.leave()

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Let all that waits be carried, by this process or the one that follows.

        Return whether nothing waits any more.
        """
        try:
            self.carry()
        except AlreadyRunning:
            return _comes_true(lambda: not any(waiting().values()), timeout_s)
        return True

    def rebuild(self) -> int:
        """Draw the index anew; return its document count.

        Raises:
            AlreadyRunning: another process follows; `ask_for_rebuild` asks it instead.
        """
        self.place.take()
        try:
            return self._rebuild()
        finally:
            self.place.leave()

    def ask_for_rebuild(self, timeout_s: float = 600.0) -> bool:
        """Ask the process that follows to draw the index anew; return whether it did in time."""
        self._wanted.parent.mkdir(parents=True, exist_ok=True)
        self._wanted.touch()
        return _comes_true(lambda: not self._wanted.exists(), timeout_s)

    def _run(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause):
            pause = self._look()

    def _look(self) -> float:
        """Do what waits; return for how many seconds nothing more need be done."""
        if not self._hold_place():
            return TAKE_OVER_S
        carried = self._index.try_now() + self._content.try_now()
        if not (carried or self._is_compared or self._index.failures):
            self._is_compared = True
            self._draw_anew_if_of_another_library()
        return 0.0 if carried else LOOK_S

    def _hold_place(self) -> bool:
        try:
            if not self.place.is_held():
                self.place.take()
                log.info("following the outbox")
                sweep(self._parts.settings.content_dir)
        except (AlreadyRunning, OSError) as hindrance:
            log.debug("waiting to follow: %s", hindrance)
            return False
        return True

    def _follow_index(self) -> int:
        engine = self._parts.search
        wanted = self._wanted.exists()
        is_broken = self._index.failures >= FAILURES_BEFORE_REBUILD
        if wanted or is_broken or not engine.is_present():
            log.info("drawing the index anew")
            self._rebuild()
        return index.catch_up(engine, self._parts.taxonomy)

    def _draw_anew_if_of_another_library(self) -> None:
        try:
            if index.is_of_another_library(self._parts.search):
                log.warning("the index is of another copy of the database: it is drawn anew")
                self._wanted.touch()
        except (ServiceError, OSError) as hindrance:
            log.warning("the index could not be compared: %s", hindrance)

    def _rebuild(self) -> int:
        count = index.rebuild(self._parts.search, self._parts.taxonomy)
        self._wanted.unlink(missing_ok=True)
        return count

    def _follow_content(self) -> int:
        settings = self._parts.settings
        return content.catch_up(settings.content_dir, self._parts.taxonomy, CONTENT_BATCH)

    @property
    def _wanted(self) -> Path:
        return self._parts.settings.index_dir / REBUILD_WANTED


def waiting() -> dict[Follower, int]:
    """Return how many events wait for each follower."""
    with reading() as session:
        return {follower: count_waiting(session, follower) for follower in Follower}


def _comes_true(question: Callable[[], bool], timeout_s: float) -> bool:
    until = time.monotonic() + timeout_s
    while not question():
        if time.monotonic() > until:
            return False
        time.sleep(LOOK_S / 2)
    return True


def _all(work: Callable[[], int]) -> int:
    total, carried = 0, work()
    while carried:
        total += carried
        carried = work()
    return total
