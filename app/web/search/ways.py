"""Where a person can go from a page of results, beside its filters and pages."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.facets import BY_NAME
from app.domain.taxonomy import fold
from app.search.port import (
    FilterValue,
    SearchPage,
)
from app.search.understood import (
    Expansion,
)
from app.web.search.forms import SearchForm


def offered_filters(form: SearchForm, found: SearchPage) -> list[tuple[str, str]]:
    """Return the chips that can be made a filter and are none yet, as (facet, code), each once.

    There are none where nothing was found: less than nothing cannot be shown.
    """
    if not found.total:
        return []
    meant = dict.fromkeys((chip.facet, chip.code) for chip in found.chips)
    return [
        (facet, code)
        for facet, code in meant
        if facet in BY_NAME and code and form.facets.get(facet) != (code,)
    ]


def other_names(found: SearchPage) -> Iterator[Expansion]:
    """Yield the names that were searched for besides, without those that a chip says already."""
    said = {fold(chip.label) for chip in found.chips}
    for expansion in found.expansions:
        also = tuple(name for name in expansion.also if fold(name) not in said)
        if also:
            yield replace(expansion, also=also)


def droppable_filters(form: SearchForm, found: SearchPage) -> Iterator[tuple[str, str, int | None]]:
    """Yield (facet, code, total) for each chosen filter whose loss helps, the most helpful first.

    The total is None where the engine did not count.
    """
    totals = {(one.facet, one.code): one.total for one in found.droppable}
    if not totals:
        yield from ((facet, code, None) for facet, code in form.chosen)
    helpful = [chosen for chosen in form.chosen if totals.get(chosen)]
    for facet, code in sorted(helpful, key=lambda chosen: -totals[chosen]):
        yield facet, code, totals[facet, code]


def nearest_terms(found: SearchPage) -> list[FilterValue]:
    """Return the terms that may have been meant and that hold something."""
    return [one for one in found.nearest if one.total and one.facet in BY_NAME]
