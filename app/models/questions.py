"""Questions on a resource, their answers, and what was reported to those who moderate."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.concerns import ConcernAbout
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person
from app.models.resources import Resource


class Question(Base):
    """Something that somebody asks about a resource."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    section: Mapped[str] = mapped_column(String(120), default="")  # anchor into the text; "": all
    words: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(60), index=True)  # the resource's, when asked
    asked_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)  # first
    accepted_id: Mapped[int | None]  # the answer that who asked chose; no key: they name each other
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    resource: Mapped[Resource] = relationship()
    person: Mapped[Person] = relationship()
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.id", back_populates="question")


class Answer(Base):
    """What somebody answers."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    is_by_school: Mapped[bool] = mapped_column(default=False)  # of the resource's own school
    answered_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    question: Mapped[Question] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()


class Concern(Base):
    """Something that was reported, and what was decided about it."""

    __tablename__ = "concerns"
    __table_args__ = (Index("ix_concerns_thing", "about", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[ConcernAbout] = mapped_column(one_of(ConcernAbout))
    thing_id: Mapped[str] = mapped_column(String(40))  # its id
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resources.id"), index=True)
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # whose leads decide
    words: Mapped[str] = mapped_column(String(500))  # why it was reported
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    raised_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_hidden: Mapped[bool] = mapped_column(default=False)  # the decision
    reason: Mapped[str] = mapped_column(String(500), default="")  # of the decision
