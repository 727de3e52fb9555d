"""Ways out of an empty page: filters to leave out, and terms that may have been meant."""

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process, utils

from app.domain.facets import FILTERS
from app.domain.taxonomy import Taxonomy
from app.search.narrowing import Chosen, narrow
from app.search.port import FilterValue
from app.search.shelf import Shelf
from app.search.snapshot import Bools

MOST_NEAREST = 5
NEAR_ENOUGH = 62  # of 100, by rapidfuzz's WRatio


def droppable(
    facets: Mapping[str, tuple[str, ...]], matching: Bools, choice: Chosen, shelf: Shelf
) -> tuple[FilterValue, ...]:
    """Return the chosen values with what the search would give without each, the most first."""
    found = []
    for facet, codes in facets.items():
        others = narrow(matching, {name: held for name, held in choice.items() if name != facet})
        for code in codes:
            left = tuple(other for other in codes if other != code)
            kept = others & shelf.filed_under_any(facet, left) if left else others
            total = int(kept.sum())
            if total:
                found.append(FilterValue(facet, code, total))
    return tuple(sorted(found, key=lambda value: -value.total))


def nearest(words: str, taxonomy: Taxonomy, shelf: Shelf) -> tuple[FilterValue, ...]:
    """Return terms whose names are like the words typed, that something is filed under."""
    names = list(_names(taxonomy))
    if not words.strip():
        return ()
    ranked = process.extract(
        words,
        [name for name, _, _ in names],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=NEAR_ENOUGH,
        limit=4 * MOST_NEAREST,
    )
    found: dict[tuple[str, str], FilterValue] = {}
    for _, _, number in ranked:
        _, facet, code = names[number]
        total = int(shelf.filed(facet, code).sum())
        if total:
            found.setdefault((facet, code), FilterValue(facet, code, total))
    return tuple(found.values())[:MOST_NEAREST]


def _names(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    for facet in FILTERS:
        vocabulary = taxonomy.vocabularies.get(facet.vocabulary)
        for term in vocabulary.terms if vocabulary else ():
            for name in (term.label, *term.aliases):
                yield name, facet.name, term.code
