"""A resource as the API sends it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.domain.audience import Audience
from app.domain.evidence import Rung
from app.domain.resources import Kind, ResourceContent, codes_by_facet


class EvidenceAnswer(BaseModel):
    """How far the practice has been tried, as its author says."""

    grade: str | None = Field(description="A code of the vocabulary evidence_grades.")
    measure: str | None
    cohort: str | None = Field(description="A band such as 20-29.")
    cost: str | None = Field(description="A code of the vocabulary costs.")


class TriedAnswer(BaseModel):
    """How far the practice has been tried, as the records say: practice evidence, not a trial."""

    rung: Rung = Field(description="A code of the vocabulary evidence_grades.")
    schools: int = Field(description="That said they tried it, however it went.")
    authorities: int
    regions: int
    outcomes: dict[str, int] = Field(description="Tries by how they went.")


class SectionAnswer(BaseModel):
    """A heading of the body."""

    id: str = Field(description="Its anchor on the page: links.page + # + id.")
    title: str


class PictureAnswer(BaseModel):
    """A picture that the body shows."""

    name: str = Field(description="In the body: pictures/NAME.")
    url: str


class AttachmentAnswer(BaseModel):
    """A file that the resource offers for download."""

    name: str
    label: str
    media_type: str
    size: int = Field(description="Bytes.")
    sha256: str = Field(description="Of its bytes, hexadecimal.")
    url: str


class LinksAnswer(BaseModel):
    """Where else the resource is to be had; absolute URLs."""

    self: str = Field(description="This answer, by the permanent id.")
    page: str
    markdown: str = Field(description="The whole resource as a Markdown file with front matter.")


class ResourceAnswer(BaseModel):
    """Everything that a published resource says."""

    id: str = Field(description="Permanent; a ULID.")
    slug: str = Field(description="In the address of its page; may change, old ones lead here.")
    kind: Kind
    title: str
    summary: str
    notice: str = Field(description="To be shown with it, such as: this is an invented example.")
    is_sample: bool = Field(description="True: an invented example.")
    body: str = Field(description="Markdown.")
    sections: list[SectionAnswer]
    pictures: list[PictureAnswer]
    attachments: list[AttachmentAnswer]
    facets: dict[str, list[str]] = Field(description="Codes by the facet's name.")
    tags: list[str]
    school: str | None
    provider: str | None
    duration_minutes: int | None
    evidence: EvidenceAnswer | None = Field(description="What the author says.")
    tried: TriedAnswer
    audience: Audience
    language: str = Field(description="BCP 47: en, gd, sco.")
    licence: str | None = Field(description="SPDX.")
    version: int = Field(description="Counts from 1.")
    published_on: date | None
    published_at: datetime | None = Field(description="When this version was published; UTC.")
    review_by: date | None
    adapted_from: str | None = Field(description="The id of what it was built on.")
    attribution: str = Field(description="The line that says so; show it where you show the words.")
    links: LinksAnswer


def answer_resource(
    content: ResourceContent, tried: Mapping[str, Any], **more: Any
) -> ResourceAnswer:
    """Return the answer: the content's fields under their own names, and what `more` adds.

    The answer's model checks every field.
    """
    return ResourceAnswer.model_validate(
        asdict(content)
        | {
            "facets": codes_by_facet(content) | {"evidence": (str(tried["rung"]),)},
            "is_sample": bool(content.notice),
            "tried": tried,
        }
        | more
    )
