"""The answer to a search as JSON: what the API sends and `flask search find --json` prints."""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any

from pydantic import BaseModel, Field

from app.domain.facets import BY_NAME, FACETS
from app.domain.people import Actor
from app.domain.taxonomy import Taxonomy
from app.faces.facet_values import offered_codes
from app.faces.hit_answer import HitAnswer, answer_hit
from app.parts import Parts
from app.search.port import (
    FilterValue,
    SearchPage,
    SearchQuery,
)
from app.search.understood import (
    Chip,
    Correction,
)
from app.services import search as service

PageUrl = Callable[[str, str], str]  # kind, slug -> absolute URL of its page


class ValueAnswer(BaseModel):
    """One value of a facet."""

    code: str
    label: str
    count: int = Field(description="Resources that choosing it (also) would show.")


class FacetAnswer(BaseModel):
    """One way to narrow the search; the values that lead somewhere, and those chosen."""

    name: str = Field(description="The parameter that chooses a value.")
    label: str
    values: list[ValueAnswer]


class SuggestionAnswer(BaseModel):
    """Other words that were, or could be, searched for."""

    words: str
    is_applied: bool = Field(description="True: the hits are for these words; see `exact`.")


class AlsoAnswer(BaseModel):
    """A word that was searched for by other names too."""

    typed: str
    also: list[str]


class ChipAnswer(BaseModel):
    """Words that were understood as something; it guides the order and hides nothing."""

    typed: str = Field(description="Send it as `plain` to have these words searched as typed.")
    label: str
    facet: str | None = Field(description="With `code`: the parameter that makes it a filter.")
    code: str | None


class QuestionAnswer(BaseModel):
    """A name of another country or time, and the Scottish one that may be meant."""

    typed: str
    label: str
    words: str = Field(description="The whole query with the Scottish name in its place.")


class ReadingAnswer(BaseModel):
    """An acronym with several meanings; all were searched for."""

    typed: str
    meanings: list[str]


class WayOutAnswer(BaseModel):
    """Where nothing was found: a filter to drop, or a term to search by instead."""

    facet: str
    code: str
    label: str
    total: int = Field(description="Resources that it would show.")


class SearchAnswer(BaseModel):
    """One page of hits, best first, and the ways to narrow them."""

    total: int = Field(description="Hits on all pages.")
    page: int
    per_page: int
    hits: list[HitAnswer]
    facets: list[FacetAnswer] = Field(
        description="A facet's counts ignore the choice made in that facet itself."
    )
    suggestion: SuggestionAnswer | None
    also: list[AlsoAnswer]
    chips: list[ChipAnswer] = Field(description="How the words were read, in the order typed.")
    questions: list[QuestionAnswer]
    readings: list[ReadingAnswer]
    is_spread: bool = Field(
        description="True: equals from other regions than `home` were moved up; see `outward`."
    )
    droppable: list[WayOutAnswer] = Field(
        description="Nothing found: each chosen filter, and what the search finds without it."
    )
    nearest: list[WayOutAnswer] = Field(description="Nothing found: terms that may be meant.")
    notes: list[str] = Field(description="Sentences: what of the query was set aside.")
    took_ms: float


def answer_search(parts: Parts, actor: Actor, query: SearchQuery, url_of: PageUrl) -> SearchAnswer:
    """Search on the actor's behalf and return the answer as it goes out.

    Raises:
        NotAllowed: the actor may not search.
        SearchUnavailable: the index cannot answer now.
    """
    began = perf_counter()
    found = service.find(parts.search, parts.taxonomy, actor, query)
    took_s = perf_counter() - began
    return SearchAnswer(
        total=found.total,
        page=query.page,
        per_page=query.per_page,
        hits=[answer_hit(hit, url_of(hit.facets["kind"][0], hit.slug)) for hit in found.hits],
        facets=list(_facets(parts.taxonomy, query, found)),
        **_understood(found),
        is_spread=found.is_spread,
        droppable=list(_ways_out(parts.taxonomy, found.droppable)),
        nearest=list(_ways_out(parts.taxonomy, found.nearest)),
        notes=list(found.notes),
        took_ms=round(took_s * 1000, 1),
    )


def _understood(found: SearchPage) -> dict[str, Any]:
    """Return the fields that say how the words were read."""
    return {
        "suggestion": _suggestion(found.correction),
        "also": [AlsoAnswer(typed=one.typed, also=list(one.also)) for one in found.expansions],
        "chips": [_chip(chip) for chip in found.chips],
        "questions": [
            QuestionAnswer(typed=one.typed, label=one.label, words=one.words)
            for one in found.questions
        ],
        "readings": [
            ReadingAnswer(typed=one.typed, meanings=list(one.meanings)) for one in found.readings
        ],
    }


def _suggestion(correction: Correction | None) -> SuggestionAnswer | None:
    if correction is None:
        return None
    return SuggestionAnswer(words=correction.words, is_applied=correction.is_applied)


def _chip(chip: Chip) -> ChipAnswer:
    return ChipAnswer(
        typed=chip.typed, label=chip.label, facet=chip.facet or None, code=chip.code or None
    )


def _ways_out(taxonomy: Taxonomy, values: Iterable[FilterValue]) -> Iterator[WayOutAnswer]:
    for value in values:
        yield WayOutAnswer(
            facet=value.facet,
            code=value.code,
            label=taxonomy.label(BY_NAME[value.facet].vocabulary, value.code),
            total=value.total,
        )


def _facets(taxonomy: Taxonomy, query: SearchQuery, found: SearchPage) -> Iterator[FacetAnswer]:
    for facet in FACETS:
        counts = found.facet_counts.get(facet.name, {})
        chosen = query.facets.get(facet.name, ())
        values = [
            ValueAnswer(
                code=code,
                label=taxonomy.label(facet.vocabulary, code),
                count=counts.get(code, 0),
            )
            for code in offered_codes(taxonomy, facet, counts, chosen)
        ]
        yield FacetAnswer(name=facet.name, label=facet.label, values=values)
