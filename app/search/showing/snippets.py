"""The words around the matches, marked, as pieces of plain text: never HTML.

body_pieces.py chooses the piece of a long text; here the window within it is cut and marked.

A word is marked by its analysed form, as the index compared it, so that what
is marked is what was found: endings, accents and other names too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.search.analysis import LIST_GAP, Phrase, Word, words
from app.search.language.synonyms import FILED_UNDER, Wording
from app.search.port import Fragment

SNIPPET_WORDS = 30
LEAD_WORDS = 4  # shown before the first match of a window
ELLIPSIS = "…"
_SPACE = re.compile(rf"[\s{LIST_GAP}]+")


@dataclass(frozen=True)
class Piece:
    """A piece of a text, cut between words."""

    text: str
    is_from_start: bool = True  # of the text
    is_to_end: bool = True


@dataclass(frozen=True)
class Marker:
    """What to mark in a text."""

    forms: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to mark."""
        return not (self.forms or self.prefixes or self.phrases)

    def spans(self, found: Sequence[Word]) -> list[tuple[int, int]]:
        """Return the runs of words to mark: the first and the one after the last, in order."""
        marked = [
            (at, at + 1)
            for at, word in enumerate(found)
            if word.form in self.forms or (self.prefixes and word.surface.startswith(self.prefixes))
        ]
        if self.phrases:
            marked += self._phrase_spans(found)
        return _joined(sorted(marked))

    def _phrase_spans(self, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
        at_place = {word.place: at for at, word in enumerate(found)}
        starts: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            starts.setdefault(phrase[0][0], []).append(phrase)
        for at, word in enumerate(found):
            for phrase in starts.get(word.form, ()):
                places = [at_place.get(word.place + offset, -1) for _, offset in phrase]
                forms = [form for form, _ in phrase]
                if -1 not in places and [found[p].form for p in places] == forms:
                    yield at, places[-1] + 1


def marker_for(used: Iterable[Wording]) -> Marker:
    """Return what marks the wordings that found something."""
    # A term's label finds by what a resource is filed under, not by its text.
    shown = [wording for wording in used if wording.fields != FILED_UNDER]
    return Marker(
        forms=frozenset(w.phrase[0][0] for w in shown if len(w.phrase) == 1),
        prefixes=tuple(w.prefix for w in shown if w.prefix),
        phrases=tuple(w.phrase for w in shown if len(w.phrase) > 1),
    )


def whole(text: str, marker: Marker) -> tuple[Fragment, ...]:
    """Return all of a text, its matches marked."""
    found = list(words(text))
    return tuple(_fragments(text, found, marker.spans(found), 0, len(text)))


def snippet(piece: Piece, marker: Marker) -> tuple[Fragment, ...]:
    """Return about SNIPPET_WORDS words of a text where its matches are densest.

    The beginning where nothing matches; nothing where there is nothing to mark.
    """
    text = piece.text
    found = [] if marker.is_idle else list(words(text))
    if not found:
        return ()
    spans = marker.spans(found)
    first = max(0, _densest(found, spans) - LEAD_WORDS)
    first = max(0, min(first, len(found) - SNIPPET_WORDS))
    last = min(len(found), first + SNIPPET_WORDS)
    start = found[first].start if first else 0
    end = found[last - 1].end if last < len(found) else len(text)
    pieces = list(_fragments(text, found, spans, start, end))
    if first or not piece.is_from_start:
        pieces.insert(0, Fragment(ELLIPSIS + " "))
    if last < len(found) or not piece.is_to_end:
        pieces.append(Fragment(" " + ELLIPSIS))
    return tuple(pieces)


def _densest(found: Sequence[Word], spans: Sequence[tuple[int, int]]) -> int:
    """Return the word that begins the span whose window holds most: different words first."""
    best, best_worth = 0, (0, 0)
    for number, (first, _) in enumerate(spans):
        inside = [s for s in spans[number:] if s[1] <= first + SNIPPET_WORDS - LEAD_WORDS]
        different = {found[at].form for a, b in inside for at in range(a, b)}
        worth = (len(different), len(inside))
        if worth > best_worth:
            best, best_worth = first, worth
    return best


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _fragments(
    text: str, found: Sequence[Word], spans: Iterable[tuple[int, int]], start: int, end: int
) -> Iterator[Fragment]:
    """Yield the text from `start` to `end`, its spans marked and its white space made single."""
    at = start
    for first, last in spans:
        here, there = found[first].start, found[last - 1].end
        if here < at or there > end:
            continue
        if here > at:
            yield Fragment(_SPACE.sub(" ", text[at:here]))
        yield Fragment(_SPACE.sub(" ", text[here:there]), is_match=True)
        at = there
    if at < end:
        yield Fragment(_SPACE.sub(" ", text[at:end]))
