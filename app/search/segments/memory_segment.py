"""Documents as one segment in memory, drawn without Whoosh."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument
from app.search.segments.document_drawing import draw_documents
from app.search.segments.posting_drawing import FieldPostings, draw_postings, plan_postings
from app.search.segments.segment import DrawnSegment
from app.search.segments.segment_arrays import flattened, gathered
from app.search.segments.stored_documents import read_fields, stored_of


def segment_of(documents: Sequence[SearchDocument]) -> DrawnSegment:
    """Return these documents as a segment."""
    source = _Analysed(documents)
    drawn = draw_documents(source.stored)
    plan = plan_postings(source, drawn)
    arrays = {name: np.zeros(shape, kind) for name, (kind, shape) in plan.shapes().items()}
    draw_postings(plan, source, drawn, arrays)
    return DrawnSegment(gathered({**flattened(drawn), **arrays}))


class _Analysed:
    """The places of every form, field by field."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.size = len(documents)
        self.stored = []
        self._places: dict[str, dict[bytes, dict[int, list[int]]]] = {
            field.name: defaultdict(dict) for field in TEXT_FIELDS
        }
        self._lengths = {field.name: np.zeros(self.size, np.uint32) for field in TEXT_FIELDS}
        for number, document in enumerate(documents):
            read = read_fields(document)
            self.stored.append(stored_of(document, read))
            for name, found in read.items():
                for form, places in found.places.items():
                    self._places[name][form.encode()][number] = places
                    self._lengths[name][number] += len(places)

    def terms(self, field: str) -> Iterator[tuple[bytes, int, int]]:
        """Yield each form of a field, in order: its documents, and its places in all of them."""
        for form, found in sorted(self._places[field].items()):
            yield form, len(found), sum(map(len, found.values()))

    def postings(self, field: str, form: bytes) -> FieldPostings:
        """Return the postings of one of the forms."""
        found = self._places[field][form]
        places: Iterable[int] = (place for held in found.values() for place in held)
        return FieldPostings(
            np.array(list(found), np.int64),
            np.array([len(held) for held in found.values()], np.int64),
            np.array(list(places), np.int64),
        )

    def lengths(self, field: str) -> npt.NDArray[Any]:
        """Return the length of a field in each document, in words."""
        return self._lengths[field]
