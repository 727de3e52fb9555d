"""The taxonomy as its files say now: read once, and anew when they change, by whichever process."""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from app.domain.taxonomy import Taxonomy
from app.formats.taxonomy_files import read_taxonomy

LOOK_S = 0.5  # between two looks at the files on behalf of requests

Signature = tuple[tuple[str, int, int, int], ...]

log = logging.getLogger(__name__)


class LiveTaxonomy:
    """Holds one taxonomy for all threads of a process; `look` takes up what changed on disk.

    A value that was taken from here never changes: who holds it goes on with
    it, and the next who asks gets the new one. Codes are for ever, so that the
    two may meet in one request without harm.
    """

    def __init__(self, folder: Path, taxonomy: Taxonomy | None = None) -> None:
        """Read a folder, unless its taxonomy is given.

        Raises:
            InvalidInput: it cannot be read.
        """
        self.folder = folder
        self._seen = _signature(folder)
        self.taxonomy = read_taxonomy(folder) if taxonomy is None else taxonomy
        self.trouble = ""  # what is wrong with the files as they are now, where they are not used
        self._lock = Lock()
        self._looked_at = time.monotonic()

    def glance(self, use: Callable[[Taxonomy], None]) -> bool:
        """Look, unless somebody looked within the last half second; safe to call at every request.

        Return whether there was something new.
        """
        now = time.monotonic()
        if now - self._looked_at < LOOK_S:
            return False
        self._looked_at = now
        return self.look(use, is_waiting=False)

    def look(self, use: Callable[[Taxonomy], None], *, is_waiting: bool = True) -> bool:
        """Read the files anew where they changed; return whether there was something new.

        Files that are broken are not taken up: what was read before stays, the
        log says why, and `trouble` does.

        Args:
            use: is given the new taxonomy before anybody else is.
            is_waiting: wait for another thread that reads; else leave it to that thread.
        """
        if _signature(self.folder) == self._seen or not self._lock.acquire(blocking=is_waiting):
            return False
        try:
            return self._read_anew(use)
        finally:
            self._lock.release()

    def _read_anew(self, use: Callable[[Taxonomy], None]) -> bool:
        signature = _signature(self.folder)
        if signature == self._seen:
            return False  # another thread was quicker
        try:
            taxonomy = read_taxonomy(self.folder)
            use(taxonomy)
        except Exception as problem:  # whatever it is, people go on searching with the old one
            self.trouble, self._seen = str(problem), signature
            log.exception("the vocabularies were changed and cannot be read: the old ones stay")
            return False
        self.taxonomy, self.trouble = taxonomy, ""
        self._seen = signature  # last: who finds it so finds the new words too
        log.info("the vocabularies were read anew")
        return True


def _signature(folder: Path) -> Signature:
    """Return what changes whenever a file does, also by another that is renamed into its place."""
    try:
        with os.scandir(folder) as entries:
            found = [(e.name, e.stat()) for e in entries if e.name.endswith(".yaml")]
    except OSError:
        return ()  # the folder is away for the moment: nothing can be read anew
    return tuple(sorted((name, s.st_mtime_ns, s.st_size, s.st_ino) for name, s in found))
