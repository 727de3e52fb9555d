"""Where tags stand, counted over nothing but what the reader may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    distinct,
    func,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased, selectinload

from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.resources import codes_by_facet
from app.domain.search import PER_PAGE
from app.domain.tags import slug_of_tag
from app.domain.taxonomy import fold
from app.domain.workflow import State
from app.models.resource_content import content_of
from app.models.resource_tags import kept, tags_by_slug
from app.models.resources import Resource, Revision, RevisionTag
from app.models.tags import ResourceTag, Tag
from app.search.port import Hit
from app.services.readable import is_readable

MISSING = "There is no such tag, or nothing that you may read has it."
MOST_RELATED = 12


@dataclass(frozen=True)
class TagLine:
    """A tag as a reader meets it."""

    slug: str
    label: str
    total: int  # resources that the reader may see
    is_retired: bool = False


@dataclass(frozen=True)
class Held:
    """A page of the resources that have a tag, newest first, as lines of results."""

    hits: tuple[Hit, ...]
    total: int
    page: int


def find_tags(session: Session, actor: Actor, words: str = "") -> list[TagLine]:
    """Return every tag that stands on something the actor may read, by label.

    `words` keeps to those whose name has them, in any spelling.

    Raises:
        NotAllowed: the actor may not search.
    """
    require(actor, Action.SEARCH)
    found = [_line(row) for row in session.execute(_counted(_named(uses(is_readable(actor)))))]
    wanted, typed = slug_of_tag(words), fold(words)
    if typed:
        found = [one for one in found if wanted in one.slug or typed in fold(one.label)]
    return sorted(found, key=lambda one: (fold(one.label), one.slug))


def read_tag(session: Session, actor: Actor, slug: str) -> TagLine:
    """Return the tag that is called by this slug, or by the slug that it was merged into.

    Raises:
        NotFound: nothing that the actor may read has it.
        NotAllowed: the actor may not search.
    """
    require(actor, Action.SEARCH)
    own = tags_by_slug(session, [slug]).get(slug)
    wanted = kept(own).slug if own else slug
    members = slugs_called(session, wanted)
    standing = uses(is_readable(actor), members)
    row = session.execute(_counted(_named(standing))).first()
    if row is None:
        raise NotFound(MISSING)
    return _line(row)


def find_held(session: Session, actor: Actor, slug: str, page: int = 1) -> Held:
    """Return a page of what has a tag and the actor may read, newest first."""
    ids = held_ids(session, slug, is_readable(actor))
    asked = (
        select(Revision)
        .where(Revision.state == State.PUBLISHED, Revision.resource_id.in_(ids))
        .options(selectinload(Revision.resource), selectinload(Revision.terms))
        .order_by(Revision.published_on.desc(), Revision.title, Revision.id)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    return Held(tuple(hit_of(revision) for revision in session.scalars(asked)), total, page)


def find_related(session: Session, actor: Actor, slug: str) -> list[TagLine]:
    """Return the tags that stand beside this one most often; `total`: on how many resources."""
    ids = held_ids(session, slug, is_readable(actor))
    standing = uses(and_(is_readable(actor), Revision.resource_id.in_(ids)))
    found = [_line(row) for row in session.execute(_counted(_named(standing)))]
    others = [one for one in found if one.slug != slug and not one.is_retired]
    return sorted(others, key=lambda one: (-one.total, fold(one.label)))[:MOST_RELATED]


def held_ids(session: Session, slug: str, seen: ColumnElement[bool]) -> Select[Any]:
    """Return the ids of the resources that have a tag, under any name that leads to it."""
    standing = uses(seen, slugs_called(session, slug))
    return select(standing.c.resource_id).distinct()


def slugs_called(session: Session, slug: str) -> list[str]:
    """Return the slugs of a tag: its own, and those that were merged into it."""
    into = aliased(Tag)
    merged = select(Tag.slug).join(into, Tag.merged_into_id == into.id).where(into.slug == slug)
    return [slug, *session.scalars(merged)]


def everybody() -> ColumnElement[bool]:
    """Return every published revision: for rules that must not hang on who looks."""
    return true()


def uses(seen: ColumnElement[bool], slugs: Iterable[str] | None = None) -> Subquery:
    """Return where each tag stands: resource_id, slug and word, as it was written."""
    published = and_(Revision.state == State.PUBLISHED, seen)
    off = (
        select(ResourceTag.resource_id, Tag.slug)
        .join(Tag)
        .where(ResourceTag.hidden_at.is_not(None), ResourceTag.taken_off_at.is_(None))
        .subquery()
    )
    by_writers = (
        select(Revision.resource_id, RevisionTag.slug, RevisionTag.tag.label("word"))
        .select_from(RevisionTag)
        .join(Revision, Revision.id == RevisionTag.revision_id)
        .outerjoin(
            off, and_(off.c.resource_id == Revision.resource_id, off.c.slug == RevisionTag.slug)
        )
        .where(published, off.c.slug.is_(None), RevisionTag.slug != "")
    )
    by_staff = (
        select(ResourceTag.resource_id, Tag.slug, Tag.label.label("word"))
        .select_from(ResourceTag)
        .join(Tag, Tag.id == ResourceTag.tag_id)
        .join(Revision, Revision.resource_id == ResourceTag.resource_id)
        .where(published, ResourceTag.taken_off_at.is_(None), ResourceTag.hidden_at.is_(None))
    )
    if slugs is not None:
        wanted = list(slugs)
        by_writers = by_writers.where(RevisionTag.slug.in_(wanted))
        by_staff = by_staff.where(Tag.slug.in_(wanted))
    return union_all(by_writers, by_staff).subquery()


def hit_of(revision: Revision) -> Hit:
    """Return a published revision as a line of results."""
    return Hit(
        id=revision.resource_id,
        slug=revision.resource.slug,
        title=revision.title,
        summary=revision.summary,
        facets=codes_by_facet(content_of(revision)),
        score=0.0,
        school=revision.school or "",
        language=revision.language,
        is_sample=bool(revision.notice),
        published_on=revision.published_on,
    )


def find_titles(session: Session, ids: Select[Any], limit: int) -> Sequence[Revision]:
    """Return the newest of some published resources, with their addresses."""
    asked = (
        select(Revision)
        .join(Resource)
        .where(Revision.state == State.PUBLISHED, Revision.resource_id.in_(ids))
        .options(selectinload(Revision.resource))
        .order_by(Revision.published_on.desc(), Revision.title, Revision.id)
    )
    return session.scalars(asked.limit(limit)).all()


def _named(standing: Subquery) -> Subquery:
    """Put today's names in place of those that were written; what is hidden falls away."""
    own, now = aliased(Tag), aliased(Tag)
    is_merged = now.id.is_not(None)
    return (
        select(
            standing.c.resource_id,
            func.coalesce(now.slug, own.slug, standing.c.slug).label("slug"),
            func.coalesce(now.label, own.label, standing.c.word).label("label"),
            case((is_merged, now.retired_at), else_=own.retired_at).label("retired_at"),
        )
        .select_from(standing)
        .outerjoin(own, own.slug == standing.c.slug)
        .outerjoin(now, now.id == own.merged_into_id)
        .where(own.hidden_at.is_(None), now.hidden_at.is_(None))
        .subquery()
    )


def _counted(named: Subquery) -> Select[Any]:
    return select(
        named.c.slug,
        func.min(named.c.label).label("label"),
        func.count(distinct(named.c.resource_id)).label("total"),
        func.max(named.c.retired_at).label("retired_at"),
    ).group_by(named.c.slug)


def _line(row: Any) -> TagLine:
    return TagLine(row.slug, row.label, row.total, row.retired_at is not None)
