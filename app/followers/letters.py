"""Write the letter that an event of the outbox asks for, or say why there is none."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.events import EventKind
from app.domain.moments import SCOTLAND
from app.domain.notifications import as_clause
from app.followers.desk import LIBRARY, Desk, NoLetter, plain, subject_of
from app.followers.digest_letter import about_digest
from app.formats.signed_links import Purpose
from app.models.notifications import MailOff, Notification
from app.models.outbox import OutboxEvent
from app.models.people import Invitation, Person
from app.models.sign_ins import PasswordReset
from app.outside.mail import Letter

__all__ = ["LIBRARY", "Desk", "NoLetter", "plain", "write_letter"]


def write_letter(
    session: Session, event: OutboxEvent, desk: Desk, now: datetime
) -> Letter | NoLetter:
    """Return the letter that an event asks for, as its subject stands now."""
    write = WRITERS.get(event.kind)
    if write is None:
        return NoLetter("no letter is written about this")
    return write(session, int(event.subject_id), desk, now)


def _about_notification(
    session: Session, row_id: int, desk: Desk, now: datetime
) -> Letter | NoLetter:
    told = session.get(Notification, row_id)
    if told is None:
        return NoLetter("it is gone")
    off = session.get(MailOff, (told.person_id, told.kind)) if told.kind.is_optional else None
    if told.read_at or told.person.disabled_at or off:
        return NoLetter("read already" if told.read_at else "not wished")
    settings = desk.link("notifications/settings")
    headers = {"Message-ID": desk.message_id("notification", told.id, told.told_at)}
    stop = "Mails about your own account cannot be turned off."
    if told.kind.is_optional:
        one_click = desk.signed_link("notifications/stop", Purpose.MAIL_OFF, told.id)
        headers["List-Unsubscribe"] = f"<{one_click}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        stop = f"No more mails about {told.kind.about}:\n{one_click}"
    text = f"""\
{plain(told.sentence)}

{desk.link(told.path)}

You get this mail because {as_clause(plain(told.reason))}

{stop}
Choose what you are mailed about: {settings}
"""
    return Letter(told.person.email, subject_of(told.sentence), text, headers)


def _about_invitation(
    session: Session, row_id: int, desk: Desk, now: datetime
) -> Letter | NoLetter:
    invitation = session.get(Invitation, row_id)
    if invitation is None or invitation.used_at or invitation.revoked_at:
        return NoLetter("used or revoked")
    if invitation.expires_at <= now:
        return NoLetter("expired")
    by = session.get(Person, invitation.invited_by_id) if invitation.invited_by_id else None
    inviter = plain(by.name) if by else "The person who keeps the library"
    link = desk.signed_link("invitations", Purpose.INVITATION, invitation.id)
    text = f"""\
Hello {plain(invitation.name)},

{inviter} invites you to {LIBRARY} as {_with_article(invitation.role.label)}.
Choose a password here:

{link}

The link works once, until {_day(invitation.expires_at)}.

You get this mail because your address was given for this invitation. If you do not
know why, do nothing: without you there will be no account, and no further mail.
"""
    headers = {"Message-ID": desk.message_id("invitation", invitation.id, invitation.invited_at)}
    return Letter(invitation.email, f"Your invitation to {LIBRARY}", text, headers)


def _about_reset(session: Session, row_id: int, desk: Desk, now: datetime) -> Letter | NoLetter:
    reset = session.get(PasswordReset, row_id)
    if reset is None or reset.used_at or reset.person.disabled_at:
        return NoLetter("used, or nobody’s")
    if reset.expires_at <= now:
        return NoLetter("expired")
    link = desk.signed_link("reset", Purpose.RESET, reset.id)
    text = f"""\
Hello {plain(reset.person.name)},

Choose a new password for {LIBRARY} here:

{link}

The link works once, until {_day(reset.expires_at)}.

You get this mail because somebody asked for a new password for this address. If it
was not you, do nothing: your password stays as it is. Such mails cannot be turned off.
"""
    headers = {"Message-ID": desk.message_id("reset", reset.id, reset.asked_at)}
    return Letter(reset.person.email, f"A new password for {LIBRARY}", text, headers)


Writer = Callable[[Session, int, Desk, datetime], Letter | NoLetter]
WRITERS: Mapping[EventKind, Writer] = {
    EventKind.PERSON_TOLD: _about_notification,
    EventKind.PERSON_INVITED: _about_invitation,
    EventKind.RESET_ASKED: _about_reset,
    EventKind.DIGEST_MADE: about_digest,
}


def _with_article(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def _day(at: datetime) -> str:
    there = at.astimezone(SCOTLAND)
    return f"{there:%H:%M} on {there.day} {there:%B %Y}"
