"""Join small segments into one while searching and writing go on.

The joined segment is written in a folder of its own, with its arrays; only to
put it in the place of the others is the writers' lock held, for milliseconds.
What was deleted meanwhile is deleted in it too.
"""

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from app.search.engines.whoosh_internals import replace_segments, segments_of
from app.search.engines.whoosh_schema import make_schema
from app.search.engines.whoosh_store import (
    WhooshStore,
    arrays_path,
    draw_segment,
    open_index,
    unreadable_told,
    writing,
)

MOST_SEGMENTS = 8
MERGING = "merging"
LOCK = "merging.lock"


def tend(store: WhooshStore) -> bool:
    """Join small segments where there are many, and draw arrays that are missing.

    Return whether anything was done. Another process that does so already is left to it.

    Raises:
        SearchUnavailable: there is no index, or it cannot be written.
        FileNotFoundError: someone commits or swaps just now; try again.
    """
    try:
        with FileLock(store.folder / LOCK, timeout=0):
            _sweep(store.live())
            return _mend(store) | _join(store)
    except Timeout:
        return False


def needs_tending(segments: Sequence[Any], folder: Path) -> bool:
    """Whether `tend` would find something to do."""
    if len(segments) >= MOST_SEGMENTS or any(folder.glob(f"{MERGING}-*")):
        return True
    return any(not arrays_path(folder, segment).exists() for segment in segments)


def _mend(store: WhooshStore) -> bool:
    folder = store.live()
    missing = [s for s in segments_of(open_index(folder)) if not arrays_path(folder, s).exists()]
    for segment in missing:
        with unreadable_told():
            draw_segment(folder, segment)
    if missing:
        with store.lock():
            if store.live() == folder:
                # A commit that changes nothing: whoever reads plainly opens the index anew.
                replace_segments(folder, segments_of(open_index(folder)))
    return bool(missing)


def _join(store: WhooshStore) -> bool:
    live = store.live()
    segments = segments_of(open_index(live))
    if len(segments) < MOST_SEGMENTS:
        return False
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all(), reverse=True)
    joined = by_size[MOST_SEGMENTS // 2 :]
    beside = live / f"{MERGING}-{secrets.token_hex(6)}"
    try:
        made = _written_together(live, beside, joined)
        with store.lock():
            if store.live() == live:
                _put_in_place(live, beside, joined, made)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True


def _written_together(live: Path, beside: Path, joined: Sequence[Any]) -> Any | None:
    """Write the standing documents of some segments as one; None where none stand."""
    beside.mkdir(mode=0o700)
    FileStorage(beside, supports_mmap=False).create_index(make_schema())
    storage = FileStorage(live, supports_mmap=False)
    with writing(beside) as writer:
        for segment in joined:
            reader = SegmentReader(storage, make_schema(), segment)
            with unreadable_told():
                if reader.doc_count():
                    writer.add_reader(reader)
            reader.close()
    made = segments_of(open_index(beside))
    return made[0] if made else None


def _put_in_place(live: Path, beside: Path, joined: Sequence[Any], made: Any | None) -> None:
    present = {segment.segment_id(): segment for segment in segments_of(open_index(live))}
    names = [segment.segment_id() for segment in joined]
    if not set(names) <= present.keys():
        return  # someone joined them otherwise
    kept = [segment for name, segment in present.items() if name not in names]
    if made is not None:
        for number in _deleted_since(joined, [present[name] for name in names]):
            made.delete_document(number)
        for path in beside.glob(f"{made.segment_id()}.*"):
            path.replace(live / path.name)
        kept.append(made)
    replace_segments(live, kept)


def _deleted_since(before: Sequence[Any], now: Sequence[Any]) -> list[int]:
    """Return the numbers, in the joined segment, of documents deleted since it was begun."""
    gone, number = [], 0
    for old, new in zip(before, now, strict=True):
        was, is_now = set(old.deleted_docs()), set(new.deleted_docs())
        for document in range(old.doc_count_all()):
            if document in was:
                continue
            if document in is_now:
                gone.append(number)
            number += 1
    return gone


def _sweep(live: Path) -> None:
    """Remove what a killed merge left."""
    for path in live.glob(f"{MERGING}-*"):
        shutil.rmtree(path, ignore_errors=True)
