"""The part of an index that one reader may see, after one commit.

Whatever is asked of a Shelf is answered from documents that the reader may see
and from no others: counts, word statistics, filings and spellings too. A Shelf
is shared by all who may see the same, so it also keeps what was worked out.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.analysis import SMALL_WORDS, Phrase, form_of
from app.search.fields import TEXT_FIELDS
from app.search.finding.capped_cache import CappedCache
from app.search.finding.phrases import occurrences_of
from app.search.finding.snapshot import Bools, Snapshot
from app.search.finding.vocabulary import Vocabulary
from app.search.port import SearchDocument
from app.search.segments.segment import Postings
from app.search.segments.segment_arrays import FIELD_NUMBERS, SLOT_SHIFT, SLOTS

K1 = 2.0  # how soon more of the same word stops counting
B = 0.75  # how far long texts are held back
WEIGHTS = {field.name: field.weight for field in TEXT_FIELDS}

MOST_SHELVES = 6  # kept ready, for as many kinds of reader
MOST_FOUND_BYTES = 160 * 2**20  # of finds kept, on all shelves together
MOST_MASK_BYTES = 16 * 2**20

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Fields = tuple[str, ...]


@dataclass(frozen=True)
class Find:
    """The documents that have a word, a phrase or a beginning in some fields."""

    documents: Numbers  # ascending; only those that the reader may see
    gains: Scores  # of each: (k1 + 1) w / (w + k1), where w adds up its weighed fields
    stands_in: tuple[npt.NDArray[Any], ...]  # slots, in hidden documents too; each part ascending

    @cached_property
    def slots(self) -> npt.NDArray[Any]:
        """Every slot it stands in, ascending; a word's beginning may have some twice."""
        if len(self.stands_in) == 1:
            return self.stands_in[0]
        return np.sort(np.concatenate(self.stands_in))

    @property
    def size(self) -> int:
        """What it weighs in memory, in bytes."""
        # Slots are mostly a view into the mapped file.
        owned = sum(slots.nbytes for slots in self.stands_in if slots.base is None)
        return self.documents.nbytes + self.gains.nbytes + owned + 200


class Shelf:
    """What one kind of reader may see of a snapshot."""

    def __init__(
        self, snapshot: Snapshot, marks: frozenset[str], kept: "Kept | None" = None
    ) -> None:
        self.snapshot = snapshot
        self._marks, self._kept = marks, kept or Kept()
        self.is_seen = _seen(snapshot, marks)
        self.count = int(self.is_seen.sum())
        self._sees_all = self.count == snapshot.size
        self.vocabulary = Vocabulary(snapshot, marks)

    @property
    def size(self) -> int:
        """How many numbers there are for documents, those of hidden and deleted ones too."""
        return self.snapshot.size

    # Words

    def word(self, form: str, fields: Fields) -> Find:
        """Find a form."""
        return self._kept.finds.get(
            (self._marks, form, fields), lambda: self._found(self._postings(form), fields)
        )

    def phrase(self, phrase: Phrase, fields: Fields) -> Find:
        """Find forms at their places from each other."""
        return self._kept.finds.get(
            (self._marks, phrase, fields), lambda: self._found(self._run(phrase), fields)
        )

    def beginning(self, prefix: str, fields: Fields) -> Find:
        """Find every word that begins so; see Vocabulary.forms_from."""
        return self._kept.finds.get(
            (self._marks, prefix, fields, "*"), lambda: self._any_of(prefix, fields)
        )

    def stands(self, form: str) -> bool:
        """Whether a document has a form, in any field."""
        return len(self.word(form, tuple(FIELD_NUMBERS)).documents) > 0

    def side_by_side(self, left: str, right: str) -> int:
        """Return how many documents have two forms side by side, in title or body."""
        return len(self.phrase(((left, 0), (right, 1)), ("title", "body")).documents)

    def word_count(self, word: str) -> int:
        """Return how many documents have a word, whole and folded, anywhere."""
        counted = self.vocabulary.count(word)
        if counted and self.snapshot.has_deleted and word not in SMALL_WORDS:
            # Deleted documents are counted still: a word that only they have is not to be told.
            return counted if self.stands(form_of(word)) else 0
        return counted

    def near_words(self, typed: str, edits: int) -> dict[str, int]:
        """Return words a few edits away; ask `word_count` before telling one."""
        return self.vocabulary.near(typed, edits)

    def forms_from(self, prefix: str) -> tuple[str, ...]:
        """Return the forms of the words that begin so."""
        return self.vocabulary.forms_from(prefix)

    # Filings

    def filed(self, facet: str, code: str) -> Bools:
        """Return which documents that the reader may see are filed under a term."""
        return self._kept.masks.get(
            (self._marks, facet, code), lambda: self._filed(f"{facet}={code}")
        )

    def filed_under_any(self, facet: str, codes: Iterable[str]) -> Bools:
        """Return which documents are filed under any of these terms of a facet."""
        held = np.zeros(self.size, np.bool_)
        for code in codes:
            held |= self.filed(facet, code)
        return held

    def counts(self, among: Bools) -> dict[str, dict[str, int]]:
        """Count, among these documents, those of each code of each facet; 0 is left out."""
        totals: dict[str, dict[str, int]] = {}
        for placed in self.snapshot.placed:
            documents = placed.segment.documents
            here = _packed(among[placed.first : placed.end])
            counted = np.bitwise_count(documents.filed & here).sum(axis=1, dtype=np.int64).tolist()
            for name, number in zip(self._filed_names[placed.first], counted, strict=True):
                if number:
                    codes = totals.setdefault(name[0], {})
                    codes[name[1]] = codes.get(name[1], 0) + number
        return totals

    # Documents

    def sees(self, document: int) -> bool:
        """Whether this reader may see a document."""
        return bool(self.is_seen[document])

    def document(self, number: int) -> SearchDocument:
        """Return a document as it was written."""
        return self.snapshot.document(number)

    @cached_property
    def norms(self) -> Scores:
        """What one find in each slot weighs: by its field and by the field's length."""
        lengths = self.snapshot.lengths.reshape(-1, SLOTS)
        norms = np.zeros((self.size, SLOTS))
        for name, number in FIELD_NUMBERS.items():
            held = lengths[:, number].astype(np.float64)
            average = held[self.is_seen].sum() / self.count if self.count else 0.0
            norms[:, number] = WEIGHTS[name] / (1 - B + (B / (average or 1.0)) * held)
        return norms.ravel()

    # Reading

    def _postings(self, form: str) -> Postings | None:
        found = [
            (postings, placed.first)
            for placed in self.snapshot.placed
            if (postings := placed.segment.postings(form)) is not None
        ]
        if not found:
            return None
        if len(found) == 1 and found[0][1] == 0:
            return found[0][0]
        slots = [p.slots.astype(np.int64) + first * SLOTS for p, first in found]
        return Postings(np.concatenate(slots), np.concatenate([p.counts for p, _ in found]))

    def _run(self, phrase: Phrase) -> Postings | None:
        slots, counts = [], []
        for placed in self.snapshot.placed:
            found = occurrences_of(phrase, placed.segment)
            if found is not None:
                slots.append(found.slots + placed.first * SLOTS)
                counts.append(found.counts)
        return Postings(np.concatenate(slots), np.concatenate(counts)) if slots else None

    def _any_of(self, prefix: str, fields: Fields) -> Find:
        """Find every word that begins so, as if they were one."""
        found = [self._postings(form) for form in self.forms_from(prefix)]
        held = [narrowed for p in found if p is not None and (narrowed := _within(p, fields))]
        weights = np.zeros(self.size)
        for postings in held:
            weighed = postings.counts * self.norms.take(postings.slots)
            np.add.at(weights, _documents(postings.slots), weighed)
        documents = np.flatnonzero((weights > 0) & self.is_seen)
        slots = tuple(postings.slots for postings in held)
        return Find(documents, _gains(weights.take(documents)), slots) if held else NOWHERE

    def _found(self, postings: Postings | None, fields: Fields) -> Find:
        narrowed = _within(postings, fields) if postings else None
        if narrowed is None:
            return NOWHERE
        slots = narrowed.slots
        documents, weights = _by_document(slots, narrowed.counts * self.norms.take(slots))
        if not self._sees_all:
            # Numbers to take: a mask to pick by would take ten times as long.
            keep = np.flatnonzero(self.is_seen.take(documents))
            if len(keep) < len(documents):
                documents, weights = documents.take(keep), weights.take(keep)
        return Find(documents, _gains(weights), (slots,))

    def _filed(self, name: str) -> Bools:
        held = np.zeros(self.size, np.bool_)
        for placed in self.snapshot.placed:
            documents = placed.segment.documents
            row = documents.filed_names.find(name)
            if row >= 0:
                bits = np.unpackbits(documents.filed[row].view(np.uint8), bitorder="little")
                held[placed.first : placed.end] = bits[: documents.size]
        held &= self.is_seen
        return held

    @cached_property
    def _filed_names(self) -> dict[int, list[tuple[str, str]]]:
        """The facet and code of each row of filings, by a segment's first number."""
        return {
            placed.first: [
                (facet, code)
                for facet, _, code in (
                    n.partition("=") for n in placed.segment.documents.filed_names
                )
            ]
            for placed in self.snapshot.placed
        }


class Kept:
    """What was worked out for any shelf of a snapshot, up to so many bytes."""

    def __init__(self) -> None:
        self.finds: CappedCache[Find] = CappedCache(MOST_FOUND_BYTES, lambda find: find.size)
        self.masks: CappedCache[Bools] = CappedCache(MOST_MASK_BYTES, lambda mask: mask.nbytes)


class Shelves:
    """The shelves of one snapshot, each made ready once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._held: OrderedDict[frozenset[str], Shelf] = OrderedDict()
        self._kept = Kept()
        self._lock = Lock()

    def for_marks(self, marks: frozenset[str]) -> Shelf:
        """Return what whoever may see these marks sees."""
        with self._lock:
            shelf = self._held.get(marks)
            if shelf is None:
                shelf = self._held[marks] = Shelf(self.snapshot, marks, self._kept)
            self._held.move_to_end(marks)
            while len(self._held) > MOST_SHELVES:
                self._held.popitem(last=False)
            return shelf


def _within(postings: Postings, fields: Fields) -> Postings | None:
    """Return the postings in some fields; None where there are none."""
    if len(fields) == len(FIELD_NUMBERS):
        return postings
    is_wanted = np.zeros(SLOTS, np.bool_)
    is_wanted[[FIELD_NUMBERS[name] for name in fields]] = True
    keep = np.flatnonzero(is_wanted.take(postings.slots & (SLOTS - 1)))
    if not len(keep):
        return None
    return Postings(postings.slots.take(keep), postings.counts.take(keep))


def _gains(weights: Scores) -> Scores:
    gains = weights + K1
    np.divide(weights, gains, out=gains)
    gains *= K1 + 1
    return gains


def _documents(slots: npt.NDArray[Any]) -> Numbers:
    return (slots >> SLOT_SHIFT).astype(np.int64)


def _by_document(slots: npt.NDArray[Any], weights: Scores) -> tuple[Numbers, Scores]:
    """Add up what each slot weighs by its document; most documents have one slot only."""
    documents = _documents(slots)
    is_next = documents[1:] != documents[:-1]
    heads = is_next.nonzero()[0]
    if len(heads) + 1 == len(documents):
        return documents, weights
    heads = np.concatenate((_FIRST, heads + 1))
    more = (~is_next).nonzero()[0] + 1
    summed = weights.take(heads)
    # The n-th further slot (from 1) stands n places behind its document's own.
    np.add.at(summed, more - np.arange(1, len(more) + 1), weights.take(more))
    return documents.take(heads), summed


NOWHERE = Find(np.zeros(0, np.int64), np.zeros(0), (np.zeros(0, np.int64),))
_FIRST = np.zeros(1, np.int64)


def _seen(snapshot: Snapshot, marks: frozenset[str]) -> Bools:
    held = np.zeros(snapshot.size, np.bool_)
    for placed in snapshot.placed:
        documents = placed.segment.documents
        allowed = np.array([name in marks for name in documents.mark_names], np.bool_)
        here = allowed[documents.marks] if documents.size else np.zeros(0, np.bool_)
        held[placed.first : placed.end] = here if placed.live is None else here & placed.live
    return held


def _packed(among: Bools) -> npt.NDArray[np.uint64]:
    """Return a set of documents as bits, in the width of the filings."""
    room = -len(among) % 64
    held = np.concatenate((among, np.zeros(room, np.bool_))) if room else among
    return np.packbits(held, bitorder="little").view(np.uint64)
