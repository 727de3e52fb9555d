"""Read a collection on someone's behalf: which of its items they see is decided here alone."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import may_read
from app.domain.collections import CollectionState
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.models.collections import (
    Collection,
    CollectionItem,
    CollectionSection,
    FormerCollectionSlug,
)
from app.models.resources import Resource, Revision

MISSING = "There is no such collection, or it is not for everyone to read."


@dataclass(frozen=True)
class SeenItem:
    """An item that this reader may see, with its resource as it is published."""

    item: CollectionItem
    resource: Resource
    revision: Revision


@dataclass(frozen=True)
class SeenSection:
    """A part of a collection with what this reader may see of it."""

    section: CollectionSection
    items: tuple[SeenItem, ...]


@dataclass(frozen=True)
class Seen:
    """A collection as one reader sees it."""

    collection: Collection
    sections: tuple[SeenSection, ...]
    dropped: int  # items that are withdrawn or not for this reader; nothing else is told of them

    @property
    def items(self) -> tuple[SeenItem, ...]:
        """All that is seen, in its order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def minutes(self) -> int:
        """How many minutes the items that are seen take together."""
        return sum(seen.item.minutes or 0 for seen in self.items)


def may_see(actor: Actor, collection: Collection) -> bool:
    """Say whether the actor may know of a collection: published for them, or theirs to keep."""
    if allows(actor, Action.COLLECT, collection):
        return True
    is_out = collection.state is CollectionState.PUBLISHED
    return is_out and may_read(actor, collection.audience, collection.region or "")


def read_collection(session: Session, actor: Actor, address: str) -> Collection:
    """Return the collection with this slug, former slug or id.

    Raises:
        NotFound: there is none that this actor may read.
    """
    if "\0" in address:
        # PostgreSQL refuses to be asked for one.
        raise NotFound(MISSING)
    former = FormerCollectionSlug
    found = session.scalars(
        select(Collection)
        .outerjoin(former, former.collection_id == Collection.id)
        .where(
            or_(Collection.slug == address, Collection.id == address, former.slug == address),
        )
        # A slug in use goes before the same slug in another's past.
        .order_by((Collection.slug == address).desc())
        .options(selectinload(Collection.curators))
    ).first()
    if found is None or not may_see(actor, found):
        raise NotFound(MISSING)
    return found


def seen_by(session: Session, actor: Actor, collection: Collection) -> Seen:
    """Return what this reader sees of a collection that `read_collection` gave.

    Published revisions come without their terms and tags: a page of sixty items needs none.
    """
    sections = session.scalars(
        select(CollectionSection)
        .where(CollectionSection.collection_id == collection.id)
        .order_by(CollectionSection.position)
        .options(
            selectinload(CollectionSection.items)
            .selectinload(CollectionItem.resource)
            .selectinload(Resource.published)
        )
    ).all()
    seen = tuple(SeenSection(section, _seen_items(actor, section)) for section in sections)
    held = sum(len(section.items) for section in sections)
    return Seen(collection, seen, held - sum(len(section.items) for section in seen))


def _seen_items(actor: Actor, section: CollectionSection) -> tuple[SeenItem, ...]:
    found = []
    for item in section.items:
        revision = item.resource.published
        if revision is not None and may_read(actor, revision.audience, revision.region):
            found.append(SeenItem(item, item.resource, revision))
    return tuple(found)
