"""Tags as a vocabulary of people's own words: what stands on a resource, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Moment, one_of, utc_now


class TagStep(StrEnum):
    """What a lead or an administrator did to a tag."""

    MERGE = "merge"
    RENAME = "rename"
    RETIRE = "retire"


class Tag(Base):
    """One tag, whatever its spellings; writers' own tags are met by its slug."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)  # folded: spellings meet in it
    label: Mapped[str] = mapped_column(String(100))  # as people read it
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)  # offered no more, still finds
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)  # moderated away
    merged_into: Mapped["Tag | None"] = relationship(remote_side=[id])


class ResourceTag(Base):
    """A tag that somebody put on a published resource; who it was is for the audit only."""

    __tablename__ = "resource_tags"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    tagged_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)  # moderated away
    tag: Mapped[Tag] = relationship()


class TagChange(Base):
    """A merge, a renaming or a retirement, with what it takes to undo it."""

    __tablename__ = "tag_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[TagStep] = mapped_column(one_of(TagStep))
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), index=True)
    into_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"))  # of a merge: the kept one
    before_json: Mapped[str] = mapped_column(Text)  # how it stood
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # None: of all
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    tag: Mapped[Tag] = relationship(foreign_keys=tag_id)
    into: Mapped[Tag | None] = relationship(foreign_keys=into_id)
