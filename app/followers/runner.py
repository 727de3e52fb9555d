"""Keep following: look at the outbox twice a second, mend what is broken, try again later.

What takes long (drawing the index anew, tending it, carrying a great many
changes) is done by commands in processes of their own: a thread would share
the interpreter with the readers of a server, and keep a publication waiting.
"""

import atexit
import logging
import threading
import time
from collections.abc import Callable

from app.db import reading
from app.domain.errors import AlreadyRunning, ServiceError
from app.domain.events import Follower
from app.domain.follows import Rhythm
from app.followers import content, index
from app.followers.child import Child
from app.followers.due import is_any_digest_due, is_anything_due
from app.followers.outbox import count_waiting
from app.followers.place import Place
from app.formats.library_folder import sweep
from app.parts import Parts
from app.search.port import SearchEngine

log = logging.getLogger(__name__)

CARRIED = (Follower.INDEX, Follower.CONTENT)  # the post goes its own way: app/followers/postman.py
LOOK_S = 0.5  # between two looks at the outbox
TAKE_OVER_S = 2.0  # between two tries for the place, while another process has it
LONGEST_DELAY_S = 30.0  # before trying again what keeps failing
FAILURES_BEFORE_REBUILD = 2
CONTENT_BATCH = 50  # files written between two looks at the index
LONG_BACKLOG = 100  # changes; more are carried by a process of its own
DIGEST_LOOK_S = 60.0  # between two looks at whose digest is due: no minute matters there
STOP_S = 10.0  # that a stop waits for the work in hand


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
            log.exception("cannot %s; trying again in %.0f s", self._name, delay_s)
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
        self._is_awaited = False  # whether nothing can be carried before it is drawn anew
        self._drawer = Child(parts.settings, "index", "rebuild")
        self._tender = Child(parts.settings, "index", "tend")
        self._carrier = Child(parts.settings, "index", "follow", "--once")
        self._index = Retried(self._follow_index, "follow into the index")
        self._content = Retried(self._follow_content, "follow into the content folder")
        self._order = Retried(self._keep_order, "keep the index in order")
        self._publisher = Child(parts.settings, "reviews", "publish-due")
        self._clock = Retried(self._publish_due, "publish what is due")
        self._digester = Child(parts.settings, "follows", "digest")
        self._digests = Retried(self._make_digests, "make the digests that are due")
        self._digests_looked_s = -DIGEST_LOOK_S  # monotonic
        self._backlog = Retried(self._hand_over, "let a long backlog be carried")

    def start(self) -> None:
        """Follow in the background; where another process does, wait to take over."""
        if self._thread is None or not self._thread.is_alive():
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, name="followers", daemon=True)
            self._thread.start()
            atexit.register(self._end_children)

    def stop(self) -> None:
        """Stop following after the work in hand; harmless where nothing was started."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(STOP_S)
            self._thread = None
        self._end_children()
        self.place.leave()

    def follow(self) -> None:
        """Follow in this thread until `stop` is called.

        Raises:
            AlreadyRunning: another process follows.
        """
        self.place.take()
        try:
            self._run()
        finally:
            self._end_children()

    def carry(self) -> int:
        """Carry all that waits now, and leave the index in order; return how many events.

        Raises:
            AlreadyRunning: another process follows, or draws the index anew.
            SearchUnavailable: the index cannot be written.
            OSError: the content folder cannot be written.
        """
        held_before = self.place.is_held()
        self.place.take()
        try:
            sweep(self._parts.settings.content_dir)
            if not self._parts.search.is_present():
                index.rebuild(self._parts.search, self._parts.taxonomy_now)
            carried = _all(self._carry_some)
            _tend_to_the_end(self._parts.search)
            return carried
        finally:
            if not held_before:
                self.place.leave()

    def settle(self, timeout_s: float = 10.0) -> bool:
        """Let all that waits be carried, letters apart, by this process or the one that follows.

        Return whether nothing waits any more.
        """
        try:
            self.carry()
        except AlreadyRunning:
            return _comes_true(lambda: not any(map(waiting().get, CARRIED)), timeout_s)
        return True

    def _run(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause):
            pause = self._look()

    def _look(self) -> float:
        """Do what waits; return for how many seconds nothing more need be done."""
        if self._thread is not None and self._backlog.try_now():
            self._clock.try_now()  # a day waits for no backlog
            return LOOK_S
        if not self._hold_place():
            return TAKE_OVER_S
        carried = self._index.try_now() + self._content.try_now()
        self._order.try_now()
        self._clock.try_now()
        self._digests.try_now()
        if not (carried or self._is_compared or self._is_awaited or self._index.failures):
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

    def _hand_over(self) -> int:
        """Leave a long backlog to a process of its own, the place too; return whether it is so."""
        if self._carrier.is_running():
            return True
        engine = self._parts.search
        if not (self.place.is_held() and engine.is_shared and engine.is_present()):
            return False
        if waiting()[Follower.INDEX] <= LONG_BACKLOG:
            return False
        log.info("a long backlog is carried by a process of its own")
        self.place.leave()
        self._carrier.start()
        return True

    def _follow_index(self) -> int:
        engine = self._parts.search
        is_broken = self._index.failures >= FAILURES_BEFORE_REBUILD
        if self._drawer.is_running():
            if self._is_awaited:
                return 0
        elif is_broken or not engine.is_present():
            self._draw_anew()
            self._is_awaited = engine.is_shared
            return 0 if engine.is_shared else index.catch_up(engine, self._parts.taxonomy_now)
        else:
            self._is_awaited = False
        return index.catch_up(engine, self._parts.taxonomy_now)

    def _draw_anew_if_of_another_library(self) -> None:
        try:
            if index.is_of_another_library(self._parts.search):
                log.warning("the index is of another copy of the database: it is drawn anew")
                self._draw_anew()
        except (ServiceError, OSError) as hindrance:
            log.warning("the index could not be compared: %s", hindrance)

    def _draw_anew(self) -> None:
        """Draw the index anew: in a process of its own, where this one would see it."""
        log.info("drawing the index anew")
        engine = self._parts.search
        if engine.is_shared:
            self._drawer.start()
        else:
            index.rebuild(engine, self._parts.taxonomy_now)

    def _keep_order(self) -> int:
        engine = self._parts.search
        if self._tender.is_running() or not engine.is_present() or not engine.needs_tending():
            return 0
        if engine.is_shared:
            self._tender.start()
        else:
            engine.tend()
        return 0

    def _publish_due(self) -> int:
        """Let a command publish what has come to its day: followers change nothing themselves."""
        if not self._publisher.is_running() and is_anything_due():
            self._publisher.start()
        return 0

    def _make_digests(self) -> int:
        """Let a command make digests: news are gathered with services, and it takes a while."""
        settings, now_s = self._parts.settings, time.monotonic()
        if self._digester.is_running() or now_s < self._digests_looked_s + DIGEST_LOOK_S:
            return 0
        self._digests_looked_s = now_s
        if is_any_digest_due(settings.digest_hour, Rhythm(settings.digest_rhythm)):
            self._digester.start()
        return 0

    def _carry_some(self) -> int:
        """Carry all into the index, and then some files: people wait for the one, not the other."""
        carried = _all(lambda: index.catch_up(self._parts.search, self._parts.taxonomy_now))
        return carried + self._follow_content()

    def _follow_content(self) -> int:
        settings = self._parts.settings
        return content.catch_up(settings.content_dir, self._parts.taxonomy, CONTENT_BATCH)

    def _children(self) -> tuple[Child, ...]:
        return self._drawer, self._tender, self._carrier, self._publisher, self._digester

    def _end_children(self) -> None:
        for child in self._children():
            child.stop()


def waiting() -> dict[Follower, int]:
    """Return how many events wait for each follower."""
    with reading() as session:
        return {follower: count_waiting(session, follower) for follower in Follower}


def _tend_to_the_end(engine: SearchEngine) -> None:
    while engine.needs_tending() and engine.tend():
        log.info("the index was tended")


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
