"""Events waiting to be carried to the index, the content folder and the post."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.events import EventKind, Follower
from app.models.base import Base, Moment, one_of, utc_now


class OutboxEvent(Base):
    """One thing that happened, for one follower to act on."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "follower", "handled_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    follower: Mapped[Follower] = mapped_column(one_of(Follower))
    kind: Mapped[EventKind] = mapped_column(one_of(EventKind))
    subject_id: Mapped[str] = mapped_column(String(26))  # the id of what it is about
    happened_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)
    # How it ended, where it was not carried: a letter that nobody will ever take.
    note: Mapped[str | None] = mapped_column(String(200))
