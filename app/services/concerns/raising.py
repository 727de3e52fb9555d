"""Report something to those who moderate."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.concerns import ConcernAbout
from app.domain.errors import InvalidInput, NotFound, TooManyTries
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, require
from app.models.questions import Concern
from app.services.concerns.things import ReportedThing, find_thing
from app.services.ledger import audit
from app.services.telling import find_people, tell

SHORTEST, LONGEST = 5, 500  # characters
MOST_IN_A_DAY = 20  # by one person
A_DAY = timedelta(days=1)
GONE = "There is nothing like that to report, or it is not for you to read."


def read_to_raise(
    session: Session, actor: Actor, about: ConcernAbout, thing_id: str
) -> ReportedThing:
    """Return something that the actor can read, and so may report.

    Raises:
        NotAllowed: the actor reports nothing.
        NotFound: there is none that they can read.
    """
    require(actor, Action.RAISE_CONCERN)
    thing = find_thing(session, about, thing_id) if "\0" not in thing_id else None
    if thing is None or not thing.is_shown_to(actor):
        raise NotFound(GONE)
    return thing


def raise_concern(
    session: Session, actor: Actor, about: ConcernAbout, thing_id: str, words: str
) -> Concern:
    """Report something and say why; those who decide are told. Twice by one person counts once.

    Raises:
        NotAllowed: the actor reports nothing.
        NotFound: there is no such thing that they can read.
        InvalidInput: there are too few words or too many.
        TooManyTries: they reported too much today.
    """
    thing = read_to_raise(session, actor, about, thing_id)
    said = words.replace("\0", "").strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise InvalidInput(f"Say what is the matter, in {SHORTEST} to {LONGEST} characters.")
    mine = select(Concern).where(
        Concern.about == about,
        Concern.thing_id == thing.thing_id,
        Concern.raised_by_id == actor.id,
        Concern.decided_at.is_(None),
    )
    held = session.scalars(mine).first()
    if held is not None:
        held.words = said
        return held
    _require_patience(session, actor)
    concern = Concern(
        about=about,
        thing_id=thing.thing_id,
        resource_id=thing.resource.id if thing.resource else None,
        region=thing.region,
        words=said,
        raised_by_id=actor.id,
    )
    session.add(concern)
    session.flush()
    subject = f"{about}:{thing.thing_id}"
    audit(session, actor, AuditAction.CONCERN_RAISED, subject, region=thing.region)
    _tell_deciders(session, actor, concern)
    return concern


def _require_patience(session: Session, actor: Actor) -> None:
    mine = select(func.count()).where(
        Concern.raised_by_id == actor.id, Concern.raised_at > utc_now() - A_DAY
    )
    if (session.scalar(mine) or 0) >= MOST_IN_A_DAY:
        raise TooManyTries(f"You reported {MOST_IN_A_DAY} things within a day. Go on tomorrow.")


def _tell_deciders(session: Session, actor: Actor, concern: Concern) -> None:
    deciders: tuple[int, ...] = ()
    if concern.region is not None:
        deciders = find_people(session, Role.REGIONAL_LEAD, region=concern.region)
    # Where a region has no lead, somebody must hear of it all the same.
    deciders = deciders or find_people(session, Role.ADMINISTRATOR)
    tell(
        session,
        [person for person in deciders if person != actor.id],
        NotificationKind.CONCERN,
        sentence=f"Somebody reported {words_for(concern.about)}.",
        reason="You decide about what is reported in your region or in the library.",
        path=f"/concerns/{concern.id}",
    )


def words_for(about: ConcernAbout) -> str:
    """Return a kind of thing with its article: an answer."""
    return _WORDS[about]


_WORDS = {
    ConcernAbout.TAG: "a tag",
    ConcernAbout.ADOPTION: "a note of “I tried this”",
    ConcernAbout.QUESTION: "a question",
    ConcernAbout.ANSWER: "an answer",
    ConcernAbout.COLLECTION: "a collection",
}
