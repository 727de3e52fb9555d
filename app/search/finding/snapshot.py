"""The whole index as it stood after one commit: its segments, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.port import SearchDocument
from app.search.segments.segment import Segment, document_in
from app.search.segments.segment_arrays import I32, U32

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Placed:
    """A segment at its place in the whole index."""

    segment: Segment
    first: int  # the number of its first document in the whole index
    live: Bools | None  # which of its documents stand; None: all

    @property
    def end(self) -> int:
        """Return the number after its last document."""
        return self.first + self.segment.documents.size


class Snapshot:
    """All segments at one commit; never changed once made, and safe to share between threads."""

    def __init__(self, segments: Sequence[tuple[Segment, Bools | None]]) -> None:
        placed, first = [], 0
        for segment, live in segments:
            placed.append(Placed(segment, first, live))
            first = placed[-1].end
        self.placed = tuple(placed)
        self.size = first

    @property
    def has_deleted(self) -> bool:
        """Whether some of the documents have been deleted."""
        return any(placed.live is not None for placed in self.placed)

    def place(self, document: int) -> tuple[Segment, int]:
        """Return a document's segment and its number within it."""
        if len(self.placed) == 1:
            return self.placed[0].segment, document
        for placed in self.placed:
            if document < placed.end:
                return placed.segment, document - placed.first
        raise IndexError(document)

    def find(self, id_: str) -> int | None:
        """Return the number of the document that stands under an id; None where none does."""
        for placed in self.placed:
            number = _find(placed.segment, id_)
            if number is not None and (placed.live is None or placed.live[number]):
                return placed.first + number
        return None

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the fingerprint of each document that stands."""
        for placed in self.placed:
            documents = placed.segment.documents
            for number, told in enumerate(zip(documents.ids, documents.fingerprints, strict=True)):
                if placed.live is None or placed.live[number]:
                    yield told

    def count(self) -> int:
        """Return how many documents stand."""
        return sum(
            p.segment.documents.size if p.live is None else int(p.live.sum()) for p in self.placed
        )

    def document(self, number: int) -> SearchDocument:
        """Return a document as it was written."""
        segment, within = self.place(number)
        return document_in(segment.documents, within)

    @cached_property
    def lengths(self) -> U32:
        """The length of each slot, in words."""
        return _joined([p.segment.lengths for p in self.placed], np.uint32)

    @cached_property
    def published(self) -> I32:
        """The day each document was published; 0 where there is none."""
        return _joined([p.segment.documents.published for p in self.placed], np.int32)

    @cached_property
    def review(self) -> I32:
        """The day each document is to be reviewed by; 0 where there is none."""
        return _joined([p.segment.documents.review for p in self.placed], np.int32)

    @cached_property
    def tries(self) -> I32:
        """How many schools tried each document."""
        return _joined([p.segment.documents.tries for p in self.placed], np.int32)


def _find(segment: Segment, id_: str) -> int | None:
    documents = segment.documents
    order, wanted = documents.ids_order, id_.encode("utf-8", "replace")
    low, high = 0, len(order)
    while low < high:
        middle = (low + high) // 2
        if documents.ids.raw(int(order[middle])) < wanted:
            low = middle + 1
        else:
            high = middle
    if low < len(order) and documents.ids.raw(int(order[low])) == wanted:
        return int(order[low])
    return None


def _joined(parts: list[npt.NDArray[Any]], kind: Any) -> npt.NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, kind)
