"""The folder of a Whoosh index: which sub-folder is live, reading it, writing it, swapping it.

    index/current              the name of the live sub-folder
    index/<layout>-<random>/   an index; its name tells which schema it was drawn with
    index/writing.lock         held by whoever writes

Nothing here is needed to find the library again: any of it may be deleted.
"""

import logging
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.query import Or, Term
from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import NO_MERGE, SegmentWriter

from app.domain.errors import SearchUnavailable
from app.search.port import SearchDocument
from app.search.whoosh_schema import ID_FIELD, entry, layout, make_schema

IN_REPAIR = (
    "Search is being put in order and will be back within a minute. "
    "You can still open any resource whose address you have."
)
BUSY = "The index is being written by someone else just now. It will be tried again."
POINTER = "current"
LOCK = "writing.lock"
LOCK_WAIT_S = 3.0
MOST_SEGMENTS = 8
MEMORY_LIMIT_MB = 128  # that a writer gathers postings in before it uses the disk
LEAST_FREE_MB = 64

MergeType = Callable[[SegmentWriter, list[Any]], list[Any]]

_INDEX_NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f]{12}")
log = logging.getLogger(__name__)


class WhooshStore:
    """Whoosh indexes in a folder, of which one is live."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def reading(self) -> Iterator[IndexReader]:
        """Yield a reader of the live index, for one request in one thread.

        Raises:
            FileNotFoundError: someone commits or swaps just now; try again.
            SearchUnavailable: there is no index that can be read.
        """
        index = self._open()
        with unreadable_told():
            reader = index.reader()
        try:
            yield reader
        finally:
            reader.close()

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str]) -> None:
        """Add or replace documents and drop the removed ids in one commit.

        Small segments are joined afterwards, in a commit of its own, so that what
        was written is found at once.

        Raises:
            SearchUnavailable: there is no index, it is being written, or the disk is full.
        """
        held = {document.id: document for document in documents}
        gone = [Term(ID_FIELD, i) for i in held.keys() | set(removed)]
        if not gone:
            return
        with self._lock():
            with _writing(self._open_to_write(), NO_MERGE) as writer:
                writer.delete_by_query(Or(gone))
                for document in held.values():
                    writer.add_document(**entry(document))
            if len(list(self._live().glob("*.seg"))) >= MOST_SEGMENTS:
                with _writing(self._open_to_write(), _merge_small):
                    pass

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Draw a new index beside the live one, make it the live one, sweep the others.

        Raises:
            SearchUnavailable: someone else writes, or the disk has too little room.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock():
            self._check_room()
            fresh = self._folder / f"{layout()}-{secrets.token_hex(6)}"
            try:
                count = _draw(fresh, documents)
                self._point_at(fresh)
            finally:
                self._sweep()
            return count

    def size_bytes(self) -> int:
        """Return the size of all files in the folder."""
        return sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())

    def updated_at(self) -> datetime:
        """Return when the live index was last committed to, in UTC.

        Raises:
            FileNotFoundError: someone commits or swaps just now; try again.
            SearchUnavailable: there is no index.
        """
        folder = self._live()
        moments = [path.stat().st_mtime for path in folder.glob("*.toc")]
        if not moments:
            raise FileNotFoundError(folder)
        return datetime.fromtimestamp(max(moments), UTC)

    def _live(self) -> Path:
        """Return the live sub-folder."""
        try:
            name = (self._folder / POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise SearchUnavailable(IN_REPAIR) from None
        if not name.startswith(f"{layout()}-"):
            raise SearchUnavailable(IN_REPAIR)
        return self._folder / name

    def _open(self) -> FileIndex:
        # With memory maps every reader would copy the index into memory.
        with unreadable_told():
            return FileStorage(self._live(), supports_mmap=False).open_index()

    def _open_to_write(self) -> FileIndex:
        try:
            return self._open()
        except FileNotFoundError:
            raise SearchUnavailable(IN_REPAIR) from None

    @contextmanager
    def _lock(self) -> Iterator[None]:
        if not self._folder.is_dir():
            raise SearchUnavailable(IN_REPAIR)
        try:
            with FileLock(self._folder / LOCK, timeout=LOCK_WAIT_S):
                yield
        except Timeout:
            raise SearchUnavailable(BUSY) from None

    def _check_room(self) -> None:
        needed_mb = LEAST_FREE_MB + 2 * self.size_bytes() // 2**20
        free_mb = shutil.disk_usage(self._folder).free // 2**20
        if free_mb < needed_mb:
            raise SearchUnavailable(
                f"There is too little room to draw the index anew: {free_mb} MB are free on the "
                f"disk of {self._folder}, {needed_mb} MB are needed. Free some and try again."
            )

    def _point_at(self, fresh: Path) -> None:
        beside = self._folder / f"{POINTER}.new"
        with beside.open("w", encoding="utf-8") as file:
            file.write(f"{fresh.name}\n")
            file.flush()
            os.fsync(file.fileno())
        pointer = self._folder / POINTER
        if pointer.is_dir():  # nothing of ours; a file cannot take its place
            shutil.rmtree(pointer)
        beside.replace(pointer)

    def _sweep(self) -> None:
        """Remove every index but the live one: older ones and what a killed rebuild left."""
        try:
            live: Path | None = self._live()
        except SearchUnavailable:
            live = None
        for path in self._folder.iterdir():
            if path.is_dir() and path != live and _INDEX_NAME.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def unreadable_told() -> Iterator[None]:
    """Turn whatever Whoosh raises over a torn file into SearchUnavailable.

    Its files are pickles and packed numbers, so that may be any error. A missing
    file stays a FileNotFoundError: a commit may have taken it away.
    """
    try:
        yield
    except (FileNotFoundError, SearchUnavailable):
        raise
    except EmptyIndexError as error:
        # Whoosh's word for a folder without an index: swept or deleted meanwhile.
        raise FileNotFoundError(str(error)) from None
    except Exception as error:
        log.exception("The index cannot be read")
        raise SearchUnavailable(IN_REPAIR) from error


def _draw(folder: Path, documents: Iterable[SearchDocument]) -> int:
    folder.mkdir(mode=0o700)
    index = FileStorage(folder, supports_mmap=False).create_index(make_schema())
    held: set[str] = set()
    with _writing(index) as writer:
        for document in documents:
            if document.id not in held:
                held.add(document.id)
                writer.add_document(**entry(document))
    return len(held)


@contextmanager
def _writing(index: FileIndex, merge: MergeType = NO_MERGE) -> Iterator[SegmentWriter]:
    """Yield a writer; commit when the block ends well, cancel when not."""
    writer: SegmentWriter | None = None
    try:
        # Whoosh's own lock outlives a writer that could not begin, and ours is held already.
        writer = index.writer(_lk=False, limitmb=MEMORY_LIMIT_MB)
        yield writer
        writer.commit(mergetype=merge)
    except OSError as error:
        _cancel(writer)
        raise SearchUnavailable(
            f"The index cannot be written ({error.strerror}). Look at the disk and its rights."
        ) from error
    except BaseException:
        _cancel(writer)
        raise


def _cancel(writer: SegmentWriter | None) -> None:
    # On a full disk giving up may fail too; the committed index stays as it was.
    with suppress(Exception):
        if writer:
            writer.cancel()


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Join the smaller half of the segments once there are more than MOST_SEGMENTS."""
    if len(segments) < MOST_SEGMENTS:
        return segments
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all(), reverse=True)
    kept, joined = by_size[: MOST_SEGMENTS // 2], by_size[MOST_SEGMENTS // 2 :]
    for segment in joined:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept
