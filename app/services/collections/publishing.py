"""Show a collection to its readers, and take it back."""

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.errors import InvalidInput, WrongState
from app.domain.events import EventKind
from app.domain.moments import day_in_scotland, utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.models.collections import Collection
from app.services.addresses import give_collection_address
from app.services.collection_saving import keep_version, subject_of
from app.services.collections.holding import hold
from app.services.ledger import audit, record
from app.services.telling import tell


class NotReady(InvalidInput):
    """The collection lacks something before readers may see it."""


def find_gaps(collection: Collection) -> tuple[str, ...]:
    """Return what a collection lacks before it can be published, as sentences."""
    gaps = []
    if not any(section.items for section in collection.sections):
        gaps.append("Add at least one resource.")
    if not collection.summary:
        gaps.append("Say in a sentence what it is for: its summary.")
    if not collection.region:
        gaps.append("Choose the region that it belongs to.")
    return tuple(gaps)


def may_publish(actor: Actor, collection: Collection) -> bool:
    """Say whether the actor may publish this collection, or take it back."""
    return allows(actor, Action.PUBLISH_COLLECTION, collection)


def publish(session: Session, actor: Actor, address: str) -> Collection:
    """Let a collection's readers see it, under an address of its title.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to publish.
        WrongState: it is published already.
        NotReady: it lacks something.
    """
    collection = hold(session, actor, address, action=Action.PUBLISH_COLLECTION)
    if collection.state is CollectionState.PUBLISHED:
        raise WrongState("The collection is published already.")
    gaps = find_gaps(collection)
    if gaps:
        raise NotReady(" ".join(gaps))
    give_collection_address(session, collection)
    now = utc_now()
    collection.state = CollectionState.PUBLISHED
    collection.published_on = day_in_scotland(now)
    collection.version += 1
    keep_version(session, actor, collection)
    collection.published_at = utc_now()
    _tell_followers(session, actor, collection, AuditAction.COLLECTION_PUBLISHED)
    return collection


def take_back(session: Session, actor: Actor, address: str) -> Collection:
    """Make a published collection private again; its curators are told.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to take back.
        WrongState: it is not published.
    """
    collection = hold(session, actor, address, action=Action.PUBLISH_COLLECTION)
    if collection.state is not CollectionState.PUBLISHED:
        raise WrongState("The collection is not published.")
    collection.state = CollectionState.PRIVATE
    collection.version += 1
    _tell_followers(session, actor, collection, AuditAction.COLLECTION_TAKEN_BACK)
    tell(
        session,
        [one for one in collection.owner_ids if one != actor.id],
        NotificationKind.CURATING,
        sentence=f"The collection “{collection.title}” was taken back: only its curators see it.",
        reason="You are one of its curators",
        path=f"/collections/{collection.id}/edit",
    )
    return collection


def _tell_followers(
    session: Session, actor: Actor, collection: Collection, action: AuditAction
) -> None:
    session.flush()
    audit(session, actor, action, subject_of(collection), region=collection.region)
    record(session, EventKind.COLLECTION_CHANGED, collection.id)
