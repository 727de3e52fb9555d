"""Bring tags into order: merge, rename and retire them, each seen before it is done.

Nothing that stands on a resource moves. A merged tag leads to the one that is kept, and so do
those that were merged into it before: one step is enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import EventKind
from app.domain.people import Actor, Role
from app.domain.tags import TagStep, slug_of_tag, tidy_tag
from app.models.base import utc_now
from app.models.resource_tags import kept, tags_by_slug
from app.models.tags import Tag, TagChange
from app.services.ledger import audit, record
from app.services.readable import is_readable
from app.services.tags.changes import as_it_stood
from app.services.tags.counting import (
    TagLine,
    everybody,
    find_titles,
    held_ids,
    read_tag,
    slugs_called,
    uses,
)
from app.services.tags.reach import place_of, require_reach
from app.services.tags.tagging import row_of

MOST_TITLES = 10
AUDITED = {
    TagStep.MERGE: AuditAction.TAGS_MERGED,
    TagStep.RENAME: AuditAction.TAG_RENAMED,
    TagStep.RETIRE: AuditAction.TAG_RETIRED,
}


@dataclass(frozen=True)
class Wish:
    """What somebody would do to a tag."""

    step: TagStep
    into: str = ""  # of a merge: the tag that is kept, in any spelling
    label: str = ""  # of a renaming: the new name


@dataclass(frozen=True)
class Preview:
    """What a change would come to, counted over what the actor may see."""

    step: TagStep
    tag: TagLine
    kept: TagLine  # what it is called after
    titles: Sequence[tuple[str, str]]  # of the newest resources that have it, behind their slugs
    redirects: tuple[str, ...]  # slugs that will lead to the kept one
    total_after: int  # resources under the kept name


def read_changeable(session: Session, actor: Actor, slug: str) -> TagLine:
    """Return a tag that the actor may change.

    Raises:
        NotFound: nothing that the actor may read has it.
        NotAllowed: it stands outside their reach.
    """
    line = read_tag(session, actor, slug)
    require_reach(actor, place_of(session, line.slug))
    return line


def preview(session: Session, actor: Actor, slug: str, wish: Wish) -> Preview:
    """Return what a change would come to; nothing is changed.

    Raises:
        NotFound: nothing that the actor may read has it.
        NotAllowed: it stands outside their reach.
        InvalidInput: it cannot be done so; the sentence says why.
    """
    line = read_changeable(session, actor, slug)
    after = _after(session, actor, line, wish)
    ids = held_ids(session, line.slug, is_readable(actor))
    titles = [(r.resource.slug, r.title) for r in find_titles(session, ids, MOST_TITLES)]
    names = slugs_called(session, line.slug)
    total = line.total
    if wish.step is TagStep.MERGE:
        both = uses(is_readable(actor), [*names, *slugs_called(session, after.slug)])
        total = session.scalar(select(func.count(distinct(both.c.resource_id)))) or 0
    moved = tuple(one for one in names if after.slug not in (line.slug, one))
    return Preview(wish.step, line, after, titles, moved, total)


def change(session: Session, actor: Actor, slug: str, wish: Wish) -> TagChange:
    """Do what was previewed, at once and wherever the tag stands.

    Raises:
        NotFound: nothing that the actor may read has it.
        NotAllowed: it stands outside their reach.
        InvalidInput: it cannot be done so; the sentence says why.
    """
    line = read_changeable(session, actor, slug)
    after = _after(session, actor, line, wish)
    tag = row_of(session, line.slug, line.label)
    into = row_of(session, after.slug, after.label) if after.slug != line.slug else None
    touched = _locked(session, tag, into if wish.step is TagStep.RENAME else None)
    made = TagChange(
        step=wish.step,
        tag_id=tag.id,
        into_id=into.id if into else None,
        before_json=as_it_stood(touched, after.label),
        region=actor.region if actor.role is Role.REGIONAL_LEAD else None,
        person_id=actor.id,
    )
    _apply(wish, tag, into, touched, label=after.label)
    session.add(made)
    session.flush()
    for one in touched:
        session.expire(one, ["merged_into"])
    said = f"{line.label} → {after.label}" if after != line else line.label
    audit(session, actor, AUDITED[wish.step], f"tag:{tag.id}", region=made.region, detail=said)
    record(session, EventKind.TAGS_CHANGED, tag.id)
    return made


def _after(session: Session, actor: Actor, line: TagLine, wish: Wish) -> TagLine:
    """Return what a tag is called after a change.

    Raises:
        InvalidInput: it cannot be done so.
    """
    if wish.step is TagStep.RETIRE:
        if line.is_retired:
            raise InvalidInput("This tag is retired already.")
        return replace(line, is_retired=True)
    if wish.step is TagStep.RENAME:
        return _renamed(session, line, tidy_tag(wish.label))
    try:
        into = read_tag(session, actor, slug_of_tag(wish.into))
    except NotFound:
        raise InvalidInput(
            f"There is no tag “{wish.into.strip()}”. To give this one another name, rename it."
            if wish.into.strip()
            else "Say which tag is kept."
        ) from None
    if into.slug == line.slug:
        raise InvalidInput("A tag cannot be merged into itself: choose another.")
    if into.is_retired:
        raise InvalidInput(f"“{into.label}” is retired: choose one that is in use.")
    return into


def _renamed(session: Session, line: TagLine, label: str) -> TagLine:
    slug = slug_of_tag(label)
    if slug == line.slug:
        if label == line.label:
            raise InvalidInput("It is called so already.")
        return replace(line, label=label)
    held = tags_by_slug(session, [slug]).get(slug)
    was_its_own = held is not None and kept(held).slug == line.slug
    stands = session.execute(select(uses(everybody(), slugs_called(session, slug)))).first()
    if not was_its_own and (stands is not None or (held and held.hidden_at)):
        raise InvalidInput(f"There is a tag “{label}” already: merge this one into it.")
    return TagLine(slug, label, line.total, line.is_retired)


def _locked(session: Session, tag: Tag, into: Tag | None) -> list[Tag]:
    """Return all that a change touches, for itself until it is done; the tag itself first."""
    ids = [tag.id, into.id] if into else [tag.id]
    touched = or_(Tag.id.in_(ids), Tag.merged_into_id == tag.id)
    found = session.scalars(select(Tag).where(touched).order_by(Tag.id).with_for_update()).all()
    return sorted(found, key=lambda one: one.id != tag.id)


def _apply(wish: Wish, tag: Tag, into: Tag | None, touched: Iterable[Tag], *, label: str) -> None:
    if wish.step is TagStep.RETIRE:
        tag.retired_at = utc_now()
        return
    if into is None:
        tag.label = label
        return
    if wish.step is TagStep.RENAME:
        into.label, into.retired_at = label, tag.retired_at
    for one in touched:
        one.merged_into_id = None if one.id == into.id else into.id
