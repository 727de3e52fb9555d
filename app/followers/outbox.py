"""The outbox as a follower sees it: what waits for it, oldest first, and marking it handled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.events import ABOUT_THE_LIBRARY, EventKind, Follower
from app.models.base import utc_now
from app.models.outbox import OutboxEvent

BATCH = 200  # rows taken at a time
MOST_VALUES = 5000  # rows told of in one statement


@dataclass(frozen=True)
class Waiting:
    """Rows that wait, oldest first, and the resources and collections they are about, each once.

    `kinds` are those of all rows, also of those that are about something else.
    """

    rows: tuple[int, ...] = ()
    subjects: tuple[str, ...] = ()
    kinds: frozenset[EventKind] = frozenset()


def find_waiting(session: Session, follower: Follower, limit: int | None = BATCH) -> Waiting:
    """Return what waits for a follower; None for `limit`: all of it.

    Waiting rows are asked for, not those after the last one seen: a row with a
    lower id may be committed later.
    """
    waiting = session.execute(
        select(OutboxEvent.id, OutboxEvent.subject_id, OutboxEvent.kind)
        .where(OutboxEvent.follower == follower, OutboxEvent.handled_at.is_(None))
        .order_by(OutboxEvent.id)
        .limit(limit)
    ).all()
    subjects = dict.fromkeys(one.subject_id for one in waiting if one.kind in ABOUT_THE_LIBRARY)
    kinds = frozenset(EventKind(one.kind) for one in waiting)
    return Waiting(tuple(one.id for one in waiting), tuple(subjects), kinds)


def mark_handled(session: Session, waiting: Waiting) -> None:
    """Mark the rows handled; doing it twice is harmless."""
    # In portions, since a database takes only so many values at a time.
    for first in range(0, len(waiting.rows), MOST_VALUES):
        rows = waiting.rows[first : first + MOST_VALUES]
        session.execute(
            update(OutboxEvent).where(OutboxEvent.id.in_(rows)).values(handled_at=utc_now())
        )


def count_waiting(session: Session, follower: Follower) -> int:
    """Return how many rows wait for a follower."""
    waiting = select(func.count()).where(
        OutboxEvent.follower == follower, OutboxEvent.handled_at.is_(None)
    )
    return session.scalar(waiting) or 0


def find_recent(session: Session, follower: Follower, since: datetime) -> Mapping[int, str]:
    """Return the resource of every row, by its id, that waits or was handled since."""
    recent = select(OutboxEvent.id, OutboxEvent.subject_id).where(
        OutboxEvent.follower == follower,
        OutboxEvent.kind.in_(ABOUT_THE_LIBRARY),
        or_(OutboxEvent.handled_at.is_(None), OutboxEvent.handled_at >= since),
    )
    return {event.id: event.subject_id for event in session.execute(recent)}
