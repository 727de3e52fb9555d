"""What people do with their own account: a new password, a way back in, the browsers they use."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import EventKind
from app.domain.notifications import NotificationKind
from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action, require
from app.models.people import Person
from app.models.sign_ins import PasswordReset, SignIn
from app.services.accounts import passwords, sessions, sign_in
from app.services.accounts.actors import actor_of
from app.services.accounts.delays import Caller, forgive
from app.services.accounts.sessions import Limits
from app.services.accounts.sign_in import Admitted, Attempt, find_by_email
from app.services.ledger import audit, record
from app.services.telling import tell

RESET_LASTS = timedelta(hours=1)
FIRST_LASTS = timedelta(days=7)  # the way in to an account that has no password yet
RESETS_AT_ONCE = 3  # open for one person; more are not mailed
RESET_OVER = (
    "This link cannot be used: it was used already, or is older than an hour. Ask for another."
)
GONE = "There is no such account, or it is not yours to see."


def read_self(session: Session, actor: Actor) -> Person:
    """Return the actor's own account, with the roles it has and had.

    Raises:
        NotAllowed: nobody is signed in.
        NotFound: it is there no more.
    """
    require(actor, Action.HAVE_ACCOUNT)
    person = session.get(Person, actor.id, options=[selectinload(Person.grants)])
    if person is None:
        raise NotFound(GONE)
    return person


def change_password(
    session: Session, attempt: Attempt, *, new: str, device: str, now: datetime
) -> Admitted:
    """Give a new password after the present one was right.

    Every sign-in ends, and the present browser gets another.

    Raises:
        InvalidInput: the new one cannot be used, or it was changed elsewhere meanwhile.
    """
    person = session.get(Person, attempt.person_id, with_for_update=True)
    if person is None or person.password_hash != attempt.kept:
        raise InvalidInput("Your password was changed elsewhere just now. Sign in again.")
    forgive(session, attempt.caller, now)
    return _set_password(session, person, password=new, device=device, now=now)


def ask_for_reset(session: Session, caller: Caller, now: datetime) -> None:
    """Let a link for a new password be mailed, if there is such an account; say nothing of it.

    Whether there is one or not, a count and an entry of the audit log are written, and it takes
    as long.

    Raises:
        TooManyTries: it was asked for too often, for this name or from this address.
    """
    sign_in.require_patience(session, caller, now)
    person = find_by_email(session, caller.email)
    actor = actor_of(person, now) if person else None
    subject = f"person:{person.id if person and actor else 'unknown'}"
    region = actor.region if actor else None
    audit(session, VISITOR, AuditAction.RESET_ASKED, subject, region=region)
    is_meant = person is not None and actor is not None
    _offer_reset(session, person if is_meant else _anybody(session), now, is_meant=is_meant)


def make_reset(session: Session, person: Person, now: datetime, lasts: timedelta) -> PasswordReset:
    """Make a way in for a person; nobody is mailed."""
    reset = PasswordReset(person_id=person.id, asked_at=now, expires_at=now + lasts)
    session.add(reset)
    session.flush()
    return reset


def _anybody(session: Session) -> Person | None:
    """Return some person, only so that asking for nobody takes as long."""
    asked = select(Person).order_by(Person.id).limit(1)
    return session.scalars(asked.options(selectinload(Person.grants))).first()


def _offer_reset(session: Session, person: Person | None, now: datetime, *, is_meant: bool) -> None:
    """Make a reset and let it be mailed; undone again for whoever is not meant.

    So the database has the same work whether there is such an account or not.
    """
    if person is None:
        return
    waiting = select(PasswordReset.id).where(
        PasswordReset.person_id == person.id,
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > now,
    )
    is_meant = is_meant and len(session.scalars(waiting).all()) < RESETS_AT_ONCE
    with session.begin_nested() as made:
        reset = make_reset(session, person, now, RESET_LASTS)
        record(session, EventKind.RESET_ASKED, reset.id)
        session.flush()
        if not is_meant:
            made.rollback()


def read_usable_reset(session: Session, reset_id: int | None, now: datetime) -> PasswordReset:
    """Return a reset that can be used, held until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    asked = select(PasswordReset).where(PasswordReset.id == (reset_id or 0)).with_for_update()
    reset = session.scalars(asked.execution_options(populate_existing=True)).first()
    if reset is None or reset.used_at is not None or reset.expires_at <= now:
        raise NotFound(RESET_OVER)
    if actor_of(reset.person, now) is None:
        raise NotFound(RESET_OVER)
    return reset


def use_reset(
    session: Session, reset: PasswordReset, *, password: str, device: str, now: datetime
) -> Admitted:
    """Give a new password to the person of a reset, and sign them in; their other resets end.

    Raises:
        InvalidInput: the password cannot be used.
    """
    return _set_password(session, reset.person, password=password, device=device, now=now)


def find_sign_ins(session: Session, actor: Actor, limits: Limits, now: datetime) -> list[SignIn]:
    """Return the browsers in which the actor is signed in, the last seen first."""
    require(actor, Action.HAVE_ACCOUNT)
    asked = select(SignIn).where(
        SignIn.person_id == actor.id,
        SignIn.ended_at.is_(None),
        SignIn.seen_at > now - limits.idle,
        SignIn.began_at > now - limits.whole,
    )
    return list(session.scalars(asked.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end_sign_in(session: Session, actor: Actor, sign_in_id: int, now: datetime) -> None:
    """End one of the actor's own sign-ins; twice is harmless.

    Raises:
        NotFound: it is not the actor's.
    """
    require(actor, Action.HAVE_ACCOUNT)
    found = session.get(SignIn, sign_in_id)
    if found is None or found.person_id != actor.id:
        raise NotFound("There is no such browser among yours.")
    if found.ended_at is None:
        found.ended_at = now
        audit(session, actor, AuditAction.DEVICE_ENDED, f"person:{actor.id}", region=actor.region)


def end_other_sign_ins(session: Session, actor: Actor, but: int | None, now: datetime) -> int:
    """End every sign-in of the actor, save one (by id); return how many ended."""
    person = read_self(session, actor)
    ended = sessions.end_all(session, person.id, now, but=but)
    if ended:
        audit(session, actor, AuditAction.DEVICE_ENDED, f"person:{actor.id}", region=actor.region)
    return ended


def _set_password(
    session: Session, person: Person, *, password: str, device: str, now: datetime
) -> Admitted:
    passwords.require_good(password, person.name, person.email)
    person.password_hash = passwords.hash_of(password)
    sessions.end_all(session, person.id, now)
    open_ones = select(PasswordReset).where(
        PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None)
    )
    for open_one in session.scalars(open_ones):
        open_one.used_at = now
    actor = sign_in.require_actor(person, now)
    audit(session, actor, AuditAction.PASSWORD_CHANGED, f"person:{person.id}", region=actor.region)
    tell(
        session,
        [person.id],
        NotificationKind.ACCOUNT,
        sentence="Your password was changed.",
        reason="You are told whenever your account changes.",
        path="/account",
    )
    return sign_in.admit(session, person, actor, device, now)
