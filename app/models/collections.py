"""Collections: resources in an order, with notes, kept by curators."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.models.base import Base, Moment, one_of, utc_now
from app.models.people import Person
from app.models.resources import Resource


class Collection(Base):
    """Resources in an order, with notes; it belongs where its owner did when it was begun."""

    __tablename__ = "collections"

    id: Mapped[str] = mapped_column(String(26), primary_key=True)  # ULID, permanent
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[CollectionState] = mapped_column(
        one_of(CollectionState), default=CollectionState.PRIVATE, index=True
    )
    version: Mapped[int] = mapped_column(default=1)  # counts every saving, to notice another's
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    introduction: Mapped[str] = mapped_column(Text, default="")  # Markdown
    notice: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[Audience] = mapped_column(one_of(Audience), default=Audience.PUBLIC)
    # None only while it is private and its owner belongs nowhere.
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    authority: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    school: Mapped[str | None] = mapped_column(String(200))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    cover_name: Mapped[str | None] = mapped_column(ForeignKey("pictures.name"))
    cover_text: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(20), default="en")  # BCP 47
    created_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    edited_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_on: Mapped[date | None] = mapped_column(Date)
    loaded_from: Mapped[str | None] = mapped_column(String(1000), index=True)
    extra_yaml: Mapped[str] = mapped_column(Text, default="")  # front-matter keys not known to us
    owner: Mapped[Person | None] = relationship()
    sections: Mapped[list["CollectionSection"]] = relationship(
        order_by="CollectionSection.position", cascade="all, delete-orphan"
    )
    curators: Mapped[list["CollectionCurator"]] = relationship(
        order_by="CollectionCurator.added_at", cascade="all, delete-orphan"
    )

    @property
    def owner_ids(self) -> tuple[int, ...]:
        """The people whose own it is: its owner and co-curators."""
        own = (self.owner_id,) if self.owner_id is not None else ()
        return (*own, *(curator.person_id for curator in self.curators))

    @property
    def is_submitted(self) -> bool:
        """A collection has no review to be sent to."""
        return True


class CollectionSection(Base):
    """A part of a collection; one without a title holds what stands before any heading."""

    __tablename__ = "collection_sections"

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int]  # from 0 within the collection
    items: Mapped[list["CollectionItem"]] = relationship(
        order_by="CollectionItem.position", cascade="all, delete-orphan"
    )


class CollectionItem(Base):
    """A resource in a collection; at most once in each."""

    __tablename__ = "collection_items"
    __table_args__ = (
        UniqueConstraint("collection_id", "resource_id", name="uq_collection_items_resource"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("collection_sections.id"), index=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)
    position: Mapped[int]  # from 0 within its section
    note: Mapped[str] = mapped_column(Text, default="")  # Markdown
    minutes: Mapped[int | None]
    added_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    resource: Mapped[Resource] = relationship()


class CollectionCurator(Base):
    """Somebody who keeps a collection besides its owner; of any region."""

    __tablename__ = "collection_curators"

    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    added_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class CollectionVersion(Base):
    """How a collection read after one saving, as its Markdown file."""

    __tablename__ = "collection_versions"
    __table_args__ = (
        UniqueConstraint("collection_id", "version", name="uq_collection_versions_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    version: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    saved_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    markdown: Mapped[str] = mapped_column(Text)
    person: Mapped[Person | None] = relationship()


class FormerCollectionSlug(Base):
    """An address that a collection had before; it redirects."""

    __tablename__ = "former_collection_slugs"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
