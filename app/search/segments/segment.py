"""A segment: a part of an index that never changes, as a shelf reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.search.port import SearchDocument
from app.search.segments.cards import document_on
from app.search.segments.segment_arrays import U32, DocumentArrays, SegmentArrays

NOTHING = np.zeros(0, np.uint32)


@dataclass(frozen=True)
class Postings:
    """Where one form stands: slots, ascending, and how often in each."""

    slots: npt.NDArray[Any]
    counts: npt.NDArray[Any]


class Segment(Protocol):
    """What every way of reading a segment answers; deleted documents may be among the answers."""

    documents: DocumentArrays
    lengths: U32  # of each slot, in words

    def postings(self, form: str) -> Postings | None:
        """Return where a form stands; None where nowhere."""
        ...

    def places(self, form: str) -> U32:
        """Return every address where a form stands, ascending."""
        ...

    def count(self, form: str, columns: Sequence[int]) -> int:
        """Return how many documents of some marks have a form; the columns are of mark_names."""
        ...


class DrawnSegment:
    """A segment read from its arrays."""

    def __init__(self, arrays: SegmentArrays) -> None:
        self.documents = arrays.documents
        self.lengths = arrays.postings.lengths
        self._held = arrays.postings

    def postings(self, form: str) -> Postings | None:
        """Return where a form stands; None where nowhere."""
        row = self._held.forms.find(form)
        if row < 0:
            return None
        held = self._held
        first, last = int(held.slots_at[row]), int(held.slots_at[row + 1])
        return Postings(held.slots[first:last], held.counts[first:last])

    def places(self, form: str) -> U32:
        """Return every address where a form stands, ascending."""
        row = self._held.forms.find(form)
        if row < 0:
            return NOTHING
        held = self._held
        return held.places[int(held.places_at[row]) : int(held.places_at[row + 1])]

    def count(self, form: str, columns: Sequence[int]) -> int:
        """Return how many documents of some marks have a form; the columns are of mark_names."""
        row = self._held.forms.find(form)
        return int(self._held.form_counts[row, list(columns)].sum()) if row >= 0 else 0


def document_in(documents: DocumentArrays, number: int) -> SearchDocument:
    """Return a document as it was written."""
    return document_on(documents.cards[number], documents.bodies[number])
