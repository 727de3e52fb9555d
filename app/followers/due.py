"""Whether anything has come to its day: something approved, or somebody's digest."""

from sqlalchemy import select

from app.db import reading
from app.domain.follows import Rhythm
from app.domain.moments import utc_now
from app.domain.workflow import State
from app.models.due_digests import people_due
from app.models.resources import Revision


def is_anything_due() -> bool:
    """Say whether an approved revision waits to be published now."""
    due = select(Revision.id).where(
        Revision.state == State.APPROVED, Revision.publish_at <= utc_now()
    )
    with reading() as session:
        return session.scalars(due.limit(1)).first() is not None


def is_any_digest_due(hour: int, usual: Rhythm) -> bool:
    """Say whether somebody's digest waits to be made now."""
    with reading() as session:
        return session.scalars(people_due(utc_now(), hour, usual).limit(1)).first() is not None
