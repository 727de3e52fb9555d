"""“I tried this”: who tried a resource, where, and how it went; and what others found of it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.evidence import Outcome
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person
from app.models.resources import Resource
from app.models.schools import School


class Adoption(Base):
    """A school tried a resource; several of one school count as one school."""

    __tablename__ = "adoptions"
    __table_args__ = (Index("ix_adoptions_resource_standing", "resource_id", "deleted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    authority: Mapped[str] = mapped_column(String(60), index=True)  # taxonomy code, as it was then
    region: Mapped[str] = mapped_column(String(60), index=True)  # taxonomy code, as it was then
    stages: Mapped[str] = mapped_column(String(200), default="")  # taxonomy codes, spaces between
    tried_on: Mapped[date] = mapped_column(Date)  # the first of the month
    changes: Mapped[str] = mapped_column(Text, default="")  # what we changed; plain text
    outcome: Mapped[Outcome] = mapped_column(one_of(Outcome))
    would_repeat: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    edited_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)  # moderated: its words do not show
    resource: Mapped[Resource] = relationship()
    person: Mapped[Person] = relationship()
    school: Mapped[School] = relationship()

    @property
    def owner_ids(self) -> tuple[int, ...]:
        """The people whose own it is."""
        return (self.person_id,)

    @property
    def is_submitted(self) -> bool:
        """An adoption stands as soon as it is recorded."""
        return True


class Evaluation(Base):
    """That somebody outside evaluated a practice, recorded by a reviewer with its source."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))  # of the evaluation
    evaluator: Mapped[str] = mapped_column(String(200))  # who evaluated it: a body, not a person
    source: Mapped[str] = mapped_column(String(1000))  # a web address or a citation
    found: Mapped[str] = mapped_column(Text, default="")  # in a sentence or two
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
