"""Lines offered while someone types: titles, tags, terms and schools, from any word on.

One slip of the keys is forgiven where what was typed leads to too little.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from app.domain.collections import KIND as COLLECTION
from app.domain.taxonomy import fold
from app.search.finding.shelf import Shelf
from app.search.finding.snapshot import Placed
from app.search.port import Suggestion
from app.search.segments.cards import document_on
from app.search.segments.segment import Segment
from app.search.segments.segment_arrays import HEAD, OFFER_KINDS

SHORTEST_TYPED = 2  # letters
SHORTEST_WITH_SLIP = 4
AT_ONCE = 64  # lines that are put in order at first
LAST = b"\xff"  # a byte that no text in UTF-8 has
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 -"
_TITLE = OFFER_KINDS.index("title")

Ranked = tuple[int, int, str, Suggestion]  # slips, then what _worth tells, then the text


def suggest(prefix: str, shelf: Shelf, limit: int) -> list[Suggestion]:
    """Return lines of which a word begins so, from what the reader may see.

    Lines that begin so come before those that have it later; then terms, tags,
    titles, schools; then the shorter. Lines with one slip come last.
    """
    typed = fold(prefix)
    if len(typed) < SHORTEST_TYPED:
        return []
    found = _lines(shelf, [typed], 0, limit)
    if len(found) < limit and len(typed) >= SHORTEST_WITH_SLIP:
        found += _lines(shelf, _with_a_slip(typed, shelf), 1, limit)
    best: dict[tuple[str, str], Suggestion] = {}
    for _, _, text, suggestion in sorted(found, key=lambda line: line[:3]):
        best.setdefault((text, suggestion.slug or ""), suggestion)
    return list(best.values())[:limit]


def _lines(shelf: Shelf, beginnings: Sequence[str], slips: int, limit: int) -> list[Ranked]:
    return [
        line
        for placed in shelf.snapshot.placed
        for typed in beginnings
        for line in _offered(placed, typed, slips, shelf, limit)
    ]


def _offered(placed: Placed, typed: str, slips: int, shelf: Shelf, limit: int) -> Iterator[Ranked]:
    """Yield the best lines of one segment: at least `limit`, and all equals of the last."""
    documents = placed.segment.documents
    first, last = _range(placed.segment, typed)
    packed = documents.offer_starts[first:last]
    offers = (packed >> np.uint64(16)).astype(np.int64)
    worth = _worth(placed.segment, offers, (packed & np.uint64(0xFFFF)) > 0)
    told: set[tuple[str, str]] = set()
    last_worth = 0
    for at in _best_first(worth):
        offer, its_worth = int(offers[at]), int(worth[at])
        if len(told) >= limit and its_worth > last_worth:
            return
        text = documents.offer_folds[offer]
        for suggestion in _shown(placed, offer, shelf, limit):
            told.add((text, suggestion.slug or ""))
            last_worth = its_worth
            yield slips, its_worth, text, suggestion


def _best_first(worth: np.ndarray) -> Iterator[int]:
    """Yield where the lowest numbers stand, lowest first; few are mostly enough."""
    if len(worth) > 4 * AT_ONCE:
        lowest = np.argpartition(worth, AT_ONCE)[:AT_ONCE]
        yield from lowest[np.argsort(worth[lowest], kind="stable")].tolist()
        # All of them, since equals may stand otherwise here; what comes twice does no harm.
        yield from np.argsort(worth, kind="stable").tolist()
    else:
        yield from np.argsort(worth, kind="stable").tolist()


def _worth(segment: Segment, offers: np.ndarray, is_later: np.ndarray) -> np.ndarray:
    """Return what puts lines in order: the lower, the sooner."""
    documents = segment.documents
    at = documents.offer_folds.at
    lengths = np.minimum((at[offers + 1] - at[offers]).astype(np.int64), (1 << 20) - 1)
    kinds = documents.offer_kinds[offers].astype(np.int64)
    worth: np.ndarray = is_later.astype(np.int64) << 24 | kinds << 20 | lengths
    return worth


def _shown(placed: Placed, offer: int, shelf: Shelf, limit: int) -> Iterator[Suggestion]:
    """Yield what an offer says to the reader: a title once for each of some that have it."""
    documents = placed.segment.documents
    at = documents.offer_documents_at
    carrying = documents.offer_documents[int(at[offer]) : int(at[offer + 1])]
    seen = carrying[shelf.is_seen[carrying + placed.first]]
    if not len(seen):
        return
    kind = int(documents.offer_kinds[offer])
    text = documents.offers[offer]
    if kind != _TITLE:
        yield Suggestion(text, OFFER_KINDS[kind])
        return
    for number in seen[:limit].tolist():
        document = document_on(documents.cards[number])
        is_collection = COLLECTION in document.facets.get("kind", ())
        yield Suggestion(text, COLLECTION if is_collection else "title", document.slug)


def _range(segment: Segment, typed: str) -> tuple[int, int]:
    """Return where the words that begin so stand among a segment's offers."""
    starts, folds = segment.documents.offer_starts, segment.documents.offer_folds
    wanted = typed.encode("utf-8", "replace")
    size = len(wanted)

    def begins(at: int) -> bytes:
        packed = int(starts[at])
        offer, start = packed >> 16, packed & 0xFFFF
        first = int(folds.at[offer]) + start
        return folds.data[first : min(first + size, int(folds.at[offer + 1]))].tobytes()

    numbers = range(len(starts))
    first = bisect_left(numbers, wanted, key=begins)
    return first, bisect_left(numbers, wanted + LAST, lo=first, key=begins)


def _with_a_slip(typed: str, shelf: Shelf) -> list[str]:
    """Return what may have been meant: one letter wrong, missing, too much, or two swapped."""
    slips = {slip for at in range(min(len(typed), HEAD)) for slip in _slips(typed, at)} - {typed}
    meant = sorted(slips)
    # Whatever begins so stands before the same with a last byte that no text has.
    raw = [slip.encode("utf-8", "replace")[: HEAD - 1] for slip in meant]
    firsts, lasts = (np.array(some, f"S{HEAD}") for some in (raw, [one + LAST for one in raw]))
    is_there = np.zeros(len(meant), np.bool_)
    for placed in shelf.snapshot.placed:
        heads = placed.segment.documents.offer_heads
        is_there |= np.searchsorted(heads, firsts) < np.searchsorted(heads, lasts)
    return [meant[at] for at in np.flatnonzero(is_there).tolist()]


def _slips(typed: str, at: int) -> Iterator[str]:
    before, after = typed[:at], typed[at + 1 :]
    if after:
        yield before + after
        yield before + after[0] + typed[at] + after[1:]
    if at:  # the first letter is seldom the wrong one
        for letter in LETTERS:
            yield before + letter + after
            yield before + letter + typed[at:]
