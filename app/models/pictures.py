"""Pictures that revisions show: each held once, under one name."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

revision_pictures = Table(
    "revision_pictures",
    Base.metadata,
    Column("revision_id", ForeignKey("revisions.id"), primary_key=True),
    Column("picture_name", ForeignKey("pictures.name"), primary_key=True),
)


class Picture(Base):
    """One picture; its bytes never change under its name."""

    __tablename__ = "pictures"

    name: Mapped[str] = mapped_column(String(150), primary_key=True)  # a file name, no folder
    media_type: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)  # hexadecimal
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
