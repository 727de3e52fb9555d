"""Which tags are called otherwise than they were written, as the search engine is told."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.tags import TagName, TagStep
from app.models.resource_tags import kept
from app.models.tags import Tag, TagChange


def names_of_tags(session: Session) -> tuple[TagName, ...]:
    """Return every tag that was merged, renamed, retired or hidden, and those that are kept."""
    into = select(Tag.merged_into_id).where(Tag.merged_into_id.is_not(None))
    renamed = select(TagChange.tag_id).where(
        TagChange.step == TagStep.RENAME, TagChange.undone_at.is_(None)
    )
    touched = (
        select(Tag)
        .where(
            or_(
                Tag.merged_into_id.is_not(None),
                Tag.retired_at.is_not(None),
                Tag.hidden_at.is_not(None),
                Tag.id.in_(into),
                Tag.id.in_(renamed),
            )
        )
        .order_by(Tag.id)
        .options(joinedload(Tag.merged_into))
    )
    return tuple(_name(tag) for tag in session.scalars(touched))


def _name(tag: Tag) -> TagName:
    now = kept(tag)
    return TagName(
        slug=tag.slug,
        written=tag.label,
        now=now.label,
        is_offered=now.retired_at is None,
        is_shown=tag.hidden_at is None and now.hidden_at is None,
    )
