"""What is kept in memory of an index: who may see each document, its facets, its order.

A Catalogue belongs to one segment, which never changes once written (but for
deletions). A Holding is the part of all segments that one reader may see. Sets
of documents are whole numbers used as bits: bit 5 is document 5.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from app.domain.taxonomy import fold
from app.search.analysis import words
from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument

Bits = int
_NO_DATE = 0  # before every day there is


def bits_of(documents: Iterable[int], size: int) -> Bits:
    """Return a set of document numbers below `size` as bits."""
    held = bytearray(size // 8 + 1)
    for document in documents:
        held[document >> 3] |= 1 << (document & 7)
    return int.from_bytes(held, "little")


def documents_of(bits: Bits) -> Iterator[int]:
    """Yield the document numbers of a set, lowest first."""
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)


@dataclass(frozen=True)
class Order:
    """What a document is put in order by."""

    published: int  # days; 0 where there is no date
    review: int
    title: str  # folded
    id: str


class Catalogue:
    """What is kept in memory of one segment; never changed once made."""

    def __init__(
        self, documents: Iterable[SearchDocument], lengths: Mapping[str, Sequence[int]]
    ) -> None:
        marks: dict[str, list[int]] = defaultdict(list)
        facets: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.orders: list[Order] = []
        self.fingerprints: list[str] = []
        self.offers: list[Offer] = []
        self.lengths = lengths  # by field, in words
        for number, document in enumerate(documents):
            marks[document.mark].append(number)
            for facet, codes in document.facets.items():
                for code in codes:
                    facets[facet, code].append(number)
            self.orders.append(_order(document))
            self.fingerprints.append(document.fingerprint)
            self.offers += _offers(document, number)
        self.size = len(self.orders)
        self.marks = {mark: bits_of(found, self.size) for mark, found in marks.items()}
        self.facets = {key: bits_of(found, self.size) for key, found in facets.items()}

    @cached_property
    def offer_keys(self) -> list[tuple[str, int]]:
        """The folded text of every offer from each of its words on, sorted, with its number."""
        keys = (
            (fold(offer.text[word.start :]), number)
            for number, offer in enumerate(self.offers)
            for word in words(offer.text)
        )
        return sorted(keys)


@dataclass(frozen=True)
class Offer:
    """A text that may be suggested, and the document that carries it."""

    text: str
    kind: str  # title, tag, term or school
    document: int
    slug: str | None = None


def _order(document: SearchDocument) -> Order:
    published, review = document.published_on, document.review_by
    return Order(
        published=published.toordinal() if published else _NO_DATE,
        review=review.toordinal() if review else _NO_DATE,
        title=fold(document.title),
        id=document.id,
    )


def _offers(document: SearchDocument, number: int) -> Iterator[Offer]:
    yield Offer(document.title, "title", number, document.slug)
    yield from (Offer(tag, "tag", number) for tag in document.tags)
    yield from (Offer(label, "term", number) for label in document.labels)
    if document.school:
        yield Offer(document.school, "school", number)


@dataclass(frozen=True)
class Placed:
    """A segment's catalogue at its place in the whole index."""

    catalogue: Catalogue
    first: int  # the number of its first document in the whole index
    live: Bits  # counted from its own first: what has not been deleted


@dataclass(frozen=True)
class Holding:
    """The documents that one reader may see."""

    documents: Bits
    is_seen: bytes  # 1 at the number of each such document
    count: int
    average_lengths: Mapping[str, float]  # by field, in words


class Snapshot:
    """The whole index as it stood after one commit."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self.placed = tuple(placed)
        self.size = sum(p.catalogue.size for p in placed)
        self._firsts = [p.first for p in placed]
        self._holdings: dict[frozenset[str], Holding] = {}

    def place(self, document: int) -> tuple[int, int]:
        """Return a document's segment and its number within it."""
        at = bisect_right(self._firsts, document) - 1
        return at, document - self._firsts[at]

    def order(self, document: int) -> Order:
        """Return what a document is put in order by."""
        at, within = self.place(document)
        return self.placed[at].catalogue.orders[within]

    def live(self) -> Iterator[tuple[Catalogue, int, int]]:
        """Yield each document that stands: its catalogue, its number there, its number."""
        for placed in self.placed:
            for number in documents_of(placed.live):
                yield placed.catalogue, number, placed.first + number

    def holding(self, marks: frozenset[str]) -> Holding:
        """Return the documents that carry one of these marks and have not been deleted."""
        held = self._holdings.get(marks)
        if held is None:
            held = self._holdings[marks] = self._gather(marks)
        return held

    def _gather(self, marks: frozenset[str]) -> Holding:
        documents = 0
        for placed in self.placed:
            for mark in marks:
                marked = placed.catalogue.marks.get(mark, 0)
                documents |= (marked & placed.live) << placed.first
        is_seen = bytearray(self.size)
        for number in documents_of(documents):
            is_seen[number] = 1
        count = documents.bit_count()
        averages = {
            field.name: sum(compress(self.lengths[field.name], is_seen)) / count if count else 0.0
            for field in TEXT_FIELDS
        }
        return Holding(documents, bytes(is_seen), count, averages)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each document that stands, by its id."""
        return {c.orders[within].id: number for c, within, number in self.live()}

    @cached_property
    def lengths(self) -> Mapping[str, Sequence[int]]:
        """The length of each document, by field, in words."""
        joined = {field.name: array("I") for field in TEXT_FIELDS}
        for placed in self.placed:
            for name, lengths in placed.catalogue.lengths.items():
                joined[name].extend(lengths)
        return joined

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, Bits]]:
        """The documents of each code of each facet."""
        gathered: dict[str, dict[str, Bits]] = defaultdict(lambda: defaultdict(int))
        for placed in self.placed:
            for (facet, code), found in placed.catalogue.facets.items():
                gathered[facet][code] |= found << placed.first
        return {facet: dict(codes) for facet, codes in gathered.items()}
