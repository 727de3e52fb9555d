"""What somebody read: for their own eyes, kept ninety days, cleared or switched off by them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import may_read
from app.domain.follows import KEPT_DAYS
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Action, allows, require
from app.models.follows import HistoryOff, Reading
from app.models.resources import Resource, Revision

MOST_SHOWN = 50
NOTED_AGAIN = timedelta(minutes=10)  # opened again within this, nothing is written


@dataclass(frozen=True)
class Read:
    """A resource that somebody opened, as they may read it now."""

    resource: Resource
    revision: Revision
    read_at: datetime


def is_to_note(session: Session, actor: Actor, address: str) -> str | None:
    """Return the id of the resource at this address, where that it was read is to be noted."""
    if actor.id is None or not allows(actor, Action.FOLLOW) or not is_kept(session, actor):
        return None
    asked = (
        select(Resource.id, Reading.read_at)
        .outerjoin(Reading, (Reading.resource_id == Resource.id) & (Reading.person_id == actor.id))
        .where(Resource.slug == address)
    )
    found = session.execute(asked).first()
    if found is None or (found.read_at and utc_now() - found.read_at < NOTED_AGAIN):
        return None
    return str(found.id)


def note(session: Session, actor: Actor, resource_id: str) -> None:
    """Note that the actor read this now, and forget what they read too long ago.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    now = utc_now()
    held = session.get(Reading, (actor.id, resource_id))
    if held is None:
        session.add(Reading(person_id=actor.id or 0, resource_id=resource_id, read_at=now))
    else:
        held.read_at = now
    session.flush()
    session.execute(
        delete(Reading).where(
            Reading.person_id == actor.id, Reading.read_at < now - timedelta(days=KEPT_DAYS)
        )
    )


def find_read(session: Session, actor: Actor) -> tuple[Read, ...]:
    """Return what the actor read lately and may still read, newest first.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    asked = (
        select(Reading)
        .where(
            Reading.person_id == actor.id,
            Reading.read_at >= utc_now() - timedelta(days=KEPT_DAYS),
        )
        .order_by(Reading.read_at.desc())
        .limit(MOST_SHOWN)
        .options(selectinload(Reading.resource).selectinload(Resource.published))
    )
    found = []
    for held in session.scalars(asked):
        revision = held.resource.published
        if revision is not None and may_read(actor, revision.audience, revision.region):
            found.append(Read(held.resource, revision, held.read_at))
    return tuple(found)


def is_kept(session: Session, actor: Actor) -> bool:
    """Say whether what the actor reads is noted."""
    return session.get(HistoryOff, actor.id) is None


def clear(session: Session, actor: Actor) -> None:
    """Forget all that the actor read.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    session.execute(delete(Reading).where(Reading.person_id == actor.id))


def switch(session: Session, actor: Actor, *, is_on: bool) -> None:
    """Note from now on what the actor reads, or no more; what was noted goes with it.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    off = session.get(HistoryOff, actor.id)
    if is_on and off is not None:
        session.delete(off)
    elif not is_on:
        clear(session, actor)
        if off is None:
            session.add(HistoryOff(person_id=actor.id or 0))
    session.flush()
