"""A resource (a case study or a piece of professional learning) and its revisions."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.audience import Audience
from app.domain.resources import Kind
from app.domain.tags import slug_of_tag
from app.domain.workflow import AT_SCHOOL, OPEN, State, Step, after
from app.models.base import Base, Moment, one_of, utc_now

if TYPE_CHECKING:
    from app.models.people import Person
    from app.models.pictures import Picture
    from app.models.reviews import ReviewComment, RevisionStep
    from app.models.submissions import Original, PrivacyAnswer, RevisionAttachment


_OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
IS_OPEN = text(f"state IN ({_OPEN_STATES})")


class Resource(Base):
    """One entry in the library; its words live in its revisions."""

    __tablename__ = "resources"

    id: Mapped[str] = mapped_column(String(26), primary_key=True)  # ULID, permanent
    kind: Mapped[Kind] = mapped_column(one_of(Kind))
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    # Where a file without an id of its own was loaded from, to know it again.
    loaded_from: Mapped[str | None] = mapped_column(String(1000), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    revisions: Mapped[list["Revision"]] = relationship(
        back_populates="resource", order_by="Revision.number"
    )
    former_slugs: Mapped[list["FormerSlug"]] = relationship(back_populates="resource")
    published: Mapped["Revision | None"] = relationship(
        primaryjoin="and_(Revision.resource_id == Resource.id, Revision.state == 'published')",
        viewonly=True,
        uselist=False,
    )


class Revision(Base):
    """One version of a resource's words, with its own place in the workflow."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("resource_id", "number", name="uq_revisions_resource_number"),
        # At most one published revision to a resource, whatever happens.
        Index(
            "ix_revisions_one_published",
            "resource_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        # And at most one that is being written or judged.
        Index(
            "ix_revisions_one_open",
            "resource_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)
    number: Mapped[int]  # counts from 1 within its resource
    state: Mapped[State] = mapped_column(one_of(State), default=State.DRAFT, index=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    published_at: Mapped[datetime | None] = mapped_column(Moment)

    # Whose it is; both are empty where a file was loaded and says no school that we know.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    # Its way through writing and review.
    version: Mapped[int] = mapped_column(default=1)  # counts every saving, to notice another's
    edited_at: Mapped[datetime] = mapped_column(Moment, default=utc_now)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    publish_at: Mapped[datetime | None] = mapped_column(Moment)  # an approved one: not before

    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    notice: Mapped[str] = mapped_column(Text, default="")
    body_markdown: Mapped[str] = mapped_column(Text)
    audience: Mapped[Audience] = mapped_column(one_of(Audience), default=Audience.PUBLIC)
    region: Mapped[str] = mapped_column(String(60), index=True)  # taxonomy code
    authority: Mapped[str | None] = mapped_column(String(60), index=True)  # taxonomy code
    school: Mapped[str | None] = mapped_column(String(200))
    evidence_grade: Mapped[str | None] = mapped_column(String(60))
    evidence_measure: Mapped[str | None] = mapped_column(Text)
    evidence_cohort: Mapped[str | None] = mapped_column(String(60))
    evidence_cost: Mapped[str | None] = mapped_column(String(60))
    learning_type: Mapped[str | None] = mapped_column(String(60))  # taxonomy code
    duration_minutes: Mapped[int | None]
    provider: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20), default="en")  # BCP 47
    licence: Mapped[str | None] = mapped_column(String(60))  # SPDX
    published_on: Mapped[date | None] = mapped_column(Date)
    review_by: Mapped[date | None] = mapped_column(Date)
    # What it was built on: an id, since the library may not hold it, and the line that says so.
    adapted_from: Mapped[str | None] = mapped_column(String(26), index=True)
    attribution: Mapped[str] = mapped_column(Text, default="", server_default="")
    extra_yaml: Mapped[str] = mapped_column(Text, default="")  # front-matter keys not known to us

    resource: Mapped[Resource] = relationship(back_populates="revisions")
    terms: Mapped[list["RevisionTerm"]] = relationship(
        order_by="RevisionTerm.position", cascade="all, delete-orphan"
    )
    tags: Mapped[list["RevisionTag"]] = relationship(
        order_by="RevisionTag.position", cascade="all, delete-orphan"
    )
    pictures: Mapped[list["Picture"]] = relationship(secondary="revision_pictures")
    attachments: Mapped[list["RevisionAttachment"]] = relationship(
        order_by="RevisionAttachment.position", cascade="all, delete-orphan"
    )
    author: Mapped["Person | None"] = relationship(foreign_keys=author_id)
    assigned_to: Mapped["Person | None"] = relationship(foreign_keys=assigned_to_id)
    originals: Mapped[list["Original"]] = relationship(order_by="Original.id")
    steps: Mapped[list["RevisionStep"]] = relationship(order_by="RevisionStep.id")
    comments: Mapped[list["ReviewComment"]] = relationship(order_by="ReviewComment.id")
    privacy_answers: Mapped[list["PrivacyAnswer"]] = relationship()

    @property
    def owner_ids(self) -> tuple[int, ...]:
        """The people whose own it is."""
        return (self.author_id,) if self.author_id is not None else ()

    @property
    def is_submitted(self) -> bool:
        """Whether it ever left the school."""
        return self.state not in AT_SCHOOL

    def take(self, step: Step) -> None:
        """Move along the workflow; the only place that sets the state."""
        self.state = after(self.state, step)


class RevisionTerm(Base):
    """A taxonomy term that a revision is filed under."""

    __tablename__ = "revision_terms"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(40), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]  # the author's order, from 0 within the revision


def _slug_of_its_tag(context: DefaultExecutionContext) -> str:
    given = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    return slug_of_tag(given["tag"])


class RevisionTag(Base):
    """A person's own word on a revision."""

    __tablename__ = "revision_tags"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(100), primary_key=True)
    slug: Mapped[str] = mapped_column(
        String(100), index=True, default=_slug_of_its_tag, server_default=""
    )  # folded: spellings meet in it
    position: Mapped[int]  # the author's order, from 0 within the revision


class FormerSlug(Base):
    """An address that a resource had before; it redirects."""

    __tablename__ = "former_slugs"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    resource_id: Mapped[str] = mapped_column(ForeignKey("resources.id"), index=True)
    resource: Mapped[Resource] = relationship(back_populates="former_slugs")
