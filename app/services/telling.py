"""Tell people what concerns them: in the app at once, by mail through the outbox."""

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.events import EventKind
from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.models.base import utc_now
from app.models.notifications import Notification
from app.models.people import Person, RoleGrant
from app.services.ledger import record


def tell(
    session: Session,
    people: Iterable[int],
    kind: NotificationKind,
    *,
    sentence: str,
    reason: str,
    path: str,
) -> None:
    """Tell each of these people (by id) once.

    `sentence` is what happened, `reason` why this person is told, `path` the page where it goes on.
    """
    for person_id in dict.fromkeys(people):
        notification = Notification(
            person_id=person_id, kind=kind, sentence=sentence[:500], reason=reason, path=path
        )
        session.add(notification)
        session.flush()
        record(session, EventKind.PERSON_TOLD, notification.id)


def find_people(
    session: Session, role: Role, *, region: str | None = None, school_id: int | None = None
) -> tuple[int, ...]:
    """Return the ids of those who have this role now, in a region or at a school, by id."""
    now = utc_now()
    asked = (
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.disabled_at.is_(None),
            RoleGrant.role == role,
            RoleGrant.ended_at.is_(None),
            or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > now),
        )
        .order_by(Person.id)
    )
    if region is not None:
        asked = asked.where(RoleGrant.region == region)
    if school_id is not None:
        asked = asked.where(RoleGrant.school_id == school_id)
    return tuple(session.scalars(asked))
