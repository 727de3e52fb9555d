"""Ways out of an empty page: filters to leave out, and terms that may have been meant."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from app.domain.facets import FILTERS
from app.domain.taxonomy import Taxonomy
from app.search.analysis import words
from app.search.finding.narrowing import Chosen, narrow
from app.search.finding.shelf import Shelf
from app.search.finding.snapshot import Bools
from app.search.language.query_language import ParsedQuery
from app.search.port import FilterValue

MOST_NEAREST = 5
NEAR_ENOUGH = 0.9  # of two words, by Jaro and Winkler's measure
SHORTEST_ALIKE = 4  # letters


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


class TermNames:
    """The names of the terms that can be filtered by, ready to be compared with words."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names = [
            (facet, code, held)
            for name, facet, code in _names(taxonomy)
            if (held := [word.surface for word in words(name) if word.form])
        ]
        self._words = sorted({word for _, _, held in self._names for word in held})

    def alike(self, typed: Iterable[str]) -> list[tuple[str, str]]:
        """Return the facets and codes of terms that share a word, or nearly, with those typed.

        The term of whose name the most was typed comes first.
        """
        near: dict[str, float] = {}
        for word in typed:
            for known, likeness, _ in process.extract(
                word, self._words, scorer=JaroWinkler.similarity, score_cutoff=NEAR_ENOUGH, limit=9
            ):
                near[known] = max(likeness, near.get(known, 0.0))
        worth: dict[tuple[str, str], float] = {}
        for facet, code, held in self._names if near else ():
            likeness = sum(near.get(word, 0.0) for word in held) / len(held)
            if likeness > worth.get((facet, code), 0.0):
                worth[facet, code] = likeness
        return sorted(worth, key=lambda key: -worth[key])


def nearest(parsed: ParsedQuery, names: TermNames, shelf: Shelf) -> tuple[FilterValue, ...]:
    """Return terms that may have been meant, best first, that something is filed under."""
    surfaces = (word.surface for clause in parsed.clauses for word in clause.words)
    typed = dict.fromkeys(surface for surface in surfaces if len(surface) >= SHORTEST_ALIKE)
    found = (
        FilterValue(facet, code, int(shelf.filed(facet, code).sum()))
        for facet, code in names.alike(typed)
    )
    return tuple(islice((value for value in found if value.total), MOST_NEAREST))


def _names(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    for facet in (facet for facet in FILTERS if not facet.is_computed):
        vocabulary = taxonomy.vocabularies.get(facet.vocabulary)
        for term in vocabulary.terms if vocabulary else ():
            for name in (term.label, *term.aliases):
                yield name, facet.name, term.code
