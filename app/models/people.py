"""People, the roles they were granted, and how they were invited."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.people import Role
from app.models.base import Base, Moment, one_of, utc_now
from app.models.schools import School

ENDED = text("ended_at IS NULL")


class Person(Base):
    """Somebody with an account."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # in small letters
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str | None] = mapped_column(String(200))  # argon2id, PHC string
    is_sample: Mapped[bool] = mapped_column(default=False)  # invented, for development
    created_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    disabled_at: Mapped[datetime | None] = mapped_column(Moment)
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", order_by="RoleGrant.id"
    )

    def role_at(self, moment: datetime) -> Role | None:
        """Return the role that was the person's at a moment; None for none."""
        held = [grant.role for grant in self.grants if grant.granted_at <= moment]
        return held[-1] if held else None


class RoleGrant(Base):
    """A role that somebody has or had, and how far it reaches; at most one is in force."""

    __tablename__ = "role_grants"
    __table_args__ = (
        Index(
            "ix_role_grants_one_in_force",
            "person_id",
            unique=True,
            sqlite_where=ENDED,
            postgresql_where=ENDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(one_of(Role))
    # The narrowest place that the role has; the wider ones follow from it and are kept beside it.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    authority: Mapped[str | None] = mapped_column(String(60))  # taxonomy code
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    granted_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)  # it lapses then by itself
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # it was taken back then
    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=person_id)
    school: Mapped[School | None] = relationship()


class Invitation(Base):
    """An offer of an account; its link is signed, not kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)  # in small letters
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Role] = mapped_column(one_of(Role))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    authority: Mapped[str | None] = mapped_column(String(60))  # taxonomy code
    region: Mapped[str | None] = mapped_column(String(60))  # taxonomy code
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    invited_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    school: Mapped[School | None] = relationship()
