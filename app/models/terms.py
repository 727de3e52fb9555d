"""What was changed in the vocabularies; the vocabularies themselves are content/taxonomy/."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, utc_now


class TermChange(Base):
    """One change to one term, with how it stood before and after, to be undone."""

    __tablename__ = "term_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    vocabulary: Mapped[str] = mapped_column(String(60), index=True)
    code: Mapped[str] = mapped_column(String(80))
    before_json: Mapped[str] = mapped_column(Text)  # "null" where the term is new
    after_json: Mapped[str] = mapped_column(Text)
    file_sha256: Mapped[str] = mapped_column(String(64))  # of the whole file, once it was changed
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the operator
    made_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
