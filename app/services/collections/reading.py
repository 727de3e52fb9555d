"""What the pages of one collection show, and the file that a reader takes away."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audience import Audience, may_read
from app.domain.collections import is_narrower
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.formats.collection_writing import collection_to_file
from app.formats.markdown import Rendered, render_markdown, render_note
from app.models.collection_content import collection_content_of
from app.models.collections import Collection, CollectionItem
from app.models.resources import Resource, Revision
from app.services.collected import Seen, read_collection, seen_by
from app.services.collections.listing import missing_for


@dataclass(frozen=True)
class KeptItem:
    """An item as its curators see it; `revision` is None where they may not read it themselves."""

    item: CollectionItem
    resource: Resource
    revision: Revision | None
    only_for: Audience | None  # who alone sees it, where some readers of the collection do not
    is_gone: bool  # withdrawn, or not published: nobody sees it


@dataclass(frozen=True)
class KeptSection:
    """A section as its curators see it."""

    id: int
    title: str
    items: tuple[KeptItem, ...]


def look(session: Session, actor: Actor, address: str) -> Seen:
    """Return a collection as this reader sees it.

    Raises:
        NotFound: there is none that this actor may read.
    """
    return seen_by(session, actor, read_collection(session, actor, address))


def look_to_keep(
    session: Session, actor: Actor, address: str
) -> tuple[Collection, tuple[KeptSection, ...]]:
    """Return a collection and all its items, to those who keep it.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
    """
    collection = read_collection(session, actor, address)
    require(actor, Action.COLLECT, collection)
    seen_by(session, actor, collection)  # one query for each table, instead of one for each item
    return collection, tuple(
        KeptSection(
            section.id,
            section.title,
            tuple(_kept(actor, collection, item) for item in section.items),
        )
        for section in collection.sections
    )


def count_missing(
    collection: Collection, sections: tuple[KeptSection, ...]
) -> Mapping[Audience, int]:
    """Return, for each audience that it might have, how many items not all of that would see."""
    revisions = [
        kept.resource.published
        for section in sections
        for kept in section.items
        if not kept.is_gone
    ]
    return {
        audience: sum(
            revision is not None
            and is_narrower(revision.audience, revision.region, audience, collection.region)
            for revision in revisions
        )
        for audience in Audience
    }


def introduction_of(collection: Collection) -> Rendered:
    """Return the introduction as safe HTML; it shows no pictures."""
    return render_markdown(collection.introduction, title=collection.title)


def notes_of(seen: Seen) -> Mapping[str, Markup]:
    """Return the notes that a reader sees as safe HTML, by the resource's id."""
    items = [found.item for found in seen.items if found.item.note]
    return {item.resource_id: render_note(item.note) for item in items}


def as_markdown(seen: Seen) -> bytes:
    """Return the collection as its Markdown file, with the items that this reader sees."""
    shown = {found.item.id for found in seen.items}
    content = collection_content_of(seen.collection, lambda item: item.id in shown)
    return collection_to_file(seen.collection.id, content)


def titles_for(session: Session, actor: Actor, resource_ids: set[str]) -> Mapping[str, str]:
    """Return the titles of those published resources that the actor may read, by id."""
    found = session.scalars(select(Resource).where(Resource.id.in_(resource_ids)))
    revisions = {one.id: one.published for one in found}
    return {
        one: revision.title
        for one, revision in revisions.items()
        if revision is not None and may_read(actor, revision.audience, revision.region)
    }


def _kept(actor: Actor, collection: Collection, item: CollectionItem) -> KeptItem:
    revision = item.resource.published
    may_know = revision is not None and may_read(actor, revision.audience, revision.region)
    return KeptItem(
        item=item,
        resource=item.resource,
        revision=revision if may_know else None,
        only_for=missing_for(collection, revision),
        is_gone=revision is None,
    )
