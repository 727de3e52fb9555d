"""Read one Whoosh segment: postings, places, words, documents.

A segment's files never change, so what is read of one is kept and shared by
all threads; the reader that does the reading belongs to one request alone.
"""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from threading import Lock

from whoosh.reading import IndexReader

from app.search.catalogue import Bits, Catalogue, bits_of
from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument
from app.search.whoosh_schema import WORDS_FIELD, document_of
from app.search.whoosh_store import unreadable_told

MOST_KEPT_POSTINGS = 200_000  # per segment; about 100 bytes each


class Kept:
    """What has been read of one segment; safe to share between threads."""

    def __init__(self, reader: IndexReader) -> None:
        self.catalogue = _catalogue(reader)
        self._words_by_length: dict[int, list[str]] | None = None
        self._postings: OrderedDict[tuple[str, str, int], Mapping[int, float]] = OrderedDict()
        self._count = 0
        self._lock = Lock()

    def postings(self, reader: IndexReader, field: str, form: str) -> Mapping[int, float]:
        """Return how often each document has a form, read once while there is room."""
        # Whoosh leaves out what was deleted by the time of the reader's commit. A request that
        # began before the last commit must not be given what one after it has read.
        key = (field, form, reader.segment().deleted_count())
        with self._lock:
            if key in self._postings:
                self._postings.move_to_end(key)
                return self._postings[key]
        found = _read_postings(reader, field, form)
        with self._lock:
            if key not in self._postings:
                self._postings[key] = found
                self._count += len(found) + 1
            while self._count > MOST_KEPT_POSTINGS:
                _, dropped = self._postings.popitem(last=False)
                self._count -= len(dropped) + 1
        return found

    def words_of_length(self, reader: IndexReader, length: int) -> Sequence[str]:
        """Return the folded words of so many letters."""
        if self._words_by_length is None:
            gathered: dict[int, list[str]] = defaultdict(list)
            for raw in reader.lexicon(WORDS_FIELD):
                word = raw.decode()
                gathered[len(word)].append(word)
            self._words_by_length = dict(gathered)
        return self._words_by_length.get(length, ())


class WhooshSegment:
    """One segment as a Shelf reads it, for one request."""

    def __init__(self, reader: IndexReader, kept: Kept) -> None:
        self._reader = reader
        self._kept = kept

    def frequencies(self, field: str, form: str) -> Mapping[int, float]:
        """Return how often each document has a form in a field; deleted ones may be there."""
        return self._kept.postings(self._reader, field, form)

    def positions(
        self, field: str, form: str, among: Sequence[int]
    ) -> Mapping[int, Collection[int]]:
        """Return the places of a form in a field, for these documents that have it (ascending)."""
        found: dict[int, Collection[int]] = {}
        with unreadable_told():
            if (field, form) not in self._reader:
                return found
            matcher = self._reader.postings(field, form)
            for number in among:
                if not matcher.is_active():
                    break
                matcher.skip_to(number)
                if matcher.is_active() and matcher.id() == number:
                    found[number] = matcher.value_as("positions")
        return found

    def documents_with(self, word: str) -> Iterable[int]:
        """Return the documents that have a word, whole and folded, anywhere."""
        return self._kept.postings(self._reader, WORDS_FIELD, word)

    def words_from(self, prefix: str) -> Iterator[str]:
        """Yield the folded words that begin so, in order."""
        return (raw.decode() for raw in self._reader.expand_prefix(WORDS_FIELD, prefix))

    def words_of_length(self, length: int) -> Sequence[str]:
        """Return the folded words of so many letters."""
        return self._kept.words_of_length(self._reader, length)

    def document(self, number: int) -> SearchDocument:
        """Return a document as it was written."""
        with unreadable_told():
            return document_of(self._reader.stored_fields(number))


def live_documents(reader: IndexReader) -> Bits:
    """Return the documents of a segment that have not been deleted."""
    return bits_of(reader.all_doc_ids(), reader.doc_count_all())


def _catalogue(reader: IndexReader) -> Catalogue:
    numbers = range(reader.doc_count_all())
    with unreadable_told():
        documents = (document_of(reader.stored_fields(n)) for n in numbers)
        lengths = {
            field.name: array("I", (reader.doc_field_length(n, field.name) or 0 for n in numbers))
            for field in TEXT_FIELDS
        }
        return Catalogue(documents, lengths)


def _read_postings(reader: IndexReader, field: str, form: str) -> Mapping[int, float]:
    found: dict[int, float] = {}
    with unreadable_told():
        if (field, form) in reader:
            matcher = reader.postings(field, form)
            while matcher.is_active():
                found[matcher.id()] = matcher.weight()
                matcher.next()
    return found
