"""Lines offered while someone types: titles, tags, terms and schools, from any word on."""

from bisect import bisect_left
from collections.abc import Iterator

from app.domain.taxonomy import fold
from app.search.catalogue import Catalogue, Offer
from app.search.port import Suggestion
from app.search.shelf import Shelf

SHORTEST_TYPED = 2  # letters
MOST_LOOKED_AT = 2000  # per segment
KINDS = ("term", "tag", "title", "school")  # the order among equals


def suggest(prefix: str, shelf: Shelf, limit: int) -> list[Suggestion]:
    """Return lines of which a word begins so, from what the reader may see.

    Lines that begin so come before those that have it later; then terms, tags,
    titles, schools; then the shorter.
    """
    typed = fold(prefix)
    if len(typed) < SHORTEST_TYPED:
        return []
    best: dict[tuple[str, str], tuple[tuple[bool, int, int, str], Suggestion]] = {}
    for catalogue, first in shelf.catalogues():
        for offer in _beginning(catalogue, typed):
            if not shelf.sees(first + offer.document):
                continue
            text = fold(offer.text)
            rank = (
                not text.startswith(typed),
                KINDS.index(offer.kind),
                len(text),
                text,
            )
            slug = offer.slug if offer.kind == "title" else None
            line = (text, slug or "")
            best.setdefault(line, (rank, Suggestion(offer.text, offer.kind, slug)))
    ranked = sorted(best.values(), key=lambda found: found[0])
    return [suggestion for _, suggestion in ranked[:limit]]


def _beginning(catalogue: Catalogue, typed: str) -> Iterator[Offer]:
    keys = catalogue.offer_keys
    start = bisect_left(keys, (typed, -1))
    for key, number in keys[start : start + MOST_LOOKED_AT]:
        if not key.startswith(typed):
            return
        yield catalogue.offers[number]
