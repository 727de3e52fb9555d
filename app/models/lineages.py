"""What was built on what."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, utc_now


class Lineage(Base):
    """That a resource was built on another, and on which of its versions."""

    __tablename__ = "lineages"

    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), primary_key=True)
    # No foreign key: a file may name a parent that this library does not hold.
    parent_id: Mapped[str] = mapped_column(String(26), index=True)
    parent_number: Mapped[int]  # of the parent's revision
    begun_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
