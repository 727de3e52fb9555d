"""Who keeps a collection besides its owner; of any region."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.collections import CURATORS_LIMIT
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action
from app.models.collections import Collection, CollectionCurator
from app.models.people import Person
from app.services.collection_saving import subject_of
from app.services.collections.beginning import may_delete
from app.services.collections.holding import hold
from app.services.ledger import audit
from app.services.telling import tell

NOBODY = (
    "Nobody with an account here has this e-mail address. Ask them for the one they sign in by."
)
ONLY_OWNER = "Only the person who began the collection may remove another curator."


def add_curator(session: Session, actor: Actor, address: str, email: str) -> Person:
    """Let somebody keep the collection too, and tell them; return who it is.

    Raises:
        NotFound: there is none that this actor may know of.
        NotAllowed: it is not theirs to keep.
        InvalidInput: there is no such account, or they keep it already, or it has many.
    """
    collection = hold(session, actor, address)
    person = _person(session, email)
    if person.id in collection.owner_ids:
        raise InvalidInput(f"{person.name} keeps this collection already.")
    if len(collection.curators) >= CURATORS_LIMIT:
        raise InvalidInput(f"A collection may have {CURATORS_LIMIT} curators besides its owner.")
    collection.curators.append(
        CollectionCurator(person_id=person.id, person=person, added_by_id=actor.id)
    )
    session.flush()
    audit(
        *(session, actor, AuditAction.CURATOR_ADDED, subject_of(collection)),
        region=collection.region,
        detail=f"person {person.id}",
    )
    who = actor.name or "A colleague"
    tell(
        session,
        [person.id],
        NotificationKind.CURATING,
        sentence=f"{who} asks you to help keep the collection “{collection.title}”.",
        reason="You are one of its curators",
        path=f"/collections/{collection.id}/edit",
    )
    return person


def remove_curator(session: Session, actor: Actor, address: str, person_id: int) -> None:
    """Let somebody keep the collection no longer: oneself, or for its owner anybody.

    Raises:
        NotFound: there is no such collection or curator.
        NotAllowed: it is not theirs to say.
    """
    collection = hold(session, actor, address)
    if person_id != actor.id and not may_delete(actor, collection):
        raise NotAllowed(ONLY_OWNER, actor, str(Action.COLLECT))
    leaving = [one for one in collection.curators if one.person_id == person_id]
    if not leaving:
        raise NotFound("This person is not one of its curators.")
    collection.curators.remove(leaving[0])
    audit(
        *(session, actor, AuditAction.CURATOR_REMOVED, subject_of(collection)),
        region=collection.region,
        detail=f"person {person_id}",
    )


def keepers_of(collection: Collection) -> list[Person]:
    """Return who keeps a collection, its owner first."""
    owner = [collection.owner] if collection.owner is not None else []
    return [*owner, *(curator.person for curator in collection.curators)]


def _person(session: Session, email: str) -> Person:
    wanted = email.strip().lower()
    if not wanted or "\0" in wanted:
        raise InvalidInput("Give the e-mail address that they sign in by.")
    found = session.scalars(select(Person).where(func.lower(Person.email) == wanted)).first()
    if found is None or found.disabled_at is not None or not _has_role(found):
        raise InvalidInput(NOBODY)
    return found


def _has_role(person: Person) -> bool:
    now = utc_now()
    return any(
        grant.ended_at is None and (grant.ends_at is None or grant.ends_at > now)
        for grant in person.grants
    )
