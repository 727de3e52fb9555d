"""Schools: where people and resources belong."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class School(Base):
    """One school or early-learning centre."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("authority", "name", name="uq_schools_authority_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    authority: Mapped[str] = mapped_column(String(60), index=True)  # taxonomy code
    region: Mapped[str] = mapped_column(String(60), index=True)  # follows from the authority
    sector: Mapped[str | None] = mapped_column(String(60))  # taxonomy code
    context: Mapped[str] = mapped_column(
        String(200), default=""
    )  # codes: island rural gaelic-medium
    roll: Mapped[int | None]  # pupils, where known
    is_sample: Mapped[bool] = mapped_column(default=False)  # invented, for development
