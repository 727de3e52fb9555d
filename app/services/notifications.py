"""What people were told: read, marked as read, and mails about it turned off and on."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.models.notifications import MailOff, Notification

PER_PAGE = 30
LONGEST_PAGE = 10_000
MOST_PER_PLACE = 200  # unread ones looked at, to see which a visit answers
GONE = "There is no such notification, or it is not yours."
OPTIONAL = tuple(kind for kind in NotificationKind if kind.is_optional)


@dataclass(frozen=True)
class NotificationPage:
    """One page of what a person was told, newest first."""

    notifications: tuple[Notification, ...]
    total: int
    unread: int
    page: int
    per_page: int = PER_PAGE


def find(session: Session, actor: Actor, page: int = 1) -> NotificationPage:
    """Return a page of what the actor was told, newest first.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.HAVE_ACCOUNT)
    mine = Notification.person_id == actor.id
    page = max(1, min(page, LONGEST_PAGE))
    total = session.scalar(select(func.count()).select_from(Notification).where(mine)) or 0
    found = session.scalars(
        select(Notification)
        .where(mine)
        .order_by(Notification.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return NotificationPage(tuple(found), total, count_unread(session, actor), page)


def count_unread(session: Session, actor: Actor) -> int:
    """Return how much the actor was told and has not read."""
    unread = select(func.count()).where(
        Notification.person_id == actor.id, Notification.read_at.is_(None)
    )
    return session.scalar(unread) or 0


def open_one(session: Session, actor: Actor, notification_id: int) -> str:
    """Mark one as read; return the path where it goes on.

    Raises:
        NotAllowed: the matrix says no.
        NotFound: there is none, or it is somebody else's.
    """
    require(actor, Action.HAVE_ACCOUNT)
    found = session.get(Notification, notification_id)
    if found is None or found.person_id != actor.id:
        raise NotFound(GONE)
    found.read_at = found.read_at or utc_now()
    return found.path


def mark_all_read(session: Session, actor: Actor, newest_id: int) -> int:
    """Mark as read all up to the newest one that the actor saw; return how many were not.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.HAVE_ACCOUNT)
    return _mark(session, Notification.person_id == actor.id, Notification.id <= newest_id)


def find_answered(session: Session, actor: Actor, path: str) -> tuple[int, ...]:
    """Return the ids of what the actor has not read and now sees: it goes on at this path."""
    asked = (
        select(Notification.id, Notification.path)
        .where(Notification.person_id == actor.id, Notification.read_at.is_(None))
        .limit(MOST_PER_PLACE)
    )
    return tuple(
        row_id
        for row_id, where in session.execute(asked)
        if where.partition("#")[0].partition("?")[0] == path
    )


def mark_seen(session: Session, actor: Actor, ids: Collection[int]) -> int:
    """Mark these of the actor's as read; return how many were not."""
    return _mark(session, Notification.person_id == actor.id, Notification.id.in_(ids))


def _mark(session: Session, *which: object) -> int:
    unread = session.scalars(
        select(Notification.id).where(*which, Notification.read_at.is_(None))  # type: ignore[arg-type]
    ).all()
    session.execute(
        update(Notification).where(Notification.id.in_(unread)).values(read_at=utc_now())
    )
    return len(unread)


def find_mailed(session: Session, actor: Actor) -> tuple[NotificationKind, ...]:
    """Return the kinds that the actor may turn off and is mailed about.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.HAVE_ACCOUNT)
    off = set(session.scalars(select(MailOff.kind).where(MailOff.person_id == actor.id)))
    return tuple(kind for kind in OPTIONAL if kind not in off)


def choose_mailed(session: Session, actor: Actor, kinds: Collection[NotificationKind]) -> None:
    """Let the actor be mailed about these kinds, and about no other that may be turned off.

    Raises:
        NotAllowed: the matrix says no.
    """
    require(actor, Action.HAVE_ACCOUNT)
    session.execute(delete(MailOff).where(MailOff.person_id == actor.id))
    session.add_all(MailOff(person_id=actor.id, kind=k) for k in OPTIONAL if k not in kinds)
    session.flush()


def kind_of_letter(session: Session, notification_id: int | None) -> NotificationKind:
    """Return what a letter was about, by the id in its signed link.

    Raises:
        NotFound: the link is not one of ours, or it can no longer stop anything.
    """
    found = session.get(Notification, notification_id) if notification_id is not None else None
    if found is None or not found.kind.is_optional:
        raise NotFound("This link is not one of ours, or no longer works.")
    return found.kind


def stop_mails(session: Session, notification_id: int | None) -> NotificationKind:
    """Turn off mails of the kind of a letter, for its reader; twice is harmless.

    Whoever holds the signed link may do so, and nothing else.

    Raises:
        NotFound: the link is not one of ours, or it can no longer stop anything.
    """
    kind = kind_of_letter(session, notification_id)
    person_id = session.get_one(Notification, notification_id).person_id
    if session.get(MailOff, (person_id, kind)) is None:
        session.add(MailOff(person_id=person_id, kind=kind))
        session.flush()
    return kind
