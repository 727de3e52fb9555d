"""Tags as a vocabulary of people's own words: what stands on a resource, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.tags import TagStep
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person


class Tag(Base):
    """One tag, whatever its spellings; writers' own tags are met by its slug.

    A tag of which only writers' spellings are known has no row: it gets one when somebody
    else puts it on, or changes it.
    """

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)  # folded: spellings meet in it
    label: Mapped[str] = mapped_column(String(100))  # as people read it
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    # The tag that is kept: never one that was merged itself, so one step leads there.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)  # offered no more, still finds
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)  # moderated away
    merged_into: Mapped["Tag | None"] = relationship(remote_side=[id])


class ResourceTag(Base):
    """A tag that somebody put on a published resource; who it was is for the audit only.

    It stays when it is taken off: files that were written meanwhile are known again by it.
    """

    __tablename__ = "resource_tags"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    tagged_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    taken_off_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)  # moderated away, on this one only
    tag: Mapped[Tag] = relationship()
    person: Mapped[Person | None] = relationship()


class TagChange(Base):
    """A merge, a renaming or a retirement, with what it takes to undo it."""

    __tablename__ = "tag_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[TagStep] = mapped_column(one_of(TagStep))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), index=True)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"))  # the kept one, where other
    before_json: Mapped[str] = mapped_column(Text)  # every tag that it touched, as it stood
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # None: of all
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    tag: Mapped[Tag] = relationship(foreign_keys=tag_id)
    into: Mapped[Tag | None] = relationship(foreign_keys=into_id)
