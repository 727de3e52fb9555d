"""Begin a collection, and delete one."""

from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audit import AuditAction
from app.domain.collections import CollectionState
from app.domain.errors import InvalidInput, NotAllowed, WrongState
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, Scope, require, scope_of
from app.models.collections import (
    Collection,
    CollectionSection,
    CollectionVersion,
    FormerCollectionSlug,
)
from app.models.follows import Saved
from app.models.schools import School
from app.models.shares import Share, ShareLink
from app.services.addresses import provisional_slug
from app.services.collection_saving import keep_version, subject_of
from app.services.collections.holding import hold
from app.services.collections.words import WordsRefused, tidy_title
from app.services.ledger import audit, record

TAKE_BACK_FIRST = "Readers see this collection: take it back first, then delete it."
ONLY_OWNER = "Only the person who began a collection may delete it; a curator may leave it."


def begin(session: Session, actor: Actor, title: str) -> Collection:
    """Begin a private collection at the actor's place.

    Raises:
        NotAllowed: the actor may keep none.
        WordsRefused: it has no title, or one too long.
    """
    require(actor, Action.COLLECT)
    try:
        name = tidy_title(title)
    except InvalidInput as problem:
        raise WordsRefused({"title": str(problem)}) from None
    collection_id = str(ULID())
    school = session.get(School, actor.school_id) if actor.school_id is not None else None
    collection = Collection(
        id=collection_id,
        # Its title is told to nobody before it is published, not even by its address.
        slug=provisional_slug(collection_id),
        title=name,
        version=1,
        region=actor.region,
        authority=actor.authority,
        school_id=actor.school_id,
        school=school.name if school else None,
        owner_id=actor.id,
        sections=[CollectionSection(title="", position=0)],
    )
    session.add(collection)
    session.flush()
    keep_version(session, actor, collection)
    audit(
        *(session, actor, AuditAction.COLLECTION_BEGUN, subject_of(collection)),
        region=collection.region,
    )
    return collection


def may_delete(actor: Actor, collection: Collection) -> bool:
    """Say whether the actor may delete a collection that they keep: its owner, administrators."""
    is_mine = actor.id is not None and actor.id == collection.owner_id
    return is_mine or scope_of(actor, Action.COLLECT) is Scope.ALL


def delete(session: Session, actor: Actor, address: str) -> None:
    """Delete a collection with its versions; the resources stay where they are.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to delete.
        WrongState: readers see it still.
    """
    collection = hold(session, actor, address)
    if not may_delete(actor, collection):
        raise NotAllowed(ONLY_OWNER, actor, str(Action.COLLECT))
    if collection.state is CollectionState.PUBLISHED:
        raise WrongState(TAKE_BACK_FIRST)
    for table in (CollectionVersion, FormerCollectionSlug, Saved, Share, ShareLink):
        session.execute(delete_rows(table).where(table.collection_id == collection.id))
    audit(
        *(session, actor, AuditAction.COLLECTION_DELETED, subject_of(collection)),
        region=collection.region,
    )
    record(session, EventKind.COLLECTION_CHANGED, collection.id)
    session.delete(collection)
    session.flush()
