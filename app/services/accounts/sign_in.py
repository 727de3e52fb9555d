"""Let people in who know their password; say no more to others than that it did not fit."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import NotAllowed, TooManyTries
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Actor
from app.models.people import Person
from app.services.accounts import passwords, sessions
from app.services.accounts.actors import actor_of
from app.services.accounts.delays import Caller, count_failure, forgive, wait_of
from app.services.ledger import audit


@dataclass(frozen=True)
class Admitted:
    """Somebody who gave the right password: the secret for their browser, and who they are."""

    token: str
    actor: Actor


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, already counted as a wrong one until it proves right."""

    caller: Caller
    person_id: int | None  # None: nobody who may sign in
    kept: str | None  # of their password

    def is_right(self, password: str) -> bool:
        """Say whether the password fits; it takes as long for somebody who does not exist.

        Ask outside a transaction: it is slow on purpose.
        """
        return passwords.is_right(self.kept, password)


def open_attempt(
    session: Session, caller: Caller, now: datetime, *, with_samples: bool = False
) -> Attempt:
    """Count a try and return it; to be committed before the password is looked at.

    So of many tries at the same time none slips past the count. Invented people, whose password
    everybody knows, come in only `with_samples`.

    Raises:
        TooManyTries: the caller must wait first.
    """
    require_patience(session, caller, now)
    person = find_by_email(session, caller.email)
    if person is None or actor_of(person, now) is None:
        return Attempt(caller, None, None)
    if person.is_sample and not with_samples:
        return Attempt(caller, None, None)
    return Attempt(caller, person.id, person.password_hash)


def require_patience(session: Session, caller: Caller, now: datetime) -> None:
    """Count something that may be asked only so often.

    Raises:
        TooManyTries: the caller must wait first; that is not counted.
    """
    wait_s = ceil(wait_of(session, caller, now).total_seconds())
    if wait_s > 0:
        raise TooManyTries(
            f"There were too many tries. Wait {_spoken(wait_s)}, then try again.",
            wait_s,
        )
    count_failure(session, caller, now)


def refuse(session: Session, attempt: Attempt) -> None:
    """Leave on record that a password was wrong; what was typed for a name is not kept.

    Whoever typed it is not known to be the account's owner, so nobody is named as the actor.
    """
    person = session.get(Person, attempt.person_id or 0)
    held = actor_of(person, utc_now()) if person else None
    region = held.region if held else None
    subject = _subject(attempt.person_id)
    audit(session, VISITOR, AuditAction.SIGN_IN_REFUSED, subject, region=region)


def admit_attempt(
    session: Session, attempt: Attempt, password: str, device: str, now: datetime
) -> Admitted | None:
    """Sign in whose password was right; None where they were disabled or changed it meanwhile."""
    held = select(Person).where(Person.id == attempt.person_id).with_for_update()
    person = session.scalars(held.execution_options(populate_existing=True)).first()
    actor = actor_of(person, now) if person else None
    if person is None or actor is None or person.password_hash != attempt.kept:
        return None
    forgive(session, attempt.caller, now)
    if attempt.kept and passwords.is_outdated(attempt.kept):
        person.password_hash = passwords.hash_of(password)
    return admit(session, person, actor, device, now)


def require_actor(person: Person, now: datetime) -> Actor:
    """Return a person as services know them.

    Raises:
        NotAllowed: they are disabled, or have no role.
    """
    actor = actor_of(person, now)
    if actor is None:
        raise NotAllowed("This account cannot be used at present.")
    return actor


def admit(session: Session, person: Person, actor: Actor, device: str, now: datetime) -> Admitted:
    """Begin a sign-in for somebody who has shown who they are."""
    token = sessions.begin(session, person, device, now)
    subject = _subject(person.id)
    audit(session, actor, AuditAction.SIGNED_IN, subject, region=actor.region, detail=device)
    return Admitted(token, actor)


def sign_out(session: Session, actor: Actor, token: str, now: datetime) -> None:
    """End a sign-in on the server."""
    sessions.end(session, token, now)
    audit(session, actor, AuditAction.SIGNED_OUT, f"person:{actor.id}", region=actor.region)


def email_of(typed: str) -> str:
    """Return an e-mail address as it is kept: without spaces around it, in small letters."""
    return typed.strip().lower()


def find_by_email(session: Session, email: str) -> Person | None:
    """Return the person with this e-mail address, in whatever case it is typed."""
    if "\0" in email:
        return None  # PostgreSQL refuses to be asked for one
    asked = select(Person).where(Person.email == email_of(email))
    return session.scalars(asked.options(selectinload(Person.grants))).first()


def _subject(person_id: int | None) -> str:
    return f"person:{person_id or 'unknown'}"


def _spoken(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = ceil(seconds / 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
