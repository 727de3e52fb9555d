"""What was decided about a revision, and what was said about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.workflow import State, Step
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person


class RevisionStep(Base):
    """One step in the life of a revision: who took it, when, and why."""

    __tablename__ = "revision_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    step: Mapped[Step] = mapped_column(one_of(Step))
    start: Mapped[State] = mapped_column(one_of(State))
    end: Mapped[State] = mapped_column(one_of(State))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    comment: Mapped[str] = mapped_column(Text, default="")
    taken_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    person: Mapped[Person | None] = relationship()
    review: Mapped["Review | None"] = relationship(back_populates="step", uselist=False)

    @property
    def by_role(self) -> str:
        """Who took it, by role: “by a regional lead”; nobody's name."""
        if self.person is None:
            return "on its day" if self.step is Step.PUBLISH else "by the operator"
        role = self.person.role_at(self.taken_at)
        return f"by {role.with_article}" if role else ""


class Review(Base):
    """The rubric behind a decision: each mark is 1 to 4."""

    __tablename__ = "reviews"

    step_id: Mapped[int] = mapped_column(ForeignKey("revision_steps.id"), primary_key=True)
    clarity: Mapped[int]
    evidence: Mapped[int]
    transferability: Mapped[int]
    inclusion: Mapped[int]
    privacy: Mapped[int]
    # The resource's file as it was judged: the next reading shows what changed since.
    judged_markdown: Mapped[str] = mapped_column(Text, default="")
    step: Mapped[RevisionStep] = relationship(back_populates="review")


class ReviewComment(Base):
    """Something said about one section of a revision, or an answer to it."""

    __tablename__ = "review_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("review_comments.id"))
    section: Mapped[str] = mapped_column(String(60), default="")  # a section's code; "": the whole
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(Text)
    is_blocking: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=resolved_by_id)
