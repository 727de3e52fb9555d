"""The answer to a search as JSON: what the API sends and `flask search find --json` prints."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from time import perf_counter

from pydantic import BaseModel, Field

from app.domain.facets import FACETS
from app.domain.people import Actor
from app.domain.resources import Kind
from app.domain.taxonomy import Taxonomy
from app.faces.facet_values import offered_codes
from app.parts import Parts
from app.search.port import Correction, Fragment, Hit, SearchPage, SearchQuery
from app.services import search as service

ResourceUrl = Callable[[str], str]  # slug -> absolute URL of the resource's page


class Span(BaseModel):
    """Where a word that was searched for stands; in characters (code points), from 0."""

    start: int
    end: int = Field(description="The character after the last.")


class HitAnswer(BaseModel):
    """One resource that was found."""

    id: str = Field(description="Permanent; a ULID.")
    slug: str = Field(description="In the address of its page; may change, old ones redirect.")
    url: str = Field(description="The address of its page.")
    title: str
    title_matches: list[Span]
    summary: str
    kind: Kind
    score: float = Field(description="Higher is better, within this answer only.")
    snippet: str = Field(description="Plain text from the resource; may be empty.")
    snippet_matches: list[Span]
    facets: dict[str, list[str]] = Field(description="Codes by the facet's name.")
    tags: list[str]
    school: str | None
    language: str = Field(description="BCP 47: en, gd, sco.")
    published_on: date | None
    is_sample: bool = Field(description="True: an invented example.")


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
    notes: list[str] = Field(description="Sentences: what of the query was set aside.")
    took_ms: float


def answer_search(
    parts: Parts, actor: Actor, query: SearchQuery, url_of: ResourceUrl
) -> SearchAnswer:
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
        hits=[_hit(hit, url_of(hit.slug)) for hit in found.hits],
        facets=list(_facets(parts.taxonomy, query, found)),
        suggestion=_suggestion(found.correction),
        also=[AlsoAnswer(typed=one.typed, also=list(one.also)) for one in found.expansions],
        notes=list(found.notes),
        took_ms=round(took_s * 1000, 1),
    )


def _hit(hit: Hit, url: str) -> HitAnswer:
    return HitAnswer(
        id=hit.id,
        slug=hit.slug,
        url=url,
        # An engine may tidy spaces as it marks: the title that is sent is the one that was marked.
        title=_text(hit.title_fragments) or hit.title,
        title_matches=list(_spans(hit.title_fragments)),
        summary=hit.summary,
        kind=Kind(hit.facets["kind"][0]),
        score=round(hit.score, 4),
        snippet=_text(hit.snippet),
        snippet_matches=list(_spans(hit.snippet)),
        facets={name: list(codes) for name, codes in hit.facets.items() if codes},
        tags=list(hit.tags),
        school=hit.school or None,
        language=hit.language,
        published_on=hit.published_on,
        is_sample=hit.is_sample,
    )


def _suggestion(correction: Correction | None) -> SuggestionAnswer | None:
    if correction is None:
        return None
    return SuggestionAnswer(words=correction.words, is_applied=correction.is_applied)


def _text(fragments: Sequence[Fragment]) -> str:
    return "".join(fragment.text for fragment in fragments)


def _spans(fragments: Sequence[Fragment]) -> Iterator[Span]:
    start = 0
    for fragment in fragments:
        end = start + len(fragment.text)
        if fragment.is_match:
            yield Span(start=start, end=end)
        start = end


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
