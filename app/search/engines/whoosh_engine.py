"""The search port on Whoosh: an index in a folder, its segments read from mapped arrays."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from app.domain.errors import SearchUnavailable
from app.domain.tags import TagName
from app.domain.taxonomy import Taxonomy
from app.search.answering import Language, answer, find, language_of, rank_unlimited
from app.search.engines.plain_segment import PlainSegment
from app.search.engines.segment_drawing import open_drawn
from app.search.engines.tag_names_file import TagNamesFile
from app.search.engines.whoosh_merging import needs_tending, tend
from app.search.engines.whoosh_rebuilding import has_leftovers, rebuild, sweep_leftovers
from app.search.engines.whoosh_schema import make_schema
from app.search.engines.whoosh_store import (
    IN_REPAIR,
    Commit,
    WhooshStore,
    arrays_path,
    unreadable_told,
)
from app.search.finding.capped_cache import CappedCache
from app.search.finding.shelf import Shelf, Shelves
from app.search.finding.snapshot import Bools, Snapshot
from app.search.port import (
    Changes,
    Found,
    Hit,
    IndexStatus,
    SearchDocument,
    SearchPage,
    SearchQuery,
    Suggestion,
    Tell,
    no_changes,
    tell_nobody,
)
from app.search.segments.arrays_file import Torn
from app.search.segments.segment import Segment
from app.search.showing.likeness import similar
from app.search.showing.tag_suggestions import suggest_called

ATTEMPTS = 6
PAUSE_S = 0.02  # before the second attempt; longer before each further one
MOST_ANSWER_BYTES = 16 * 2**20
HIT_BYTES = 3000  # about what one hit of a kept page weighs

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Opened:
    """An index opened for reading, after one commit."""

    commit: Commit
    shelves: Shelves
    answers: CappedCache[SearchPage]


class WhooshEngine:
    """The default engine; safe for threads, and for other processes that write."""

    is_shared = True

    def __init__(self, folder: Path, taxonomy: Taxonomy, is_plain: bool = False) -> None:
        """Read an index in a folder.

        Args:
            is_plain: read by Whoosh's own means alone: slow, to compare with.
        """
        self._store = WhooshStore(folder)
        self._names = TagNamesFile(folder, language_of(taxonomy))
        self._is_plain = is_plain
        self._segments: dict[str, Segment] = {}
        self._opened: _Opened | None = None
        self._lock = Lock()

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a query.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        opened = self._open()
        shelf = opened.shelves.for_marks(query.marks)
        language = self._language
        return opened.answers.get((language, *_key(query)), lambda: answer(query, shelf, language))

    def find(self, query: SearchQuery, is_counted: bool = False) -> Found:
        """Answer a query by ids alone; `is_counted`: with the count behind each facet value.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return find(query, self._shelf(query.marks), self._language, is_counted)

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Return lines to offer for a half-typed text, best first.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return suggest_called(prefix, self._shelf(marks), limit, self._language.tags)

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        """Return the resources most like this one, best first; none for an unknown id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return similar(resource_id, self._shelf(marks), limit, self._language.tags)

    def rank_unlimited(
        self, text: str, marks: frozenset[str], limit: int
    ) -> list[tuple[str, float]]:
        """Rank for a text of any length as `search` would, without a person's limits and marks.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return rank_unlimited(text, self._shelf(marks), self._language, limit)

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add or replace documents and drop the removed ids, all or nothing.

        Raises:
            SearchUnavailable: the index is missing or cannot be written now.
        """
        self._store.write(documents, removed)
        self._make_ready()

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        tell: Tell = tell_nobody,
        meanwhile: Callable[[], Changes] = no_changes,
    ) -> int:
        """Draw a new index beside the old, swap them, return how many documents were drawn.

        Raises:
            AlreadyRunning: another process draws it anew.
            SearchUnavailable: it cannot be written, or the disk has too little room.
        """
        count = rebuild(self._store, documents, tell, meanwhile)
        self._make_ready()
        return count

    def name_tags(self, names: tuple[TagName, ...]) -> None:
        """Call tags by these names from now on, in every process that reads this index.

        Raises:
            SearchUnavailable: the names cannot be written now.
        """
        self._names.write(names)

    def learn(self, taxonomy: Taxonomy) -> None:
        """Understand words as another taxonomy tells from now on; answers are kept by language."""
        self._names.learn(language_of(taxonomy))

    def needs_tending(self) -> bool:
        """Whether `tend` would find something to do.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        commit = self._open().commit
        return needs_tending(commit.segments, commit.folder) or has_leftovers(self._store)

    def tend(self) -> bool:
        """Join small segments, mend and sweep; return whether there was anything to do.

        Raises:
            SearchUnavailable: the index is missing or cannot be written now.
        """
        is_swept = sweep_leftovers(self._store)
        try:
            return tend(self._store) or is_swept
        except FileNotFoundError:
            return False  # someone wrote or swapped meanwhile; the next time will do

    def forget_answers(self) -> None:
        """Forget the pages that were kept, so that the next are worked out anew."""
        self._open().answers.clear()

    def fingerprints(self) -> Mapping[str, str]:
        """Return the fingerprint of every document by its id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return dict(self._open().shelves.snapshot.fingerprints())

    def is_present(self) -> bool:
        """Say whether there is an index that can be read."""
        try:
            self._open()
        except SearchUnavailable:
            return False
        return True

    def status(self) -> IndexStatus:
        """Tell how the index stands.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        opened = self._open()
        with suppress(FileNotFoundError):
            return IndexStatus(
                documents=opened.shelves.snapshot.count(),
                updated_at=self._store.updated_at(),
                size_bytes=self._store.size_bytes(),
            )
        raise SearchUnavailable(IN_REPAIR)

    def _make_ready(self) -> None:
        """Read what is new now, so that the next person to search need not wait for it."""
        # It has been written; whether it can be read is for those who ask to be told.
        with suppress(SearchUnavailable):
            self._open()

    @property
    def _language(self) -> Language:
        """What the taxonomy tells about words, and what tags are called now."""
        return self._names.language()

    def _shelf(self, marks: frozenset[str]) -> Shelf:
        return self._open().shelves.for_marks(marks)

    def _open(self) -> _Opened:
        """Return the index as it stands, opened anew where something was written."""
        opened = self._opened
        if opened and opened.commit.is_current():
            return opened
        with self._lock:
            for attempt in range(ATTEMPTS):
                try:
                    return self._opened_anew()
                except FileNotFoundError:
                    # A commit or a swap took the files away; the next opening sees the new ones.
                    time.sleep(PAUSE_S * attempt)
        raise SearchUnavailable(IN_REPAIR)

    def _opened_anew(self) -> _Opened:
        opened = self._opened
        if opened and opened.commit.is_current():
            return opened  # another thread was quicker
        commit = self._store.open()
        segments = [one for one in commit.segments if one.doc_count_all()]
        held = {one.segment_id(): self._segment(commit, one) for one in segments}
        snapshot = Snapshot([(held[one.segment_id()], _live(one)) for one in segments])
        self._segments = held
        self._opened = _Opened(
            commit,
            Shelves(snapshot),
            _no_answers(),
        )
        return self._opened

    def _segment(self, commit: Commit, segment: Any) -> Segment:
        """Return a segment: kept, from its arrays, or else as Whoosh itself reads it."""
        kept = self._segments.get(segment.segment_id())
        path = arrays_path(commit.folder, segment)
        if kept is not None and (self._is_plain or not isinstance(kept, PlainSegment)):
            return kept
        if not self._is_plain:
            try:
                return open_drawn(path)
            except FileNotFoundError:
                log.warning("the arrays of a segment are missing; it is read plainly till mended")
            except Torn:
                log.warning("the arrays of a segment are torn; it is read plainly till mended")
                path.unlink(missing_ok=True)
        with unreadable_told():
            storage = FileStorage(commit.folder, supports_mmap=False)
            return kept or PlainSegment(SegmentReader(storage, make_schema(), segment))


def _no_answers() -> CappedCache[SearchPage]:
    return CappedCache(MOST_ANSWER_BYTES, lambda page: HIT_BYTES * (len(page.hits) + 2))


def _live(segment: Any) -> Bools | None:
    if not segment.deleted_count():
        return None
    held = np.ones(segment.doc_count_all(), np.bool_)
    held[list(segment.deleted_docs())] = False
    return held


def _key(query: SearchQuery) -> tuple[Any, ...]:
    """Return what tells one query from another, what the reader may see included."""
    values = {field.name: getattr(query, field.name) for field in fields(query)}
    chosen = tuple(sorted(values.pop("facets").items()))
    return chosen, *values.values()
