"""Whose digest is due: asked by the clock, and by whoever makes them."""

from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select

from app.domain.follows import Rhythm, last_moment
from app.models.follows import DigestChoice, Follow
from app.models.people import Person


def people_due(now: datetime, hour: int, usual: Rhythm) -> Select[int]:
    """Return the question for the ids of all whose digest is due, each once.

    `hour` is of Scotland's clock; `usual` is the rhythm of those who chose none.
    """
    rhythm = func.coalesce(DigestChoice.rhythm, usual)
    looked_at = func.coalesce(DigestChoice.looked_at, Follow.followed_at)
    is_due = [
        and_(rhythm == one, looked_at < last_moment(one, now, hour))
        for one in (Rhythm.DAILY, Rhythm.WEEKLY)
    ]
    return (
        select(Follow.person_id)
        .join(Person, Person.id == Follow.person_id)
        .outerjoin(DigestChoice, DigestChoice.person_id == Follow.person_id)
        .where(Person.disabled_at.is_(None), or_(*is_due))
        .distinct()
    )
