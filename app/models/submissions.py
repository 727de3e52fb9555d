"""What belongs to a revision while it is written: its saved versions, its files, its answers."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Moment, utc_now
from app.models.people import Person


class DraftVersion(Base):
    """How a revision read when it was saved: what a merge starts from, so that nothing is lost."""

    __tablename__ = "draft_versions"
    __table_args__ = (
        UniqueConstraint("revision_id", "version", name="uq_draft_versions_revision_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    version: Mapped[int]  # the revision's `version` after this saving
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    fields_json: Mapped[str] = mapped_column(Text)  # the form's fields, by name
    person: Mapped[Person] = relationship()


class Attachment(Base):
    """A file that revisions offer for download; its bytes never change under its name."""

    __tablename__ = "attachments"

    name: Mapped[str] = mapped_column(String(150), primary_key=True)  # a file name, no folder
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64), unique=True)  # hexadecimal
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class RevisionAttachment(Base):
    """An attachment as one revision offers it."""

    __tablename__ = "revision_attachments"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    attachment_name: Mapped[str] = mapped_column(ForeignKey("attachments.name"), primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]  # the author's order, from 0 within the revision
    attachment: Mapped[Attachment] = relationship()


class Original(Base):
    """The file that a draft was taken in from; for its owners and reviewers only."""

    __tablename__ = "originals"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))  # hexadecimal
    size: Mapped[int]  # bytes
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    # What was dropped or doubtful, the pieces not yet placed, and the document's authors, as JSON.
    report_json: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)


class PrivacyAnswer(Base):
    """Why something that looks like a pupil may stand; the reviewer reads it."""

    __tablename__ = "privacy_answers"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)  # of the finding
    reason: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    person: Mapped[Person] = relationship()
