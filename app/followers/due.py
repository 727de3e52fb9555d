"""Whether anything approved has come to its day."""

from sqlalchemy import select

from app.db import reading
from app.domain.moments import utc_now
from app.domain.workflow import State
from app.models.resources import Revision


def is_anything_due() -> bool:
    """Say whether an approved revision waits to be published now."""
    due = select(Revision.id).where(
        Revision.state == State.APPROVED, Revision.publish_at <= utc_now()
    )
    with reading() as session:
        return session.scalars(due.limit(1)).first() is not None
