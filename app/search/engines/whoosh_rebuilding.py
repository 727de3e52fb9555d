"""Draw the index anew beside the live one, while searching and writing go on, and swap them.

No lock of the writers is held while the documents are drawn: what is published
meanwhile goes into the live index as ever. Before the swap the fresh index is
given all that has changed since, the last of it with the writers kept waiting,
so that the swap takes nothing back.
"""

import gc
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage

from app.domain.errors import AlreadyRunning, SearchUnavailable
from app.search.engines.whoosh_schema import entry, layout, make_schema
from app.search.engines.whoosh_store import WhooshStore, write_entries, writing
from app.search.port import Changes, SearchDocument, Tell

LOCK = "rebuilding.lock"
BUSY = "Another process draws the index anew just now."
LEAST_FREE_MB = 64
SWAP_WAIT_S = 120.0  # for whoever writes: what was drawn is worth waiting for
ROOM_FACTOR = 2  # times the present index that drawing it anew may need
COLLECTED_AFTER = (100_000, 20, 100)  # new things; each older generation so many times more seldom

_INDEX_NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f]{12}")


def rebuild(
    store: WhooshStore,
    documents: Iterable[SearchDocument],
    tell: Tell,
    meanwhile: Callable[[], Changes],
) -> int:
    """Draw a new index, make it the live one, sweep the others; return how many were drawn.

    Raises:
        AlreadyRunning: another process does so already.
        SearchUnavailable: it cannot be written, or the disk has too little room.
    """
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(store):
        _sweep(store)
        _check_room(store)
        fresh = store.folder / f"{layout()}-{secrets.token_hex(6)}"
        try:
            count = _draw_index(fresh, documents, tell)
            _take_in(fresh, meanwhile())  # most of it, while others can write
            with store.lock(SWAP_WAIT_S):
                _take_in(fresh, meanwhile())
                store.point_at(fresh)
        finally:
            _sweep(store)
        return count


def has_leftovers(store: WhooshStore) -> bool:
    """Whether there are indexes that nobody reads or draws."""
    if not any(_others(store)):
        return False
    try:
        with _alone(store):
            return any(_others(store))
    except AlreadyRunning:
        return False


def sweep_leftovers(store: WhooshStore) -> bool:
    """Remove the indexes that nobody reads or draws; return whether there were any."""
    try:
        with _alone(store):
            return _sweep(store)
    except (AlreadyRunning, FileNotFoundError):
        return False


def _draw_index(folder: Path, documents: Iterable[SearchDocument], tell: Tell) -> int:
    folder.mkdir(mode=0o700)
    FileStorage(folder, supports_mmap=False).create_index(make_schema())
    held: set[str] = set()
    with _little_collected(), writing(folder) as writer:
        for document in documents:
            if document.id not in held:
                held.add(document.id)
                writer.add_document(**entry(document))
                tell(len(held))
    return len(held)


def _take_in(fresh: Path, late: Changes) -> None:
    held = {document.id: document for document in late.documents}
    gone = held.keys() | late.removed
    if gone:
        write_entries(fresh, map(entry, held.values()), gone)


@contextmanager
def _little_collected() -> Iterator[None]:
    """Let Python look for rubbish seldom: among millions of postings there is none."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _alone(store: WhooshStore) -> Iterator[None]:
    """Hold the lock of whoever draws an index.

    Raises:
        AlreadyRunning: another holds it.
        FileNotFoundError: there is no folder.
    """
    try:
        with FileLock(store.folder / LOCK, timeout=0):
            yield
    except Timeout:
        raise AlreadyRunning(BUSY) from None


def _check_room(store: WhooshStore) -> None:
    needed_mb = LEAST_FREE_MB + ROOM_FACTOR * store.size_bytes() // 2**20
    free_mb = shutil.disk_usage(store.folder).free // 2**20
    if free_mb < needed_mb:
        raise SearchUnavailable(
            f"There is too little room to draw the index anew: {free_mb} MB are free on the "
            f"disk of {store.folder}, {needed_mb} MB are needed. Free some and try again."
        )


def _others(store: WhooshStore) -> Iterator[Path]:
    """Yield every index but the live one: older ones and what a killed rebuild left."""
    try:
        live: Path | None = store.live()
    except SearchUnavailable:
        live = None
    for path in store.folder.iterdir():
        if path != live and _INDEX_NAME.fullmatch(path.name) and path.is_dir():
            yield path


def _sweep(store: WhooshStore) -> bool:
    found = list(_others(store))
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return bool(found)
