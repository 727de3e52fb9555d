"""Decide about what was reported: hide it with a reason, leave it, show it again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, Place, Scope, require, require_sight, scope_of
from app.models.people import Person
from app.models.questions import Concern
from app.services.concerns.raising import words_for
from app.services.concerns.things import ReportedThing, find_thing, hide_tag_everywhere
from app.services.ledger import audit
from app.services.speakers import Speaker, speaker_of
from app.services.telling import tell

SHORTEST, LONGEST = 5, 500  # characters
MOST = 100  # on one page
GONE = "There is no such report, or it is not yours to decide."
LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER


@dataclass(frozen=True)
class SeenConcern:
    """A report as those see it who decide."""

    concern: Concern
    thing: ReportedThing | None  # None: it is gone
    what: str  # a question
    by: Speaker
    is_own: bool  # the words are the decider's: somebody else decides
    may_look: bool  # whether they can read what it stands on
    title: str  # of that; empty where they cannot


def find_concerns(session: Session, actor: Actor, *, is_open: bool = True) -> list[SeenConcern]:
    """Return what waits for a decision, oldest first; or what was decided, newest first.

    Raises:
        NotAllowed: the actor does not moderate.
    """
    require(actor, Action.MODERATE)
    asked = _here(actor).limit(MOST)
    if is_open:
        asked = asked.where(Concern.decided_at.is_(None)).order_by(Concern.raised_at, Concern.id)
    else:
        asked = asked.where(Concern.decided_at.is_not(None)).order_by(Concern.decided_at.desc())
    return [_seen(session, actor, concern) for concern in session.scalars(asked)]


def read_concern(session: Session, actor: Actor, concern_id: int) -> SeenConcern:
    """Return one report.

    Raises:
        NotAllowed: the actor does not moderate.
        NotFound: there is none, or it is not theirs to decide.
    """
    return _seen(session, actor, _read(session, actor, concern_id))


def hide(
    session: Session, actor: Actor, concern_id: int, reason: str, *, everywhere: bool = False
) -> Concern:
    """Hide what was reported; whoever wrote it is told the reason. All reports of it are settled.

    `everywhere` hides a tag on all resources, which administrators may.

    Raises:
        NotAllowed: the actor does not moderate, or wrote it.
        NotFound: there is no such report for them.
        WrongState: it was decided already, or the thing is gone.
        InvalidInput: the reason is missing or too long, or it cannot be hidden so.
    """
    concern, thing = _to_decide(session, actor, concern_id)
    if thing is None or thing.is_hidden or not thing.is_there:
        raise WrongState("Nobody can see this any more: there is nothing left to hide.")
    said = _reason(reason)
    if everywhere:
        _hide_everywhere(session, actor, thing, utc_now())
    else:
        thing.hide(utc_now())
    _settle(session, actor, concern, said, is_hidden=True)
    _note(session, actor, concern, AuditAction.HIDDEN, "everywhere" if everywhere else "")
    sentence = f"{_yours(concern)} was hidden by those who moderate. The reason given: {said}"
    _tell_authors(session, actor, thing, sentence)
    return concern


def dismiss(session: Session, actor: Actor, concern_id: int, reason: str) -> Concern:
    """Leave what was reported as it is. All reports of it are settled.

    Raises:
        NotAllowed: the actor does not moderate, or wrote it.
        NotFound: there is no such report for them.
        WrongState: it was decided already.
        InvalidInput: the reason is missing or too long.
    """
    concern, _ = _to_decide(session, actor, concern_id)
    _settle(session, actor, concern, _reason(reason), is_hidden=False)
    _note(session, actor, concern, AuditAction.CONCERN_DISMISSED)
    return concern


def show_again(session: Session, actor: Actor, concern_id: int) -> Concern:
    """Show what was hidden; whoever wrote it is told.

    Raises:
        NotAllowed: the actor does not moderate, or wrote it.
        NotFound: there is no such report for them.
        WrongState: it is not hidden, or it is gone.
    """
    concern = _read(session, actor, concern_id, is_held=True)
    thing = find_thing(session, concern.about, concern.thing_id)
    if not concern.is_hidden or thing is None or not thing.is_hidden:
        raise WrongState("This is not hidden.")
    _require_others(actor, thing)
    if thing.tag is not None and thing.tag.hidden_at is not None:
        _hide_everywhere(session, actor, thing, None)
    else:
        thing.hide(None)
    concern.is_hidden = False
    session.flush()
    _note(session, actor, concern, AuditAction.SHOWN_AGAIN)
    _tell_authors(session, actor, thing, f"{_yours(concern)} is shown again.")
    return concern


def _yours(concern: Concern) -> str:
    """Return what was reported as its writer is told of it: Your answer."""
    return f"Your {words_for(concern.about).partition(' ')[2]}"


def _here(actor: Actor) -> Select[Concern]:
    asked = select(Concern)
    if scope_of(actor, Action.MODERATE) is Scope.REGION:
        asked = asked.where(Concern.region == actor.region)
    return asked


def _read(session: Session, actor: Actor, concern_id: int, *, is_held: bool = False) -> Concern:
    require(actor, Action.MODERATE)
    asked = select(Concern).where(Concern.id == min(max(concern_id, 0), LARGEST_ID))
    if is_held:
        # Of two who decide at once the second meets what the first did.
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = session.scalars(asked).first()
    if found is None:
        raise NotFound(GONE)
    require_sight(actor, Action.MODERATE, Place(region=found.region), GONE)
    return found


def _to_decide(
    session: Session, actor: Actor, concern_id: int
) -> tuple[Concern, ReportedThing | None]:
    concern = _read(session, actor, concern_id, is_held=True)
    if concern.decided_at is not None:
        raise WrongState("A colleague was quicker: this is decided.")
    thing = find_thing(session, concern.about, concern.thing_id)
    _require_others(actor, thing)
    return concern, thing


def _require_others(actor: Actor, thing: ReportedThing | None) -> None:
    if thing is not None and actor.id in thing.author_ids:
        raise NotAllowed("These are your own words: somebody else decides about them.")


def _hide_everywhere(
    session: Session, actor: Actor, thing: ReportedThing, at: datetime | None
) -> None:
    if scope_of(actor, Action.MODERATE) is not Scope.ALL:
        raise NotAllowed("Only an administrator hides a tag everywhere, or shows it again.")
    if thing.tag is None:
        raise InvalidInput("Only a tag can be hidden everywhere.")
    hide_tag_everywhere(session, thing.tag, at)


def _reason(text: str) -> str:
    said = text.replace("\0", "").strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise InvalidInput(f"Say why, in {SHORTEST} to {LONGEST} characters.")
    return said


def _settle(
    session: Session, actor: Actor, concern: Concern, reason: str, *, is_hidden: bool
) -> None:
    """Decide this report and every other open one of the same thing."""
    alike = select(Concern).where(
        Concern.about == concern.about,
        Concern.thing_id == concern.thing_id,
        Concern.decided_at.is_(None),
    )
    now = utc_now()
    for one in session.scalars(alike):
        one.decided_at, one.decided_by_id = now, actor.id
        one.is_hidden, one.reason = is_hidden, reason
    session.flush()


def _note(
    session: Session, actor: Actor, concern: Concern, action: AuditAction, detail: str = ""
) -> None:
    subject = f"{concern.about}:{concern.thing_id}"
    audit(session, actor, action, subject, region=concern.region, detail=detail)


def _tell_authors(session: Session, actor: Actor, thing: ReportedThing, sentence: str) -> None:
    tell(
        session,
        [person for person in thing.author_ids if person != actor.id],
        NotificationKind.HIDDEN,
        sentence=sentence,
        reason="You wrote it.",
        path=thing.path,
    )


def _seen(session: Session, actor: Actor, concern: Concern) -> SeenConcern:
    thing = find_thing(session, concern.about, concern.thing_id)
    may_look = thing is not None and thing.is_there and thing.sees(actor)
    published = thing.resource.published if thing and thing.resource else None
    return SeenConcern(
        concern=concern,
        thing=thing,
        what=words_for(concern.about),
        by=speaker_of(session.get_one(Person, concern.raised_by_id), concern.raised_at),
        is_own=thing is not None and actor.id in thing.author_ids,
        may_look=may_look,
        title=published.title if published and may_look else "",
    )
