"""Cut the piece of a body where its matches are densest, without reading the rest of it."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from app.search.analysis import Phrase
from app.search.finding.shelf import Shelf
from app.search.segments.segment import Segment
from app.search.segments.segment_arrays import FIELD_NUMBERS, GAP, SLOTS
from app.search.segments.stored_documents import WORDS_BETWEEN_STEPS
from app.search.showing.snippets import LEAD_WORDS, SNIPPET_WORDS, Marker, Piece

_BODY = FIELD_NUMBERS["body"]
MOST_PLACES = 500  # of one form in one body that are looked at
_Place = tuple[int, object]  # counted from the body's beginning, and what stands there


class BodyPieces:
    """The pieces to show of the bodies of one page of results."""

    def __init__(self, marker: Marker, shelf: Shelf) -> None:
        self._marker, self._shelf = marker, shelf
        self._places: dict[tuple[int, str], np.ndarray] = {}

    def of(self, document: int) -> Piece:
        """Return the piece of a body that its snippet is to be cut from."""
        segment, within = self._shelf.snapshot.place(document)
        if self._marker.prefixes:
            # A beginning may stand for hundreds of words: reading the text is quicker.
            return Piece(segment.documents.bodies[within])
        slot = within * SLOTS + _BODY
        base, end = (int(at) for at in segment.documents.bases[slot : slot + 2])
        found = sorted(self._matches(segment, base, end), key=lambda place: place[0])
        return _cut(segment, within, _densest(found), max(end - base - GAP, 0))

    def _matches(self, segment: Segment, base: int, end: int) -> Iterator[_Place]:
        for form in self._marker.forms:
            for place in self._within(segment, form, base, end):
                yield place - base, form
        for phrase in self._marker.phrases:
            for place in self._phrase_within(segment, phrase, base, end):
                yield place - base, phrase

    def _within(self, segment: Segment, form: str, base: int, end: int) -> list[int]:
        key = (id(segment), form)
        if key not in self._places:
            self._places[key] = segment.places(form)
        places = self._places[key]
        first, last = np.searchsorted(places, (base, end)).tolist()
        held: list[int] = places[first : min(last, first + MOST_PLACES)].tolist()
        return held

    def _phrase_within(
        self, segment: Segment, phrase: Phrase, base: int, end: int
    ) -> Iterable[int]:
        starts = [
            {place - offset for place in self._within(segment, form, base, end)}
            for form, offset in phrase
        ]
        return set.intersection(*starts)


def _densest(found: list[_Place]) -> int:
    """Return the place that begins the window holding most: different things first."""
    best, best_worth = 0, (0, 0)
    inside: Counter[object] = Counter()
    last = 0
    for number, (place, what) in enumerate(found):
        while last < len(found) and found[last][0] < place + SNIPPET_WORDS - LEAD_WORDS:
            inside[found[last][1]] += 1
            last += 1
        worth = (len(inside), last - number)
        if worth > best_worth:
            best, best_worth = place, worth
        inside[what] -= 1
        if not inside[what]:
            del inside[what]
    return best


def _cut(segment: Segment, within: int, place: int, span: int) -> Piece:
    """Return the text from a step before a place to one after a snippet's words."""
    documents = segment.documents
    at = documents.steps_at
    steps = documents.steps[int(at[within]) : int(at[within + 1])]
    first = max(0, min(place - LEAD_WORDS, span - SNIPPET_WORDS)) // WORDS_BETWEEN_STEPS
    last = first + -(-(SNIPPET_WORDS + WORDS_BETWEEN_STEPS) // WORDS_BETWEEN_STEPS)
    is_to_end = last >= len(steps)
    size = int(documents.bodies.at[within + 1] - documents.bodies.at[within])
    start = int(steps[first]) if first else 0
    end = size if is_to_end else int(steps[last])
    text = documents.bodies.slice(within, start, end)
    return Piece(text, is_from_start=not first, is_to_end=is_to_end)
