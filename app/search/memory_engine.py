"""The search port in memory: the simple reference, and what fast tests search with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property

from app.domain.taxonomy import Taxonomy
from app.search.analysis import words
from app.search.answering import Language, answer
from app.search.catalogue import Catalogue, Placed, Snapshot
from app.search.fields import TEXT_FIELDS, texts_of
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


class MemoryEngine:
    """Holds the whole library in memory and reads all of it anew after a change."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._language = Language(taxonomy)
        self._documents: dict[str, SearchDocument] = {}
        self._updated_at: datetime | None = None
        self._segment: _MemorySegment | None = None

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer a query."""
        return answer(query, self._shelf(query.marks), self._language)

    def suggest(self, prefix: str, marks: frozenset[str], limit: int = 8) -> list[Suggestion]:
        """Return lines to offer for a half-typed text, best first."""
        return suggest(prefix, self._shelf(marks), limit)

    def similar(self, resource_id: str, marks: frozenset[str], limit: int = 4) -> list[Hit]:
        """Return the resources most like this one, best first; none for an unknown id."""
        return similar(resource_id, self._shelf(marks), limit)

    def write(self, documents: Iterable[SearchDocument], removed: Iterable[str] = ()) -> None:
        """Add or replace documents and drop the removed ids, all or nothing."""
        held = {document.id: document for document in documents}
        gone = set(removed) - held.keys()
        kept = {i: d for i, d in self._documents.items() if i not in gone}
        self._replace(kept | held)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Hold these documents and no others; return how many."""
        self._replace({document.id: document for document in documents})
        return len(self._documents)

    def fingerprints(self) -> Mapping[str, str]:
        """Return the fingerprint of every document by its id."""
        return {document.id: document.fingerprint for document in self._documents.values()}

    def is_present(self) -> bool:
        """Say that there is an index: memory is always there."""
        return True

    def status(self) -> IndexStatus:
        """Tell how the index stands; its size in memory is not told."""
        return IndexStatus(len(self._documents), self._updated_at, size_bytes=0)

    def _replace(self, documents: dict[str, SearchDocument]) -> None:
        self._documents = documents
        self._segment = None
        self._updated_at = datetime.now(UTC)

    def _shelf(self, marks: frozenset[str]) -> Shelf:
        segment = self._segment or _MemorySegment(list(self._documents.values()))
        self._segment = segment
        return Shelf(segment.snapshot, [segment], marks)


class _MemorySegment:
    """All documents as one segment: for each field, the places of each form."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self._documents = documents
        self._places: dict[tuple[str, str], dict[int, list[int]]] = {}
        self._words: dict[str, set[int]] = defaultdict(set)
        lengths: dict[str, list[int]] = {field.name: [] for field in TEXT_FIELDS}
        for number, document in enumerate(documents):
            for field, text in texts_of(document).items():
                lengths[field].append(self._take(number, field, text))
        self._catalogue = Catalogue(documents, lengths)

    def _take(self, number: int, field: str, text: str) -> int:
        length = 0
        for word in words(text):
            self._words[word.surface].add(number)
            if word.form:
                held = self._places.setdefault((field, word.form), {})
                held.setdefault(number, []).append(word.place)
                length += 1
        return length

    @cached_property
    def snapshot(self) -> Snapshot:
        live = (1 << self._catalogue.size) - 1
        return Snapshot([Placed(self._catalogue, 0, live)])

    def frequencies(self, field: str, form: str) -> Mapping[int, float]:
        held = self._places.get((field, form), {})
        return {number: float(len(places)) for number, places in held.items()}

    def positions(
        self, field: str, form: str, among: Sequence[int]
    ) -> Mapping[int, Collection[int]]:
        held = self._places.get((field, form), {})
        return {number: held[number] for number in among if number in held}

    def documents_with(self, word: str) -> Iterable[int]:
        return self._words.get(word, ())

    def words_from(self, prefix: str) -> Iterator[str]:
        return (word for word in sorted(self._words) if word.startswith(prefix))

    def words_of_length(self, length: int) -> Sequence[str]:
        return [word for word in self._words if len(word) == length]

    def document(self, number: int) -> SearchDocument:
        return self._documents[number]
