"""A collection as the API sends it: what the asking person may see of it."""

from datetime import date
from typing import Any

from flask import url_for
from pydantic import BaseModel, Field

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.resources import Kind


class LineAnswer(BaseModel):
    """A collection in a list."""

    id: str = Field(description="Permanent; a ULID.")
    slug: str = Field(description="In the address of its page; may change, old ones lead here.")
    state: CollectionState
    title: str
    summary: str
    region: str | None
    audience: Audience
    language: str
    is_sample: bool = Field(description="True: an invented example.")
    published_on: date | None
    count: int = Field(description="Of its items, those that this person may see.")
    minutes: int = Field(description="What these take together.")
    page: str = Field(description="The address of its page.")


class ListAnswer(BaseModel):
    """One page of published collections, newest first, and the person's own."""

    total: int = Field(description="Published ones, on all pages.")
    page: int
    per_page: int
    collections: list[LineAnswer]
    mine: list[LineAnswer] = Field(description="Those the person keeps, private ones too.")


class ItemAnswer(BaseModel):
    """A resource in a collection."""

    resource_id: str
    kind: Kind
    title: str
    summary: str
    note: str = Field(description="Markdown.")
    minutes: int | None
    page: str


class SectionAnswer(BaseModel):
    """A part of a collection."""

    id: int
    title: str
    items: list[ItemAnswer]


class LinksAnswer(BaseModel):
    """Where else the collection is to be had; absolute URLs."""

    self: str
    page: str
    markdown: str
    cover: str | None


class CollectionAnswer(LineAnswer):
    """Everything that a collection says to this person."""

    version: int = Field(description="Counts every saving.")
    introduction: str = Field(description="Markdown.")
    notice: str
    authority: str | None
    school: str | None
    cover_text: str
    sections: list[SectionAnswer]
    not_shown: int = Field(description="Items that are withdrawn or not for this person.")
    links: LinksAnswer


def answer_line(collection: Any, count: int, minutes: int) -> dict[str, Any]:
    """Return the fields of a line."""
    plain = ("id", "slug", "state", "title", "summary", "region", "audience", "language")
    return {name: getattr(collection, name) for name in plain} | {
        "is_sample": bool(collection.notice),
        "published_on": collection.published_on,
        "count": count,
        "minutes": minutes,
        "page": _url("collections.show", collection.slug),
    }


def answer_collection(seen: Any) -> CollectionAnswer:
    """Return a collection as it is seen."""
    collection = seen.collection
    plain = ("version", "introduction", "notice", "authority", "school", "cover_text")
    line = answer_line(collection, len(seen.items), seen.minutes)
    more = {name: getattr(collection, name) for name in plain}
    sections = [
        SectionAnswer(
            id=part.section.id,
            title=part.section.title,
            items=[_item(found) for found in part.items],
        )
        for part in seen.sections
    ]
    cover = _url("collections.cover", collection.slug) if collection.cover_name else None
    links = LinksAnswer(
        self=_url("api.collection", collection.id),
        page=_url("collections.show", collection.slug),
        markdown=_url("collections.download", collection.slug),
        cover=cover,
    )
    return CollectionAnswer.model_validate(
        {**line, **more, "sections": sections, "not_shown": seen.dropped, "links": links}
    )


def _item(found: Any) -> ItemAnswer:
    return ItemAnswer(
        resource_id=found.resource.id,
        kind=found.resource.kind,
        title=found.revision.title,
        summary=found.revision.summary,
        note=found.item.note,
        minutes=found.item.minutes,
        page=_url("resources.show", found.resource.slug),
    )


def _url(endpoint: str, address: str) -> str:
    return url_for(endpoint, address=address, _external=True)
