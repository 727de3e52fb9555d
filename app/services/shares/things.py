"""What can be shared: a published resource or a collection, as whoever shares it may see it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app.domain.audience import Audience, may_read
from app.domain.collections import CollectionState
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.sharing import may_open
from app.models.collections import Collection
from app.models.resources import Resource, Revision
from app.models.shares import Share, ShareLink
from app.services.collected import may_see, read_collection
from app.services.published import read_published


class ThingKind(StrEnum):
    """What a share is of."""

    RESOURCE = "resource"
    COLLECTION = "collection"


@dataclass(frozen=True)
class SharedThing:
    """One thing to be shared, with what a page says of it."""

    kind: ThingKind
    id: str  # ULID
    slug: str
    title: str
    summary: str
    audience: Audience
    region: str | None
    is_private: bool = False  # a collection that only its curators see

    @property
    def is_restricted(self) -> bool:
        """Whether somebody without an account is kept out."""
        return self.is_private or self.audience is not Audience.PUBLIC

    @property
    def keys(self) -> dict[str, str]:
        """The columns by which a row names it."""
        return {f"{self.kind}_id": self.id}


def read_thing(session: Session, actor: Actor, kind: ThingKind, address: str) -> SharedThing:
    """Return a published resource or a collection by its slug, former slug or id.

    Raises:
        NotFound: there is none that this actor may read.
    """
    if kind is ThingKind.COLLECTION:
        return of_collection(read_collection(session, actor, address))
    resource, revision = read_published(session, actor, address)
    return of_resource(resource, revision)


def of_resource(resource: Resource, revision: Revision) -> SharedThing:
    """Return a resource as what is shared."""
    return SharedThing(
        ThingKind.RESOURCE,
        resource.id,
        resource.slug,
        revision.title,
        revision.summary,
        revision.audience,
        revision.region,
    )


def of_collection(collection: Collection) -> SharedThing:
    """Return a collection as what is shared."""
    return SharedThing(
        ThingKind.COLLECTION,
        collection.id,
        collection.slug,
        collection.title,
        collection.summary,
        collection.audience,
        collection.region,
        is_private=collection.state is CollectionState.PRIVATE,
    )


def seen_thing(actor: Actor, row: Share | ShareLink) -> SharedThing | None:
    """Return what a row names as the actor may see it now; None where it is not for them."""
    if row.resource is not None:
        revision = row.resource.published
        if revision is None or not may_read(actor, revision.audience, revision.region):
            return None
        return of_resource(row.resource, revision)
    if row.collection is None or not may_see(actor, row.collection):
        return None
    return of_collection(row.collection)


def may_make_link(session: Session, actor: Actor, thing: SharedThing) -> bool:
    """Say whether the actor may make a secret link to it: it is restricted, and theirs to keep."""
    if not thing.is_restricted or not allows(actor, Action.SHARE):
        return False
    if thing.kind is ThingKind.COLLECTION:
        return allows(actor, Action.COLLECT, session.get_one(Collection, thing.id))
    revision = session.get_one(Resource, thing.id).published
    return revision is not None and may_open(actor, revision.audience, revision)
