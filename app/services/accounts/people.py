"""Everybody's accounts, for those who keep them: find, grant, end, disable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound, WrongState
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, Place, Scope, allows, require, scope_of
from app.models.people import Person, RoleGrant
from app.services.accounts import passwords, sessions
from app.services.accounts.actors import grant_in_force
from app.services.accounts.invitations import clean_email, clean_name, take_back_all
from app.services.accounts.places import RolePlace
from app.services.accounts.sign_in import find_by_email
from app.services.ledger import audit
from app.services.telling import tell

GONE = "There is no such person, or they are not yours to see."
PER_PAGE = 50
LAST_ADMINISTRATOR = (
    "This is the only administrator who can sign in: make another one first, so that somebody can "
    "keep the library."
)


@dataclass(frozen=True)
class Filter:
    """Which people to show."""

    words: str = ""  # of a name or an e-mail address
    role: Role | None = None
    page: int = 1


@dataclass(frozen=True)
class PeoplePage:
    """Some of the people found, and how many there are in all."""

    people: list[Person]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def add(
    session: Session,
    actor: Actor,
    *,
    name: str,
    email: str,
    role_place: RolePlace,
    password: str | None,
    now: datetime,
) -> Person:
    """Make an account at once, without an invitation; None for a password: it is set by a reset.

    Raises:
        NotAllowed: the actor does not keep accounts.
        InvalidInput: name, address or password cannot be used, or the address has an account.
    """
    require(actor, Action.KEEP_ACCOUNTS)
    name, email = clean_name(name), clean_email(email)
    if find_by_email(session, email) is not None:
        raise InvalidInput(f"There is an account for {email} already.")
    if password is not None:
        passwords.require_good(password, name, email)
    kept = passwords.hash_of(password) if password is not None else None
    person = Person(name=name, email=email, password_hash=kept)
    session.add(person)
    session.flush()
    audit(session, actor, AuditAction.JOINED, f"person:{person.id}", region=role_place.region)
    grant(session, actor, person.id, role_place, now=now)
    return person


def find(session: Session, actor: Actor, asked: Filter) -> PeoplePage:
    """Return the people within the actor's reach, by name, with the roles they have and had.

    Somebody who invites sees who has a role where they may invite.

    Raises:
        NotAllowed: the actor may not invite.
    """
    require(actor, Action.INVITE)
    wanted = [*_reach(actor), *_narrowed(asked)]
    total = session.scalar(select(func.count()).select_from(Person).where(*wanted)) or 0
    people = session.scalars(
        select(Person)
        .where(*wanted)
        .order_by(func.lower(Person.name), Person.id)
        .limit(PER_PAGE)
        .offset((asked.page - 1) * PER_PAGE)
        .options(selectinload(Person.grants).options(joinedload(RoleGrant.school)))
    )
    return PeoplePage(list(people), total, asked.page)


def names_of(session: Session, people_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of people by id; nobody's id is the operator's."""
    wanted = {person_id for person_id in people_ids if person_id is not None}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    names: dict[int | None, str] = {row.id: row.name for row in found}
    return {**names, None: "the operator"}


def read(session: Session, actor: Actor, person_id: int) -> Person:
    """Return a person within the actor's reach, with the roles they have and had.

    Raises:
        NotAllowed: the actor may not invite.
        NotFound: there is no such person within reach.
    """
    require(actor, Action.INVITE)
    person = session.get(Person, person_id, options=[selectinload(Person.grants)])
    if person is None or not _is_within_reach(actor, person):
        raise NotFound(GONE)
    return person


def grant(
    session: Session,
    actor: Actor,
    person_id: int,
    role_place: RolePlace,
    *,
    now: datetime,
    ends_at: datetime | None = None,
) -> RoleGrant:
    """Give a person a role; the one that they had ends, and so does every sign-in of theirs.

    Raises:
        NotAllowed: the actor does not keep accounts.
        NotFound: there is no such person.
        WrongState: they are the last administrator.
        InvalidInput: the role would end before it begins.
    """
    person = _kept(session, actor, person_id)
    if ends_at is not None and ends_at <= now:
        raise InvalidInput("Choose an end that is still to come.")
    if role_place.role is not Role.ADMINISTRATOR or ends_at is not None:
        _require_another_administrator(session, person, now)
    _end_grants(session, actor, person, now)
    given = RoleGrant(
        role=role_place.role,
        school_id=role_place.school_id,
        authority=role_place.authority,
        region=role_place.region,
        granted_by_id=actor.id,
        granted_at=now,
        ends_at=ends_at,
    )
    person.grants.append(given)
    session.flush()
    audit(
        session,
        actor,
        AuditAction.ROLE_GRANTED,
        f"person:{person.id}",
        region=given.region,
        detail=given.role.label,
    )
    _tell_of_account(session, person, f"Your role here is now {given.role.label}.")
    return given


def end_role(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Take a person's role back; every sign-in of theirs ends.

    Raises:
        NotAllowed: the actor does not keep accounts.
        NotFound: there is no such person.
        WrongState: they have no role, or are the last administrator.
    """
    person = _kept(session, actor, person_id)
    if grant_in_force(person, now) is None:
        raise WrongState("This person has no role that could end.")
    _require_another_administrator(session, person, now)
    _end_grants(session, actor, person, now)
    take_back_all(session, actor, person.id, now)
    _tell_of_account(session, person, "Your role here has ended.")


def disable(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Let a person in no more, until they are enabled; twice is harmless.

    Raises:
        NotAllowed: the actor does not keep accounts.
        NotFound: there is no such person.
        WrongState: they are the last administrator.
    """
    person = _kept(session, actor, person_id)
    _require_another_administrator(session, person, now)
    sessions.end_all(session, person.id, now)
    take_back_all(session, actor, person.id, now)
    if person.disabled_at is None:
        person.disabled_at = now
        _audit(session, actor, AuditAction.DISABLED, person, now)


def enable(session: Session, actor: Actor, person_id: int, now: datetime) -> None:
    """Let a disabled person in again; twice is harmless.

    Raises:
        NotAllowed: the actor does not keep accounts.
        NotFound: there is no such person.
    """
    person = _kept(session, actor, person_id)
    if person.disabled_at is not None:
        person.disabled_at = None
        _audit(session, actor, AuditAction.ENABLED, person, now)


def _kept(session: Session, actor: Actor, person_id: int) -> Person:
    require(actor, Action.KEEP_ACCOUNTS)
    # Held first, and by all: of two administrators who disable each other one comes second.
    session.scalars(
        select(RoleGrant.id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None))
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    held = select(Person).where(Person.id == person_id).with_for_update()
    person = session.scalars(held.execution_options(populate_existing=True)).first()
    if person is None:
        raise NotFound(GONE)
    return person


def _end_grants(session: Session, actor: Actor, person: Person, now: datetime) -> None:
    for held in person.grants:
        if held.ended_at is None:
            held.ended_at = now
            audit(
                session,
                actor,
                AuditAction.ROLE_ENDED,
                f"person:{person.id}",
                region=held.region,
                detail=held.role.label,
            )
    sessions.end_all(session, person.id, now)
    # The old role must leave its place before another takes it.
    session.flush()


def _require_another_administrator(session: Session, person: Person, now: datetime) -> None:
    grant_now = grant_in_force(person, now)
    if person.disabled_at is not None or grant_now is None:
        return
    if grant_now.role is not Role.ADMINISTRATOR:
        return
    others = (
        select(RoleGrant.id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.ended_at.is_(None),
            RoleGrant.ends_at.is_(None),  # whose role lapses by itself cannot be the one left
            Person.id != person.id,
            Person.disabled_at.is_(None),
        )
    )
    if session.scalars(others).first() is None:
        raise WrongState(LAST_ADMINISTRATOR)


def _is_within_reach(actor: Actor, person: Person) -> bool:
    held = grant_in_force(person, utc_now())
    place = Place(held.region, held.authority, held.school_id) if held else Place()
    return allows(actor, Action.INVITE, place)


def _reach(actor: Actor) -> list[ColumnElement[bool]]:
    """Return what `_is_within_reach` says, as the database can ask it of everybody."""
    here = {
        Scope.ALL: None,
        Scope.SCHOOL: RoleGrant.school_id == actor.school_id,
        Scope.AUTHORITY: RoleGrant.authority == actor.authority,
        Scope.REGION: RoleGrant.region == actor.region,
    }[scope_of(actor, Action.INVITE)]
    return [] if here is None else [_has_role(here)]


def _narrowed(asked: Filter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [
        or_(
            func.lower(Person.name).contains(word, autoescape=True),
            Person.email.contains(word, autoescape=True),
        )
        for word in asked.words.replace("\0", "").lower().split()
    ]
    if asked.role is not None:
        wanted.append(_has_role(RoleGrant.role == asked.role))
    return wanted


def _has_role(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return Person.grants.any(
        RoleGrant.ended_at.is_(None)
        & (RoleGrant.ends_at.is_(None) | (RoleGrant.ends_at > utc_now()))
        & wanted
    )


def _audit(
    session: Session, actor: Actor, action: AuditAction, person: Person, now: datetime
) -> None:
    held = grant_in_force(person, now)
    audit(session, actor, action, f"person:{person.id}", region=held.region if held else None)


def _tell_of_account(session: Session, person: Person, sentence: str) -> None:
    tell(
        session,
        [person.id],
        NotificationKind.ACCOUNT,
        sentence=sentence,
        reason="You are told whenever your account changes.",
        path="/account",
    )
