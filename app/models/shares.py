"""What people sent to one another, the groups they send to, and links that let somebody in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.sharing import SharedWith
from app.models.base import Base, Moment, one_of, utc_now
from app.models.collections import Collection
from app.models.people import Person
from app.models.resources import Resource
from app.models.schools import School


class PeopleGroup(Base):
    """People whom somebody often sends to, under a name; its owner's alone."""

    __tablename__ = "people_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    members: Mapped[list["GroupMember"]] = relationship(cascade="all, delete-orphan")


class GroupMember(Base):
    """Somebody in a group."""

    __tablename__ = "group_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("people_groups.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()


class Share(Base):
    """A resource or a collection that was sent to somebody; it opens nothing by itself."""

    __tablename__ = "shares"

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resources.id"), index=True)
    collection_id: Mapped[str | None] = mapped_column(ForeignKey("collections.id"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    message: Mapped[str] = mapped_column(Text, default="")
    shared_with: Mapped[SharedWith] = mapped_column(one_of(SharedWith))
    # The one of these that `shared_with` names.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    authority: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    group_id: Mapped[int | None] = mapped_column(ForeignKey("people_groups.id"), index=True)
    shared_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)
    resource: Mapped[Resource | None] = relationship()
    collection: Mapped[Collection | None] = relationship()
    sender: Mapped[Person] = relationship(foreign_keys=from_id)
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    school: Mapped[School | None] = relationship()
    group: Mapped[PeopleGroup | None] = relationship()


class ShareLink(Base):
    """A secret link to a restricted resource or a private collection; only its hash is kept."""

    __tablename__ = "share_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256, hexadecimal
    resource_id: Mapped[str | None] = mapped_column(ForeignKey("resources.id"), index=True)
    collection_id: Mapped[str | None] = mapped_column(ForeignKey("collections.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(200), default="")  # whom it is for, in words
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    most_uses: Mapped[int | None]  # None: as often as wished until it expires
    uses: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(Moment)  # last
    resource: Mapped[Resource | None] = relationship()
    collection: Mapped[Collection | None] = relationship()
    made_by: Mapped[Person] = relationship()
