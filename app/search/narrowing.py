"""Narrow what matches by facets, and count what each value would give."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_

from app.domain.facets import FACETS
from app.search.catalogue import Bits
from app.search.query_language import TypedFilter
from app.search.shelf import Shelf

Chosen = Mapping[str, Bits]  # facet -> the documents that have one of its chosen values


def chosen(facets: Mapping[str, tuple[str, ...]], shelf: Shelf) -> Chosen:
    """Return the documents of the values chosen in each facet; several values: any of them."""
    return {facet: _with_any(facet, codes, shelf) for facet, codes in facets.items() if codes}


def narrow(matching: Bits, choice: Chosen) -> Bits:
    """Return the documents that every facet's choice lets through."""
    return reduce(and_, choice.values(), matching)


def narrow_as_typed(matching: Bits, filters: Iterable[TypedFilter], shelf: Shelf) -> Bits:
    """Return the documents that the facet values within the query let through."""
    wanted: dict[str, list[str]] = {}
    for typed in filters:
        if typed.is_excluded:
            matching &= ~_with_any(typed.facet, (typed.code,), shelf)
        else:
            wanted.setdefault(typed.facet, []).append(typed.code)
    for facet, codes in wanted.items():
        matching &= _with_any(facet, codes, shelf)
    return matching


def count(matching: Bits, choice: Chosen, shelf: Shelf) -> Mapping[str, Mapping[str, int]]:
    """Count the documents of each value of each facet; values with none are left out.

    A facet's own choice is ignored in its counts, so that a second value can be added.
    """
    counts = {}
    for facet in FACETS:
        others = narrow(matching, {name: b for name, b in choice.items() if name != facet.name})
        held = shelf.snapshot.facets.get(facet.name, {})
        found = ((code, (bits & others).bit_count()) for code, bits in held.items())
        counts[facet.name] = {code: number for code, number in found if number}
    return counts


def _with_any(facet: str, codes: Iterable[str], shelf: Shelf) -> Bits:
    held = shelf.snapshot.facets.get(facet, {})
    return reduce(or_, (held.get(code, 0) for code in codes), 0)
