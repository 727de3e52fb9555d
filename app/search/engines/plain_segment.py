"""A Whoosh segment read by Whoosh's own documented means: slow, and the truth.

What the arrays of a segment say is held against this; and where a segment's file
of arrays is missing or torn, searches are answered from here until it is mended.
"""

import weakref
from collections.abc import Sequence
from threading import Lock

import numpy as np
from whoosh.reading import IndexReader

from app.search.engines.whoosh_schema import document_of
from app.search.fields import TEXT_FIELDS
from app.search.segments.document_drawing import draw_documents
from app.search.segments.segment import NOTHING, Postings
from app.search.segments.segment_arrays import FIELD_NUMBERS, SLOTS, U32


class PlainSegment:
    """Reads one segment through a reader that stays open; one question at a time."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        weakref.finalize(self, reader.close)
        self._lock = Lock()
        numbers = range(reader.doc_count_all())
        self.documents = draw_documents(document_of(reader.stored_fields(n)) for n in numbers)
        self.lengths = np.zeros(len(numbers) * SLOTS, np.uint32)
        for name, number in FIELD_NUMBERS.items():
            self.lengths[number::SLOTS] = [reader.doc_field_length(n, name) or 0 for n in numbers]

    def postings(self, form: str) -> Postings | None:
        """Return where a form stands; None where nowhere."""
        places = self._places(form)
        if not places:
            return None
        slots = np.array(sorted(places), np.uint32)
        return Postings(slots, np.array([len(places[s]) for s in slots.tolist()], np.uint16))

    def places(self, form: str) -> U32:
        """Return every address where a form stands, ascending."""
        found = self._places(form)
        bases = self.documents.bases
        held = [np.array(found[slot], np.uint64) + bases[slot] for slot in sorted(found)]
        return np.concatenate(held).astype(np.uint32) if held else NOTHING

    def count(self, form: str, columns: Sequence[int]) -> int:
        """Return how many documents of some marks have a form; the columns are of mark_names."""
        having = {slot // SLOTS for slot in self._places(form)}
        return sum(int(self.documents.marks[number]) in columns for number in having)

    def _places(self, form: str) -> dict[int, list[int]]:
        """Return the places of a form by slot, as Whoosh tells them."""
        found: dict[int, list[int]] = {}
        with self._lock:
            for field in TEXT_FIELDS:
                if (field.name, form) not in self._reader:
                    continue
                matcher = self._reader.postings(field.name, form)
                while matcher.is_active():
                    slot = matcher.id() * SLOTS + FIELD_NUMBERS[field.name]
                    found[slot] = matcher.value_as("positions")
                    matcher.next()
        return found
