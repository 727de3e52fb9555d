"""What people were told, and what they do not wish to be mailed about."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.notifications import NotificationKind
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person


class Notification(Base):
    """One thing that one person is told."""

    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_person", "person_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[NotificationKind] = mapped_column(one_of(NotificationKind))
    sentence: Mapped[str] = mapped_column(String(500))
    reason: Mapped[str] = mapped_column(String(200))  # why this person is told
    path: Mapped[str] = mapped_column(String(200))  # of the page where it goes on
    told_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    mailed_at: Mapped[datetime | None] = mapped_column(Moment)
    person: Mapped[Person] = relationship()


class MailOff(Base):
    """A kind of notification that a person does not wish by mail."""

    __tablename__ = "mails_off"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[NotificationKind] = mapped_column(one_of(NotificationKind), primary_key=True)
