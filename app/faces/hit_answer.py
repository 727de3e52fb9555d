"""One found resource as JSON, with where words matched and why it was found."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from app.faces.reasons import told
from app.search.port import Fragment, Hit, Reason, ReasonKind


class Span(BaseModel):
    """Where a word that was searched for stands; in characters (code points), from 0."""

    start: int
    end: int = Field(description="The character after the last.")


class ReasonAnswer(BaseModel):
    """One thing that was asked for and that the resource has."""

    kind: ReasonKind
    typed: str = Field(description="What was asked for, as typed.")
    matched: str = Field(description="What the resource has: words, or the label of a term.")
    places: list[str] = Field(description="The fields that have it, heaviest first.")


class FoundKind(StrEnum):
    """What was found."""

    CASE_STUDY = "case-study"
    PROFESSIONAL_LEARNING = "professional-learning"
    COLLECTION = "collection"


class HitAnswer(BaseModel):
    """One resource or collection that was found."""

    id: str = Field(description="Permanent; a ULID.")
    slug: str = Field(description="In the address of its page; may change, old ones redirect.")
    url: str = Field(description="The address of its page.")
    title: str
    title_matches: list[Span]
    summary: str
    kind: FoundKind
    score: float = Field(description="Higher is better, within this answer only.")
    snippet: str = Field(description="Plain text from the resource; may be empty.")
    snippet_matches: list[Span]
    why: str = Field(description="The reasons in words, as the page says them; may be empty.")
    reasons: list[ReasonAnswer] = Field(description="What matched, the most telling first.")
    facets: dict[str, list[str]] = Field(description="Codes by the facet's name.")
    tags: list[str]
    school: str | None
    language: str = Field(description="BCP 47: en, gd, sco.")
    published_on: date | None
    tries: int = Field(description="How many schools said that they tried it, however it went.")
    is_sample: bool = Field(description="True: an invented example.")


def answer_hit(hit: Hit, url: str) -> HitAnswer:
    """Return a hit as it goes out; `url` is the absolute address of its page."""
    return HitAnswer(
        id=hit.id,
        slug=hit.slug,
        url=url,
        # An engine may tidy spaces as it marks: the title that is sent is the one that was marked.
        title=_text(hit.title_fragments) or hit.title,
        title_matches=list(_spans(hit.title_fragments)),
        summary=hit.summary,
        kind=FoundKind(hit.facets["kind"][0]),
        score=round(hit.score, 4),
        snippet=_text(hit.snippet),
        snippet_matches=list(_spans(hit.snippet)),
        why=told(hit.reasons),
        reasons=[_reason(reason) for reason in hit.reasons],
        facets={name: list(codes) for name, codes in hit.facets.items() if codes},
        tags=list(hit.tags),
        school=hit.school or None,
        language=hit.language,
        published_on=hit.published_on,
        tries=hit.tries,
        is_sample=hit.is_sample,
    )


def _reason(reason: Reason) -> ReasonAnswer:
    return ReasonAnswer(
        kind=reason.kind, typed=reason.typed, matched=reason.matched, places=list(reason.places)
    )


def _text(fragments: Sequence[Fragment]) -> str:
    return "".join(fragment.text for fragment in fragments)


def _spans(fragments: Sequence[Fragment]) -> Iterator[Span]:
    start = 0
    for fragment in fragments:
        end = start + len(fragment.text)
        if fragment.is_match:
            yield Span(start=start, end=end)
        start = end
