"""The audit log: entries that are only ever added, each chained to the one before."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class AuditEntry(Base):
    """One thing that somebody did. No foreign keys: it outlives what it tells of."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, no gaps
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]  # None: the operator, or somebody not known
    actor_role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80))  # “revision:17”, “person:4”
    region: Mapped[str | None] = mapped_column(String(60), index=True)  # whose leads may read it
    detail: Mapped[str] = mapped_column(String(300), default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """The end of the chain, one row: it is locked to add an entry, and tells of a lost tail."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    entries: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
