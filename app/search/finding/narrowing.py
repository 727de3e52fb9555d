"""Narrow what matches by facets, and count what each value would give."""

from collections.abc import Iterable, Mapping

import numpy as np

from app.search.finding.shelf import Shelf
from app.search.finding.snapshot import Bools
from app.search.language.query_language import TypedFilter

Chosen = Mapping[str, Bools]  # facet -> the documents that have one of its chosen values


def chosen(facets: Mapping[str, tuple[str, ...]], shelf: Shelf) -> Chosen:
    """Return the documents of the values chosen in each facet; several values: any of them."""
    return {facet: shelf.filed_under_any(facet, codes) for facet, codes in facets.items() if codes}


def narrow(matching: Bools, choice: Chosen) -> Bools:
    """Return the documents that every facet's choice lets through."""
    return np.logical_and.reduce([matching, *choice.values()]) if choice else matching


def narrow_as_typed(matching: Bools, filters: Iterable[TypedFilter], shelf: Shelf) -> Bools:
    """Return the documents that the facet values within the query let through."""
    wanted: dict[str, list[str]] = {}
    for typed in filters:
        if typed.is_excluded:
            matching = matching & ~shelf.filed(typed.facet, typed.code)
        else:
            wanted.setdefault(typed.facet, []).append(typed.code)
    for facet, codes in wanted.items():
        matching = matching & shelf.filed_under_any(facet, codes)
    return matching


def count(matching: Bools, choice: Chosen, shelf: Shelf) -> Mapping[str, Mapping[str, int]]:
    """Count the documents of each value of each facet; values with none are left out.

    A facet's own choice is ignored in its counts, so that a second value can be added.
    """
    counts = shelf.counts(narrow(matching, choice))
    for facet in choice:
        others = narrow(matching, {name: held for name, held in choice.items() if name != facet})
        counts[facet] = shelf.counts(others).get(facet, {})
    return counts
