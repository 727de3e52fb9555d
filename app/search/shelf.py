"""The part of an index that one reader may see, as ranking and spelling read it.

Whatever is asked of a Shelf is answered from documents that the reader may see
and from no others: counts, word statistics and spellings too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from app.search.analysis import form_of
from app.search.catalogue import Bits, Catalogue, Holding, Order, Snapshot
from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument

MOST_PREFIXED = 200  # words that one prefix may stand for


class Segment(Protocol):
    """A part of an index that never changes; its documents count from 0."""

    def frequencies(self, field: str, form: str) -> Mapping[int, float]:
        """Return how often each document has a form in a field; deleted ones may be there."""
        ...

    def positions(
        self, field: str, form: str, among: Sequence[int]
    ) -> Mapping[int, Collection[int]]:
        """Return the places of a form in a field, for these documents that have it (ascending)."""
        ...

    def documents_with(self, word: str) -> Iterable[int]:
        """Return the documents that have a word, whole and folded, anywhere."""
        ...

    def words_from(self, prefix: str) -> Iterator[str]:
        """Yield the folded words that begin so, in order."""
        ...

    def words_of_length(self, length: int) -> Sequence[str]:
        """Return the folded words of so many letters."""
        ...

    def document(self, number: int) -> SearchDocument:
        """Return a document as it was written."""
        ...


class Shelf:
    """What one reader may see of an index, as it stood after one commit."""

    def __init__(
        self, snapshot: Snapshot, segments: Sequence[Segment], marks: frozenset[str]
    ) -> None:
        self.snapshot = snapshot
        self.holding: Holding = snapshot.holding(marks)
        self._segments = tuple(zip(segments, (p.first for p in snapshot.placed), strict=True))
        self._frequencies: dict[tuple[str, str], dict[int, float]] = {}

    @property
    def documents(self) -> Bits:
        """All the documents there are for this reader."""
        return self.holding.documents

    @property
    def count(self) -> int:
        """How many documents there are for this reader."""
        return self.holding.count

    def catalogues(self) -> Iterator[tuple[Catalogue, int]]:
        """Yield each segment's catalogue and the number of its first document."""
        for placed in self.snapshot.placed:
            yield placed.catalogue, placed.first

    def sees(self, document: int) -> bool:
        """Whether this reader may see a document."""
        return bool(self.holding.is_seen[document])

    def frequencies(self, field: str, form: str) -> Mapping[int, float]:
        """Return how often each document has a form in a field."""
        kept = self._frequencies.get((field, form))
        if kept is None:
            is_seen = self.holding.is_seen
            kept = self._frequencies[field, form] = {
                first + number: frequency
                for segment, first in self._segments
                for number, frequency in segment.frequencies(field, form).items()
                if is_seen[first + number]
            }
        return kept

    def positions(
        self, field: str, form: str, among: Sequence[int]
    ) -> Mapping[int, Collection[int]]:
        """Return the places of a form in a field, for these documents that have it (ascending)."""
        by_segment: dict[int, list[int]] = {}
        for document in among:
            at, number = self.snapshot.place(document)
            by_segment.setdefault(at, []).append(number)
        return {
            self._segments[at][1] + number: places
            for at, numbers in by_segment.items()
            for number, places in self._segments[at][0].positions(field, form, numbers).items()
        }

    def lengths(self, field: str) -> Sequence[int]:
        """Return the length of a field in words, by document number."""
        return self.snapshot.lengths[field]

    def average_length(self, field: str) -> float:
        """Return the mean length of a field in words."""
        return self.holding.average_lengths[field]

    def word_count(self, word: str) -> int:
        """Return how many documents have a word, whole and folded, anywhere."""
        is_seen = self.holding.is_seen
        return sum(
            is_seen[first + number]
            for segment, first in self._segments
            for number in segment.documents_with(word)
        )

    def stands(self, form: str) -> bool:
        """Whether a document has a form, in any field."""
        return any(self.frequencies(field.name, form) for field in TEXT_FIELDS)

    def side_by_side(self, left: str, right: str) -> int:
        """Return how many documents have two forms side by side, in title or body."""
        together: set[int] = set()
        for field in ("title", "body"):
            first, second = self.frequencies(field, left), self.frequencies(field, right)
            both = sorted(first.keys() & second.keys())
            here = self.positions(field, left, both)
            there = self.positions(field, right, both)
            together |= {d for d in both if any(p + 1 in set(there[d]) for p in here[d])}
        return len(together)

    def forms_from(self, prefix: str) -> tuple[str, ...]:
        """Return the forms of the words that begin so, at most MOST_PREFIXED words' worth."""
        found: set[str] = set()
        for segment, _ in self._segments:
            for count, word in enumerate(segment.words_from(prefix)):
                if count == MOST_PREFIXED:
                    break
                found.add(form_of(word))
        return tuple(sorted(found))

    def words_of_length(self, length: int) -> set[str]:
        """Return the folded words of so many letters.

        Some may stand only in documents that this reader may not see: ask
        `word_count` before telling one.
        """
        return {word for segment, _ in self._segments for word in segment.words_of_length(length)}

    def order(self, document: int) -> Order:
        """Return what a document is put in order by."""
        return self.snapshot.order(document)

    def document(self, document: int) -> SearchDocument:
        """Return a document as it was written."""
        at, number = self.snapshot.place(document)
        return self._segments[at][0].document(number)
