"""The one place there is to follow from: a lock in the index's folder; the post has its own."""

import os
from pathlib import Path

from filelock import FileLock, Timeout

from app.domain.errors import AlreadyRunning

NAME = "follower.lock"
TAKEN = (
    "Another process carries changes to the index already (the server does by itself): stop it, or "
    "leave the work to it."
)


class Place:
    """One holder at a time, on one machine; a killed holder leaves it free."""

    def __init__(self, index_dir: Path, name: str = NAME, taken: str = TAKEN) -> None:
        self._path, self._taken = index_dir / name, taken
        self._lock: FileLock | None = None
        self._file: os.stat_result | None = None  # the lock's file as it was taken

    def take(self) -> None:
        """Take the place; taking it twice is harmless.

        Raises:
            AlreadyRunning: another process has it.
        """
        if self.is_held():
            return
        self.leave()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            raise AlreadyRunning(self._taken) from None
        self._lock, self._file = lock, self._path.stat()

    def is_held(self) -> bool:
        """Whether this holds the place, in the file that others would try.

        A deleted folder takes the lock's file along: what is held then is worth nothing.
        """
        try:
            return self._file is not None and os.path.samestat(self._file, self._path.stat())
        except FileNotFoundError:
            return False

    def leave(self) -> None:
        """Leave the place to others; harmless where it is not held."""
        if self._lock is not None:
            self._lock.release(force=True)
            self._lock = self._file = None

    def is_taken(self) -> bool:
        """Whether anyone, this process too, holds the place now."""
        if self.is_held():
            return True
        try:
            self.take()
        except AlreadyRunning:
            return True
        self.leave()
        return False
