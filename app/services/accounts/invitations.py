"""Invite people within one's reach; an invitation is used once, within seven days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.events import EventKind
from app.domain.people import MAY_INVITE, Actor
from app.domain.permissions import Action, Place, allows, require
from app.models.people import Invitation, Person, RoleGrant
from app.services.accounts import passwords, sign_in
from app.services.accounts.places import RolePlace
from app.services.accounts.sign_in import Admitted, email_of, find_by_email
from app.services.ledger import audit, record

LASTS = timedelta(days=7)
NAME_LIMIT = 100  # characters
OVER = (
    "This invitation cannot be used: it was used, taken back, or is older than seven days. Ask the "
    "person who invited you for another."
)


@dataclass(frozen=True)
class Guest:
    """Whom somebody invites."""

    name: str
    email: str
    role_place: RolePlace


def invite(session: Session, actor: Actor, guest: Guest, now: datetime) -> Invitation:
    """Invite somebody; an earlier invitation to the same address is taken back.

    The mail follows by the outbox. Who has an account already is told so by that mail, and the
    inviter is not: an address alone says nothing of who is here.

    Raises:
        NotAllowed: not this role, or not at that place.
        InvalidInput: the name or the e-mail address cannot be used.
    """
    require_may_invite(actor, guest.role_place)
    name, email = clean_name(guest.name), clean_email(guest.email)
    earlier = select(Invitation).where(
        Invitation.email == email, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)
    )
    for invitation in session.scalars(earlier):
        if _is_within_reach(actor, invitation):
            _take_back(session, actor, invitation, now)
    place = guest.role_place
    invitation = Invitation(
        email=email,
        name=name,
        role=place.role,
        school_id=place.school_id,
        authority=place.authority,
        region=place.region,
        invited_by_id=actor.id,
        invited_at=now,
        expires_at=now + LASTS,
    )
    session.add(invitation)
    session.flush()
    audit(
        session,
        actor,
        AuditAction.INVITED,
        f"invitation:{invitation.id}",
        region=place.region,
        detail=place.role.label,
    )
    record(session, EventKind.PERSON_INVITED, invitation.id)
    return invitation


def require_may_invite(actor: Actor, wanted: RolePlace) -> None:
    """Do nothing where the actor may invite somebody to this role at this place.

    Raises:
        NotAllowed: not this role, or not at that place.
    """
    require(actor, Action.INVITE, wanted.place)
    if wanted.role not in MAY_INVITE.get(actor.role, frozenset()):
        who, whom = (f"{'an' if r[0] in 'aeiou' else 'a'} {r}" for r in
                     (actor.role.label, wanted.role.label))  # fmt: skip
        sentence = f"{who[0].upper()}{who[1:]} may not invite {whom}."
        raise NotAllowed(sentence, actor, Action.INVITE)


def find_open(session: Session, actor: Actor, now: datetime) -> list[Invitation]:
    """Return the invitations within the actor's reach that can still be used, newest first.

    Raises:
        NotAllowed: the actor may not invite.
    """
    require(actor, Action.INVITE)
    asked = (
        select(Invitation)
        .where(
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
        .options(joinedload(Invitation.school))
    )
    return [i for i in session.scalars(asked) if _is_within_reach(actor, i)]


def revoke(session: Session, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Take an invitation back; twice is harmless.

    Raises:
        NotFound: there is none within the actor's reach.
    """
    invitation = session.get(Invitation, invitation_id)
    if invitation is None or not _is_within_reach(actor, invitation):
        raise NotFound("There is no such invitation, or it is not yours to take back.")
    if invitation.used_at is None and invitation.revoked_at is None:
        _take_back(session, actor, invitation, now)


def take_back_all(session: Session, actor: Actor, inviter_id: int, now: datetime) -> None:
    """Take back what somebody offered who may invite no more."""
    asked = select(Invitation).where(
        Invitation.invited_by_id == inviter_id,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    for invitation in session.scalars(asked):
        _take_back(session, actor, invitation, now)


def _take_back(session: Session, actor: Actor, invitation: Invitation, now: datetime) -> None:
    invitation.revoked_at = now
    audit(
        session,
        actor,
        AuditAction.INVITATION_REVOKED,
        f"invitation:{invitation.id}",
        region=invitation.region,
    )


def read_usable(session: Session, invitation_id: int | None, now: datetime) -> Invitation:
    """Return an invitation that can be used, held until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    asked = select(Invitation).where(Invitation.id == (invitation_id or 0)).with_for_update()
    invitation = session.scalars(asked.execution_options(populate_existing=True)).first()
    if (
        invitation is None
        or invitation.used_at is not None
        or invitation.revoked_at is not None
        or invitation.expires_at <= now
    ):
        raise NotFound(OVER)
    return invitation


def accept(
    session: Session,
    invitation: Invitation,
    *,
    name: str,
    password: str,
    device: str,
    now: datetime,
) -> Admitted:
    """Make the account that an invitation offers, and sign its person in.

    Raises:
        InvalidInput: the name or the password cannot be used, or the address has an account.
    """
    name = clean_name(name)
    passwords.require_good(password, name, invitation.email)
    if find_by_email(session, invitation.email) is not None:
        raise InvalidInput(
            "There is an account with this e-mail address already: sign in, or ask for a new "
            "password."
        )
    person = Person(email=invitation.email, name=name, password_hash=passwords.hash_of(password))
    person.grants.append(
        RoleGrant(
            role=invitation.role,
            school_id=invitation.school_id,
            authority=invitation.authority,
            region=invitation.region,
            granted_by_id=invitation.invited_by_id,
            granted_at=now,
        )
    )
    session.add(person)
    invitation.used_at = now
    session.flush()
    actor = sign_in.require_actor(person, now)
    audit(session, actor, AuditAction.JOINED, f"person:{person.id}", region=actor.region)
    return sign_in.admit(session, person, actor, device, now)


def clean_name(name: str) -> str:
    """Return a name on one line.

    Raises:
        InvalidInput: there is none, or it is too long.
    """
    words = " ".join(name.split())
    if not words or not words.isprintable():
        raise InvalidInput("Enter a name.")
    if len(words) > NAME_LIMIT:
        raise InvalidInput(f"Enter a name of at most {NAME_LIMIT} characters.")
    return words


def clean_email(email: str) -> str:
    """Return an e-mail address as it is kept.

    Raises:
        InvalidInput: it is none.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow

    try:
        found = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidInput(
            "Enter an e-mail address in the right form, such as name@school.example."
        ) from None
    return email_of(found.normalized)


def _is_within_reach(actor: Actor, invitation: Invitation) -> bool:
    place = Place(invitation.region, invitation.authority, invitation.school_id)
    return allows(actor, Action.INVITE, place) and invitation.role in MAY_INVITE.get(
        actor.role, frozenset()
    )
