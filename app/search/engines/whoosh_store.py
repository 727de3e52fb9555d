"""The folder of a Whoosh index: which sub-folder is live, reading it, writing it, swapping it.

    index/current              the name of the live sub-folder
    index/<layout>-<random>/   an index; its name tells which schema it was drawn with
    index/writing.lock         held by whoever writes
    index/merging.lock         held by whoever joins segments (whoosh_merging.py)
    index/rebuilding.lock      held by whoever draws an index anew (whoosh_rebuilding.py)

Nothing here is needed to find the library again: any of it may be deleted.
"""

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.query import Or, Term
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE

from app.domain.errors import SearchUnavailable
from app.search.engines.segment_drawing import draw
from app.search.engines.whoosh_internals import (
    BlockReader,
    PreparingWriter,
    commit_of,
    sweep_tables,
    toc_name,
)
from app.search.engines.whoosh_schema import ID_FIELD, entry, layout, make_schema
from app.search.port import SearchDocument

IN_REPAIR = (
    "Search is being put in order and will be back within a minute. "
    "You can still open any resource whose address you have."
)
BUSY = "The index is being written by someone else just now. It will be tried again."
POINTER = "current"
LOCK = "writing.lock"
LOCK_WAIT_S = 3.0
MEMORY_LIMIT_MB = 128  # that a writer gathers postings in before it uses the disk
log = logging.getLogger(__name__)


class Commit:
    """An index as it stood after one commit."""

    def __init__(self, pointer: Path) -> None:
        """Open the live index.

        Raises:
            FileNotFoundError: someone commits or swaps just now; try again.
            SearchUnavailable: there is no index that can be read.
        """
        # The stamp first: who swaps between the two makes this commit an old one, not a wrong one.
        self._pointer, self._stamp = str(pointer), _stamp(str(pointer))
        self.folder = _live(pointer)
        with unreadable_told():
            generation, self.segments = commit_of(open_index(self.folder))
        # Each commit has a table of contents of its own, whose number is higher by 1.
        self._own, self._next = (
            str(self.folder / toc_name(number)) for number in (generation, generation + 1)
        )

    def is_current(self) -> bool:
        """Whether nothing has been written or swapped since; asked with every search."""
        try:
            if _stamp(self._pointer) != self._stamp:
                return False
            os.stat(self._own)  # noqa: PTH116 - plain names: paths would cost ten times as much
        except (OSError, SearchUnavailable):
            return False
        return not os.path.exists(self._next)  # noqa: PTH110


class WhooshStore:
    """Whoosh indexes in a folder, of which one is live."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> Commit:
        """Open the live index.

        Raises:
            FileNotFoundError: someone commits or swaps just now; try again.
            SearchUnavailable: there is no index that can be read.
        """
        return Commit(self.folder / POINTER)

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str]) -> None:
        """Add or replace documents and drop the removed ids in one commit.

        Raises:
            SearchUnavailable: there is no index, it is being written, or the disk is full.
        """
        held = {document.id: document for document in documents}
        gone = held.keys() | set(removed)
        if gone:
            entries = [entry(document) for document in held.values()]  # before anyone must wait
            with self.lock():
                live = self.live()
                sweep_tables(live)
                write_entries(live, entries, gone)

    def size_bytes(self) -> int:
        """Return the size of all files in the folder."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def updated_at(self) -> datetime:
        """Return when the live index was last committed to, in UTC.

        Raises:
            FileNotFoundError: someone commits or swaps just now; try again.
            SearchUnavailable: there is no index.
        """
        folder = self.live()
        moments = [path.stat().st_mtime for path in folder.glob("*.toc")]
        if not moments:
            raise FileNotFoundError(folder)
        return datetime.fromtimestamp(max(moments), UTC)

    def live(self) -> Path:
        """Return the live sub-folder.

        Raises:
            SearchUnavailable: there is none.
        """
        return _live(self.folder / POINTER)

    @contextmanager
    def lock(self, wait_s: float | None = None) -> Iterator[None]:
        """Hold the lock of whoever writes.

        Raises:
            SearchUnavailable: there is no folder, or someone else held it for all of `wait_s`.
        """
        if not self.folder.is_dir():
            raise SearchUnavailable(IN_REPAIR)
        try:
            with FileLock(self.folder / LOCK, timeout=LOCK_WAIT_S if wait_s is None else wait_s):
                yield
        except Timeout:
            raise SearchUnavailable(BUSY) from None

    def point_at(self, fresh: Path) -> None:
        """Make a sub-folder the live one; for whoever holds the lock."""
        beside = self.folder / f"{POINTER}.new"
        with beside.open("w", encoding="utf-8") as file:
            file.write(f"{fresh.name}\n")
            file.flush()
            os.fsync(file.fileno())
        pointer = self.folder / POINTER
        if pointer.is_dir():  # nothing of ours; a file cannot take its place
            shutil.rmtree(pointer)
        beside.replace(pointer)


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


def open_index(folder: Path) -> FileIndex:
    """Open an index without mapping it: with memory maps every reader would copy it."""
    return FileStorage(folder, supports_mmap=False).open_index()


def arrays_path(folder: Path, segment: Any) -> Path:
    """Return the file of a segment's arrays; Whoosh sweeps it with the segment's own files."""
    return folder / f"{segment.segment_id()}.arrays"


def draw_segment(folder: Path, segment: Any) -> None:
    """Draw the file of a segment's arrays from what Whoosh keeps of it.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    storage = FileStorage(folder, supports_mmap=False)
    reader = SegmentReader(storage, make_schema(), segment)
    try:
        draw(reader, BlockReader(reader), arrays_path(folder, segment))
    finally:
        reader.close()


@contextmanager
def writing(folder: Path) -> Iterator[PreparingWriter]:
    """Yield a writer; commit when the block ends well, cancel when not.

    Raises:
        SearchUnavailable: there is no index, or it cannot be written.
    """
    writer: PreparingWriter | None = None
    try:
        with unreadable_told():
            index = open_index(folder)
        writer = PreparingWriter(index, MEMORY_LIMIT_MB, lambda made: draw_segment(folder, made))
        yield writer
        writer.commit(mergetype=NO_MERGE)
    except FileNotFoundError:
        _cancel(writer)
        raise SearchUnavailable(IN_REPAIR) from None
    except OSError as error:
        _cancel(writer)
        raise SearchUnavailable(
            f"The index cannot be written ({error.strerror}). Look at the disk and its rights."
        ) from error
    except BaseException:
        _cancel(writer)
        raise


def write_entries(folder: Path, entries: Iterable[Mapping[str, Any]], gone: Iterable[str]) -> None:
    """Drop ids from an index and add entries, in one commit; for whoever holds its lock.

    Raises:
        SearchUnavailable: there is no index, or it cannot be written.
    """
    with writing(folder) as writer:
        with unreadable_told():
            writer.delete_by_query(Or([Term(ID_FIELD, i) for i in gone]))
        for one in entries:
            writer.add_document(**one)


def _cancel(writer: PreparingWriter | None) -> None:
    # On a full disk giving up may fail too; the committed index stays as it was.
    with suppress(Exception):
        if writer:
            writer.cancel()


def _live(pointer: Path) -> Path:
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SearchUnavailable(IN_REPAIR) from None
    if not name.startswith(f"{layout()}-"):
        raise SearchUnavailable(IN_REPAIR)
    return pointer.parent / name


def _stamp(pointer: str) -> tuple[int, int]:
    try:
        told = os.stat(pointer)  # noqa: PTH116
    except OSError:
        raise SearchUnavailable(IN_REPAIR) from None
    return told.st_ino, told.st_mtime_ns
