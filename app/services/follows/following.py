"""Follow something and leave it again; how often the digest of it comes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound
from app.domain.follows import MOST_FOLLOWS, FollowKind, Rhythm
from app.domain.people import Actor
from app.domain.permissions import Action, Place, require, require_sight
from app.domain.taxonomy import Taxonomy
from app.models.base import utc_now
from app.models.follows import DigestChoice, Follow
from app.models.people import Person
from app.services.follows.naming import name_of
from app.services.ledger import audit

GONE = "You follow nothing by this number."
NO_LINK = "This link is not one of ours, or no longer works."


def follow(
    session: Session, actor: Actor, taxonomy: Taxonomy, kind: FollowKind, key: str
) -> Follow:
    """Follow something; twice is harmless.

    `key` is a taxonomy's code, a tag, a school's id, a collection's slug or id, or what stands
    behind the question mark of a search page's address.

    Raises:
        NotAllowed: the matrix says no.
        NotFound: there is no such thing for this actor.
        InvalidInput: it cannot be followed, or so much is followed already.
    """
    require(actor, Action.FOLLOW)
    named = name_of(session, actor, taxonomy, kind, key)
    mine = Follow.person_id == actor.id
    held = session.scalars(
        select(Follow).where(mine, Follow.kind == kind, Follow.key == named.key)
    ).first()
    if held is not None:
        return held
    count = session.scalar(select(func.count()).select_from(Follow).where(mine)) or 0
    if count >= MOST_FOLLOWS:
        raise InvalidInput(
            f"You follow {count} things already. Stop following some on “My page” first."
        )
    made = Follow(person_id=actor.id or 0, kind=kind, key=named.key, label=named.label[:200])
    session.add(made)
    session.flush()
    # What it is stays out of the audit log: that log is kept for ever, and this is theirs.
    audit(session, actor, AuditAction.FOLLOWED, f"follow:{made.id}", detail=kind.value)
    return made


def unfollow(session: Session, actor: Actor, follow_id: int) -> Follow:
    """Stop following something; return what it was.

    Raises:
        NotAllowed: the matrix says no.
        NotFound: it is not the actor's, or there is none.
    """
    require(actor, Action.FOLLOW)
    held = session.get(Follow, follow_id)
    owners = () if held is None else (held.person_id,)
    require_sight(actor, Action.FOLLOW, Place(owner_ids=owners), GONE)
    if held is None:
        raise NotFound(GONE)
    session.delete(held)
    audit(session, actor, AuditAction.UNFOLLOWED, f"follow:{held.id}", detail=held.kind.value)
    session.flush()
    return held


def find(session: Session, actor: Actor) -> tuple[Follow, ...]:
    """Return what the actor follows, by kind and label.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    found = session.scalars(select(Follow).where(Follow.person_id == actor.id))
    return tuple(sorted(found, key=lambda held: (list(FollowKind).index(held.kind), held.label)))


def find_one(session: Session, actor: Actor, kind: FollowKind, key: str) -> Follow | None:
    """Return the actor's follow of this, by its key as `Follow` keeps it; None for none."""
    return session.scalars(
        select(Follow).where(Follow.person_id == actor.id, Follow.kind == kind, Follow.key == key)
    ).first()


def rhythm_of(session: Session, actor: Actor, usual: Rhythm) -> Rhythm:
    """Return how often the actor gets a digest; `usual` where they never chose.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    held = session.get(DigestChoice, actor.id)
    return held.rhythm if held else usual


def choose_rhythm(session: Session, actor: Actor, rhythm: Rhythm) -> None:
    """Let the actor's digest come so often from now on.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.FOLLOW)
    _choose(session, actor.id or 0, rhythm)


def person_of_link(session: Session, person_id: int | None) -> int:
    """Return the id in a signed link, where there is such a person.

    Raises:
        NotFound: the link is not one of ours, or nobody's any more.
    """
    if person_id is None or session.get(Person, person_id) is None:
        raise NotFound(NO_LINK)
    return person_id


def stop_digests(session: Session, person_id: int | None) -> None:
    """Stop somebody's digests; twice is harmless.

    Whoever holds the signed link may do so, and nothing else.

    Raises:
        NotFound: the link is not one of ours, or nobody's any more.
    """
    _choose(session, person_of_link(session, person_id), Rhythm.NEVER)


def _choose(session: Session, person_id: int, rhythm: Rhythm) -> None:
    held = session.get(DigestChoice, person_id)
    if held is None:
        held = DigestChoice(person_id=person_id, rhythm=rhythm)
        session.add(held)
    elif held.rhythm is Rhythm.NEVER and rhythm is not Rhythm.NEVER:
        # What came while none was wished is not told of afterwards.
        held.looked_at = utc_now()
    held.rhythm = rhythm
    session.flush()
