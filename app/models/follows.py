"""What people follow, save and read, and the digests that were made of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.follows import FollowKind, Rhythm
from app.models.base import Base, Moment, one_of, utc_now
from app.models.collections import Collection
from app.models.people import Person
from app.models.resources import Resource


class Follow(Base):
    """Something that somebody wants to hear of."""

    __tablename__ = "follows"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "key", name="uq_follows_person_kind_key"),
        Index("ix_follows_kind_key", "kind", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[FollowKind] = mapped_column(one_of(FollowKind))
    # A taxonomy code, a tag's slug, the id of a school or collection, or a search's address query.
    key: Mapped[str] = mapped_column(String(400))
    label: Mapped[str] = mapped_column(String(200))  # as its owner reads it
    followed_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    person: Mapped[Person] = relationship()


class DigestChoice(Base):
    """How often somebody wants a digest, and when news were last gathered for them."""

    __tablename__ = "digest_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(one_of(Rhythm), default=Rhythm.WEEKLY)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)  # up to when news were gathered


class Digest(Base):
    """One digest for one person; mailed through the outbox."""

    __tablename__ = "digests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    # Ids and reasons; words are looked up when it is mailed, and the outbox tells whether it was.
    items_json: Mapped[str] = mapped_column(Text)
    person: Mapped[Person] = relationship()


class DigestedThing(Base):
    """That somebody was told of something in a digest: never twice about the same."""

    __tablename__ = "digested_things"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    thing_id: Mapped[str] = mapped_column(String(40), primary_key=True)  # its id
    digest_id: Mapped[int] = mapped_column(ForeignKey("digests.id"), index=True)


class Saved(Base):
    """A resource or collection that somebody keeps for later."""

    __tablename__ = "saved"
    __table_args__ = (
        UniqueConstraint("person_id", "resource_id", name="uq_saved_resource"),
        UniqueConstraint("person_id", "collection_id", name="uq_saved_collection"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resources.id"), index=True)
    collection_id: Mapped[str | None] = mapped_column(ForeignKey("collections.id"), index=True)
    saved_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    resource: Mapped[Resource | None] = relationship()
    collection: Mapped[Collection | None] = relationship()


class Reading(Base):
    """That somebody opened a resource, and when last; for their own eyes, until they clear it."""

    __tablename__ = "readings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    resource_id: Mapped[str] = mapped_column(
        ForeignKey("resources.id"), primary_key=True, index=True
    )
    read_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    resource: Mapped[Resource] = relationship()


class HistoryOff(Base):
    """That somebody does not wish what they read to be kept."""

    __tablename__ = "history_off"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
