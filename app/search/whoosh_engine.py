"""The search port on Whoosh: an index in a folder, read anew for every request."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from whoosh.reading import IndexReader

from app.domain.errors import SearchUnavailable
from app.domain.taxonomy import Taxonomy
from app.search.answering import Language, answer, rank_unlimited
from app.search.catalogue import Placed, Snapshot
from app.search.likeness import similar
from app.search.port import (
    Hit,
    IndexStatus,
    SearchDocument,
    SearchPage,
    SearchQuery,
    Suggestion,
)
from app.search.shelf import Shelf
from app.search.suggestions import suggest
from app.search.whoosh_segment import Kept, WhooshSegment, live_documents
from app.search.whoosh_store import IN_REPAIR, WhooshStore

ATTEMPTS = 6
PAUSE_S = 0.02  # before the second attempt; longer before each further one

Answer = TypeVar("Answer")


class WhooshEngine:
    """The default engine, good to tens of thousands of resources; safe for threads."""

    def __init__(self, folder: Path, taxonomy: Taxonomy) -> None:
        self._store = WhooshStore(folder)
        self._language = Language(taxonomy)
        self._kept: dict[str, Kept] = {}  # by segment
        self._snapshot: tuple[tuple[tuple[str, ...], int | None], Snapshot] | None = None
        self._lock = Lock()

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a query.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return self._ask(query.marks, lambda shelf: answer(query, shelf, self._language))

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Return lines to offer for a half-typed text, best first.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return self._ask(marks, lambda shelf: suggest(prefix, shelf, limit))

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        """Return the resources most like this one, best first; none for an unknown id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return self._ask(marks, lambda shelf: similar(resource_id, shelf, limit))

    def rank_unlimited(
        self, text: str, marks: frozenset[str], limit: int
    ) -> list[tuple[str, float]]:
        """Rank for a text of any length as `search` would, without a person's limits and marks.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return self._ask(marks, lambda shelf: rank_unlimited(text, shelf, self._language, limit))

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add or replace documents and drop the removed ids, all or nothing.

        Raises:
            SearchUnavailable: the index is missing or cannot be written now.
        """
        self._store.write(documents, removed)
        self._make_ready()

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Draw a new index beside the old, swap them, return its document count.

        Raises:
            SearchUnavailable: someone else writes, or the disk has too little room.
        """
        count = self._store.rebuild(documents)
        self._make_ready()
        return count

    def fingerprints(self) -> Mapping[str, str]:
        """Return the fingerprint of every document by its id.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        snapshot = self._ask(frozenset(), lambda shelf: shelf.snapshot)
        return {c.orders[n].id: c.fingerprints[n] for c, n, _ in snapshot.live()}

    def is_present(self) -> bool:
        """Say whether there is an index that can be read."""
        try:
            self._ask(frozenset(), lambda shelf: shelf.count)
        except SearchUnavailable:
            return False
        return True

    def status(self) -> IndexStatus:
        """Tell how the index stands.

        Raises:
            SearchUnavailable: there is no readable index now.
        """
        return self._ask(
            frozenset(),
            lambda shelf: IndexStatus(
                documents=len(shelf.snapshot.numbers),
                updated_at=self._store.updated_at(),
                size_bytes=self._store.size_bytes(),
            ),
        )

    def _make_ready(self) -> None:
        """Read what is new now, so that the next person to search need not wait for it."""
        # It has been written; whether it can be read is for those who ask to be told.
        with suppress(SearchUnavailable):
            self._ask(frozenset(), lambda shelf: shelf.count)

    def _ask(self, marks: frozenset[str], question: Callable[[Shelf], Answer]) -> Answer:
        """Put a question to a freshly opened index, again if files went while it was read."""
        for attempt in range(ATTEMPTS):
            try:
                with self._store.reading() as reader:
                    return question(self._shelf(reader, marks))
            except FileNotFoundError:
                # A commit or a swap took the files away; the next opening sees the new ones.
                time.sleep(PAUSE_S * attempt)
        raise SearchUnavailable(IN_REPAIR)

    def _shelf(self, reader: IndexReader, marks: frozenset[str]) -> Shelf:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        with self._lock:
            kept = self._keep(leaves)
            snapshot = self._snapshot_of(reader, leaves, kept)
        segments = [WhooshSegment(leaf, k) for leaf, k in zip(leaves, kept, strict=True)]
        return Shelf(snapshot, segments, marks)

    def _keep(self, leaves: list[IndexReader]) -> list[Kept]:
        """Return what is kept of each segment; what is kept of others is let go."""
        names = [leaf.segment().segment_id() for leaf in leaves]
        self._kept = {
            name: self._kept.get(name) or Kept(leaf)
            for name, leaf in zip(names, leaves, strict=True)
        }
        return list(self._kept.values())

    def _snapshot_of(
        self, reader: IndexReader, leaves: list[IndexReader], kept: list[Kept]
    ) -> Snapshot:
        commit = (tuple(self._kept), reader.generation())
        if self._snapshot is None or self._snapshot[0] != commit:
            placed, first = [], 0
            for leaf, held in zip(leaves, kept, strict=True):
                placed.append(Placed(held.catalogue, first, live_documents(leaf)))
                first += held.catalogue.size
            self._snapshot = (commit, Snapshot(placed))
        return self._snapshot[1]
