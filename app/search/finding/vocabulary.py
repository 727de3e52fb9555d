"""The words of an index, whole and folded, as one reader may know them; for spelling too."""

from collections.abc import Iterator

import numpy as np

from app.search.analysis import form_of
from app.search.finding.snapshot import Snapshot
from app.search.segments.segment import Segment

MOST_PREFIXED = 200  # words that one beginning may stand for
LAST_LETTER = "\U0010ffff"  # no word goes on with what is after it


class Vocabulary:
    """The words of the documents that carry one of these marks."""

    def __init__(self, snapshot: Snapshot, marks: frozenset[str]) -> None:
        self._segments = [placed.segment for placed in snapshot.placed]
        self._columns = [
            [at for at, name in enumerate(s.documents.mark_names) if name in marks]
            for s in self._segments
        ]

    def count(self, word: str) -> int:
        """Return how many documents have a word; deleted ones may be counted still."""
        total = 0
        for segment, columns in zip(self._segments, self._columns, strict=True):
            number = segment.documents.words.find(word)
            if number >= 0:
                total += int(segment.documents.word_counts[number, columns].sum())
        return total

    def count_form(self, form: str) -> int:
        """Return how many documents have a form; deleted ones may be counted still."""
        segments = zip(self._segments, self._columns, strict=True)
        return sum(segment.count(form, columns) for segment, columns in segments)

    def forms_from(self, prefix: str) -> tuple[str, ...]:
        """Return the forms of the words that begin so, at most MOST_PREFIXED words of a segment."""
        found: set[str] = set()
        for segment, columns in zip(self._segments, self._columns, strict=True):
            found |= {form_of(word) for word in _from(segment, columns, prefix)}
        return tuple(sorted(found))

    def near(self, typed: str, edits: int) -> dict[str, int]:
        """Return words at most so many edits away, with how many.

        Some may stand only in documents that this reader may not see: ask
        `count` before telling one.
        """
        return {
            word: distance
            for segment in self._segments
            for word, distance in segment.documents.near_words.within(typed, edits)
        }


def _from(segment: Segment, columns: list[int], prefix: str) -> Iterator[str]:
    """Yield the words that begin so and that documents of these marks have."""
    words = segment.documents.words
    first = words.first_not_below(prefix)
    last = words.first_not_below(prefix + LAST_LETTER)
    counts = segment.documents.word_counts[first:last, columns].sum(axis=1)
    for number in np.flatnonzero(counts)[:MOST_PREFIXED].tolist():
        yield words[first + number]
