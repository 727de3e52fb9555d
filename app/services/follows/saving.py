"""Save resources and collections for later, and take them off again; for their own eyes only."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import may_read
from app.domain.errors import InvalidInput, NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.models.collections import Collection
from app.models.follows import Saved
from app.models.resources import Resource, Revision
from app.services.collected import may_see, read_collection

MOST_SAVED = 500  # by one person
MISSING = "There is no such resource, or it is not for everyone to read."


@dataclass(frozen=True)
class Kept:
    """Something saved, as its owner may see it now."""

    saved: Saved
    revision: Revision | None  # of a resource
    collection: Collection | None

    @property
    def title(self) -> str:
        """What it is called now."""
        held = self.revision or self.collection
        return held.title if held else ""


def save(session: Session, actor: Actor, address: str) -> Saved:
    """Save the resource with this slug or id; twice is harmless.

    Raises:
        NotAllowed: the matrix says no.
        NotFound: there is none that this actor may read.
        InvalidInput: so much is saved already.
    """
    require(actor, Action.FOLLOW)
    resource = _resource(session, actor, address)
    return _keep(session, actor, Saved(person_id=actor.id or 0, resource_id=resource.id))


def save_collection(session: Session, actor: Actor, address: str) -> Saved:
    """Save the collection with this slug or id; twice is harmless.

    Raises:
        NotAllowed: the matrix says no.
        NotFound: there is none that this actor may read.
        InvalidInput: so much is saved already.
    """
    require(actor, Action.FOLLOW)
    collection = read_collection(session, actor, address)
    return _keep(session, actor, Saved(person_id=actor.id or 0, collection_id=collection.id))


def unsave(session: Session, actor: Actor, thing_id: str) -> None:
    """Take a resource or collection, by its id, off what the actor saved; harmless where it is not.

    What may no longer be read can be taken off still.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    is_it = (Saved.resource_id == thing_id) | (Saved.collection_id == thing_id)
    for held in session.scalars(select(Saved).where(Saved.person_id == actor.id, is_it)):
        session.delete(held)
    session.flush()


def find_saved(session: Session, actor: Actor) -> tuple[Kept, ...]:
    """Return what the actor saved and may still read, newest first.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    asked = (
        select(Saved)
        .where(Saved.person_id == actor.id)
        .order_by(Saved.id.desc())
        .options(
            selectinload(Saved.resource).selectinload(Resource.published),
            selectinload(Saved.collection).selectinload(Collection.curators),
        )
    )
    found = (_as_seen(actor, held) for held in session.scalars(asked))
    return tuple(kept for kept in found if kept is not None)


def is_saved(session: Session, actor: Actor, resource_id: str) -> bool:
    """Say whether the actor saved this resource."""
    asked = select(Saved.id).where(Saved.person_id == actor.id, Saved.resource_id == resource_id)
    return session.scalars(asked).first() is not None


def _as_seen(actor: Actor, held: Saved) -> Kept | None:
    if held.collection is not None:
        return Kept(held, None, held.collection) if may_see(actor, held.collection) else None
    revision = held.resource.published if held.resource else None
    if revision is None or not may_read(actor, revision.audience, revision.region):
        return None
    return Kept(held, revision, None)


def _keep(session: Session, actor: Actor, saved: Saved) -> Saved:
    mine = session.scalars(select(Saved).where(Saved.person_id == actor.id)).all()
    for held in mine:
        if (held.resource_id, held.collection_id) == (saved.resource_id, saved.collection_id):
            return held
    if len(mine) >= MOST_SAVED:
        raise InvalidInput(f"You have saved {len(mine)} things: take some off on “My page” first.")
    session.add(saved)
    session.flush()
    return saved


def _resource(session: Session, actor: Actor, address: str) -> Resource:
    found = None
    if "\0" not in address:
        is_it = (Resource.slug == address) | (Resource.id == address)
        found = session.scalars(select(Resource).where(is_it)).first()
    revision = found.published if found else None
    if found is None or revision is None or not may_read(actor, revision.audience, revision.region):
        raise NotFound(MISSING)
    return found
