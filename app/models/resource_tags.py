"""The tags of resources: their writers' own and what staff put on, computed in this one place.

A tag stands in two shapes. As it was *written* it goes into the file and the index, so that a
merge or a renaming touches neither. As it is *called* now it is what people read: merged tags by
the name of the one that is kept, each once. What is hidden is in neither.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.errors import NotFound
from app.domain.resources import ResourceContent
from app.domain.tags import slug_of_tag
from app.models.base import utc_now
from app.models.resource_content import content_of
from app.models.resources import Resource, Revision
from app.models.tags import ResourceTag, Tag

MOST_VALUES = 500  # asked for in one statement


@dataclass(frozen=True)
class StandingTag:
    """A tag of one resource, as it is called now."""

    slug: str
    label: str
    is_writers: bool  # the writer's own: only a new version takes it off
    is_retired: bool = False
    put_on: tuple[ResourceTag, ...] = ()  # what others put on that is called so now


@dataclass(frozen=True)
class TagsOfOne:
    """The tags of a revision and of its resource, as they were written."""

    writers: tuple[str, ...]  # none that is hidden
    hidden_writers: tuple[str, ...]
    staff: tuple[ResourceTag, ...]  # none that is hidden, and none that its writer has too
    hidden_staff: tuple[ResourceTag, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """Every tag in the words of whoever wrote it: the writer's first, then as put on."""
        return (*self.writers, *(held.tag.label for held in self.staff))

    @property
    def filed_staff(self) -> tuple[ResourceTag, ...]:
        """What others put on that the library's folder holds: nothing of invented people's.

        As with what invented people publish: trying the library out changes no file of it.
        """
        return tuple(row for row in self.staff if not (row.person and row.person.is_sample))

    @property
    def filed(self) -> tuple[str, ...]:
        """Every tag that the library's folder holds, in the words of whoever wrote it."""
        return (*self.writers, *(held.tag.label for held in self.filed_staff))


def tags_of(session: Session, revisions: Collection[Revision]) -> dict[int, TagsOfOne]:
    """Return the tags of each of these revisions, by its id."""
    put_on = _put_on(session, {revision.resource_id for revision in revisions})
    slugs = {slug_of_tag(held.tag) for revision in revisions for held in revision.tags}
    hidden = {slug for slug, tag in tags_by_slug(session, slugs).items() if tag.hidden_at}
    return {
        revision.id: _of_one(revision, put_on.get(revision.resource_id, ()), hidden)
        for revision in revisions
    }


def standing_tags(session: Session, revision: Revision) -> list[StandingTag]:
    """Return a revision's tags as they are called now, the writer's own first, each once."""
    held = tags_of(session, [revision])[revision.id]
    known = tags_by_slug(session, {slug_of_tag(words) for words in held.writers})
    kept: dict[str, StandingTag] = {}
    for words in held.writers:
        called = known.get(slug_of_tag(words))
        _add(kept, called, words, is_writers=True)
    for row in held.staff:
        _add(kept, row.tag, row.tag.label, put_on=row)
    return list(kept.values())


def content_with_tags(session: Session, revision: Revision) -> ResourceContent:
    """Return what a published revision says, with the tags that others put on its resource."""
    return replace(content_of(revision), tags=tags_of(session, [revision])[revision.id].written)


def content_in_folder(session: Session, revision: Revision) -> ResourceContent:
    """Return what a published revision says in the library's folder, with the tags it has there."""
    return replace(content_of(revision), tags=tags_of(session, [revision])[revision.id].filed)


def is_same_but_tags_put_on(
    session: Session, resource: Resource, said: ResourceContent, held: ResourceContent
) -> bool:
    """Say whether two contents differ in nothing but tags that others ever put on the resource."""
    ever = select(Tag.slug).join(ResourceTag).where(ResourceTag.resource_id == resource.id)
    slugs = set(session.scalars(ever)) | _hidden_of(session, held.tags)
    return _without(said, slugs) == _without(held, slugs)


def tags_by_slug(session: Session, slugs: Iterable[str]) -> dict[str, Tag]:
    """Return the tags that have a row, by slug, each with the one that it was merged into."""
    wanted = sorted(set(slugs))
    found: dict[str, Tag] = {}
    for first in range(0, len(wanted), MOST_VALUES):
        asked = select(Tag).where(Tag.slug.in_(wanted[first : first + MOST_VALUES]))
        for tag in session.scalars(asked.options(joinedload(Tag.merged_into))):
            found[tag.slug] = tag
    return found


def hide_on_resource(session: Session, resource_id: str, tag_id: int, *, is_hidden: bool) -> None:
    """Hide a tag on one resource, or show it again: its writer's own too, by any of its names.

    The caller leaves a `resource.tagged` event, so that the index and the file follow.

    Raises:
        NotFound: there is no such resource or tag.
    """
    resource, tag = session.get(Resource, resource_id), session.get(Tag, tag_id)
    if resource is None or tag is None:
        raise NotFound("There is no such tag.")
    named = select(Tag).where(or_(Tag.id == tag.id, Tag.merged_into_id == tag.id))
    rows = {row.tag_id: row for row in _rows_of(session, resource_id)}
    revision = resource.published
    writers = {slug_of_tag(held.tag) for held in revision.tags} if revision else set()
    for one in session.scalars(named):
        row = rows.get(one.id)
        if row is None and is_hidden and one.slug in writers:
            row = ResourceTag(resource_id=resource_id, tag_id=one.id)
            session.add(row)
        if row is not None:
            row.hidden_at = utc_now() if is_hidden else None
    session.flush()


def _rows_of(session: Session, resource_id: str) -> Iterable[ResourceTag]:
    return session.scalars(select(ResourceTag).where(ResourceTag.resource_id == resource_id))


def kept(tag: Tag) -> Tag:
    """Return the tag that this one is called by now."""
    return tag.merged_into or tag


def _put_on(session: Session, ids: Collection[str]) -> Mapping[str, list[ResourceTag]]:
    wanted, found = sorted(ids), defaultdict(list)
    for first in range(0, len(wanted), MOST_VALUES):
        asked = (
            select(ResourceTag)
            .where(
                ResourceTag.resource_id.in_(wanted[first : first + MOST_VALUES]),
                ResourceTag.taken_off_at.is_(None),
            )
            .order_by(ResourceTag.tagged_at, ResourceTag.tag_id)
            .options(
                joinedload(ResourceTag.tag).joinedload(Tag.merged_into),
                joinedload(ResourceTag.person),
            )
        )
        for row in session.scalars(asked):
            found[row.resource_id].append(row)
    return found


def _of_one(
    revision: Revision, put_on: Iterable[ResourceTag], hidden: Collection[str]
) -> TagsOfOne:
    by_writer = {slug_of_tag(held.tag): held.tag for held in revision.tags}
    hidden_here = {row.tag.slug for row in put_on if row.hidden_at}
    off = {slug for slug in by_writer if slug in hidden or slug in hidden_here}
    rows = [row for row in put_on if row.tag.slug not in by_writer]
    return TagsOfOne(
        tuple(held.tag for held in revision.tags if slug_of_tag(held.tag) not in off),
        tuple(held.tag for held in revision.tags if slug_of_tag(held.tag) in off),
        tuple(row for row in rows if not (row.hidden_at or row.tag.hidden_at)),
        tuple(row for row in rows if row.hidden_at or row.tag.hidden_at),
    )


def _add(
    kept_tags: dict[str, StandingTag],
    tag: Tag | None,
    words: str,
    *,
    is_writers: bool = False,
    put_on: ResourceTag | None = None,
) -> None:
    now = kept(tag) if tag else None
    if now is not None and now.hidden_at:
        return
    slug = now.slug if now else slug_of_tag(words)
    rows = (put_on,) if put_on else ()
    if slug in kept_tags:
        kept_tags[slug] = replace(kept_tags[slug], put_on=(*kept_tags[slug].put_on, *rows))
    elif slug:
        label = now.label if now else words
        is_retired = now is not None and now.retired_at is not None
        kept_tags[slug] = StandingTag(slug, label, is_writers, is_retired, rows)


def _hidden_of(session: Session, words: Iterable[str]) -> set[str]:
    known = tags_by_slug(session, map(slug_of_tag, words))
    return {slug for slug, tag in known.items() if tag.hidden_at}


def _without(content: ResourceContent, slugs: Collection[str]) -> ResourceContent:
    return replace(content, tags=tuple(t for t in content.tags if slug_of_tag(t) not in slugs))
