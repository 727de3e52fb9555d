"""Put tags on a published resource, and take them off; who did is in the audit log alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.audience import may_read
from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, TooManyTries, WrongState
from app.domain.events import EventKind
from app.domain.moments import SCOTLAND
from app.domain.people import Actor
from app.domain.permissions import Action, Place, allows, require
from app.domain.tags import MOST_IN_AN_HOUR, MOST_ON_ONE, near_slugs, slug_of_tag, tidy_tags
from app.models.base import utc_now
from app.models.resource_tags import StandingTag, kept, standing_tags, tags_by_slug
from app.models.resources import FormerSlug, Resource, Revision
from app.models.tags import ResourceTag, Tag
from app.services.ledger import audit, record
from app.services.readable import is_readable
from app.services.tags.counting import everybody, uses

MISSING = "There is no such resource, or it is not for everyone to read."
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PutOn:
    """What became of the tags that somebody typed."""

    put: tuple[str, ...]  # as they are called
    were_there: tuple[str, ...]
    joined: tuple[tuple[str, str], ...] = ()  # as typed, and the tag that others use for it


@dataclass(frozen=True)
class ShownTag:
    """A tag on the page of a resource; who put it on is nobody's to see."""

    slug: str
    label: str
    is_writers: bool
    may_take_off: bool
    tag_id: int | None  # by which it is reported; None where only its writer has it


def read_tagged(session: Session, actor: Actor, address: str) -> tuple[Resource, Revision]:
    """Return a published resource that the actor may read, by its slug or id, with its revision.

    Raises:
        NotFound: there is none.
    """
    if "\0" in address:
        raise NotFound(MISSING)
    asked = select(Resource).outerjoin(FormerSlug)
    named = or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address)
    asked = asked.where(named).order_by((Resource.slug == address).desc())
    resource = session.scalars(asked).first()
    revision = resource.published if resource else None
    if resource is None or revision is None:
        raise NotFound(MISSING)
    if not may_read(actor, revision.audience, revision.region):
        raise NotFound(MISSING)
    return resource, revision


def tags_for_page(session: Session, actor: Actor, revision: Revision) -> list[ShownTag]:
    """Return the tags of a published revision as its page shows them to the actor."""
    return [
        ShownTag(
            tag.slug,
            tag.label,
            tag.is_writers,
            may_take_off(actor, revision, tag),
            tag.put_on[0].tag_id if tag.put_on else None,
        )
        for tag in standing_tags(session, revision)
    ]


def put_on(session: Session, actor: Actor, address: str, typed: Iterable[str]) -> PutOn:
    """Put tags on a resource; spellings that others use already are taken for theirs.

    Safe to repeat: what stands there already is said so.

    Raises:
        NotFound: there is no such resource for this actor.
        NotAllowed: the actor may not tag.
        InvalidInput: one of them is no tag or is not to be used, or there would be too many.
        TooManyTries: the actor has put on very many within the hour.
    """
    resource, revision = read_tagged(session, actor, address)
    require(actor, Action.TAG)
    standing = {tag.slug: tag.label for tag in standing_tags(session, revision)}
    put: dict[str, Tag] = {}
    were_there, joined = [], []
    for words in tidy_tags(typed):
        tag = _tag_for(session, actor, words)
        if slug_of_tag(words) != tag.slug:
            joined.append((words, tag.label))
        if tag.slug in standing:
            were_there.append(standing[tag.slug])
        else:
            _refuse_if_away(session, resource, tag)
            put[tag.slug] = tag
    _keep_to_limits(session, actor, len(standing) + len(put), len(put))
    for tag in put.values():
        _put(session, actor, resource, revision, tag)
    if put:
        record(session, EventKind.RESOURCE_TAGGED, resource.id)
    labels = tuple(tag.label for tag in put.values())
    return PutOn(labels, tuple(were_there), tuple(joined))


def take_off(session: Session, actor: Actor, address: str, slug: str) -> str:
    """Take off a tag that was put on, under whatever name it was; return what it was called.

    Raises:
        NotFound: there is no such resource or tag for this actor.
        WrongState: it is the writer's own: only a new version takes it off.
        NotAllowed: somebody else put it on, and the resource is not the actor's to keep.
    """
    resource, revision = read_tagged(session, actor, address)
    found = next((t for t in standing_tags(session, revision) if t.slug == slug), None)
    if found is None:
        raise NotFound("This resource has no such tag.")
    if not found.put_on:
        raise WrongState("The writer gave this tag: it goes with a new version of the resource.")
    if not may_take_off(actor, revision, found):
        raise NotAllowed(
            "A tag is taken off by who put it on, by the school's headteacher, by the region's "
            "lead or by an administrator.",
            actor,
            Action.UNTAG,
        )
    for row in found.put_on:
        row.taken_off_at = utc_now()
    _audit(session, actor, AuditAction.UNTAGGED, revision, found.label)
    record(session, EventKind.RESOURCE_TAGGED, resource.id)
    return found.label


def may_take_off(actor: Actor, revision: Revision, tag: StandingTag) -> bool:
    """Say whether the actor may take this tag off, whoever of several put it on."""
    places = [
        Place(
            revision.region,
            revision.authority,
            revision.school_id,
            (row.person_id,) if row.person_id is not None else (),
        )
        for row in tag.put_on
    ]
    return bool(places) and all(allows(actor, Action.UNTAG, place) for place in places)


def row_of(session: Session, slug: str, label: str) -> Tag:
    """Return the row of a tag, made where it has none; safe when two do so at once."""
    held = tags_by_slug(session, [slug]).get(slug)
    if held is not None:
        return held
    made = Tag(slug=slug, label=label)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return tags_by_slug(session, [slug])[slug]
    return made


def _tag_for(session: Session, actor: Actor, words: str) -> Tag:
    """Return the tag that these words mean, as it is called now.

    Raises:
        InvalidInput: it is retired or was hidden.
    """
    slug = slug_of_tag(words)
    held = tags_by_slug(session, [slug]).get(slug)
    tag = kept(held) if held else _met_or_new(session, actor, slug, words)
    if tag.hidden_at is not None or (held and held.hidden_at is not None):
        raise InvalidInput(f"“{words}” was taken out by those who moderate: choose another word.")
    if tag.retired_at is not None:
        raise InvalidInput(f"“{tag.label}” is retired, and is put on nothing new.")
    return tag


def _met_or_new(session: Session, actor: Actor, slug: str, words: str) -> Tag:
    """Return the tag for a slug without a row: as writers spell it, or a near spelling, or new."""
    standing = uses(everybody(), [slug])
    written = session.scalar(select(func.min(standing.c.word)))
    if written:
        return row_of(session, slug, written)
    near = list(near_slugs(slug))
    seen = uses(is_readable(actor))
    joined = func.replace(seen.c.slug, "-", "")
    asked = (
        select(seen.c.slug, func.min(seen.c.word).label("word"))
        .where(or_(seen.c.slug.in_(near), joined == slug.replace("-", "")))
        .group_by(seen.c.slug)
        .order_by(func.count().desc(), seen.c.slug)
    )
    for found in session.execute(asked):
        tag = kept(row_of(session, found.slug, found.word))
        if tag.hidden_at is None and tag.retired_at is None:
            return tag
    return row_of(session, slug, words)


def _refuse_if_away(session: Session, resource: Resource, tag: Tag) -> None:
    row = session.get(ResourceTag, (resource.id, tag.id))
    if row is not None and row.hidden_at is not None:
        raise InvalidInput(f"“{tag.label}” was taken off here by those who moderate.")


def _keep_to_limits(session: Session, actor: Actor, on_it: int, new: int) -> None:
    if on_it > MOST_ON_ONE:
        raise InvalidInput(
            f"A resource has {MOST_ON_ONE} tags at most: {on_it} would stand here. Leave some out."
        )
    since = utc_now() - HOUR
    mine = (ResourceTag.person_id == actor.id, ResourceTag.tagged_at > since)
    count, first = session.execute(
        select(func.count(), func.min(ResourceTag.tagged_at)).where(*mine)
    ).one()
    if new and count + new > MOST_IN_AN_HOUR:
        again = (first or utc_now()) + HOUR
        wait_s = max(1, int((again - utc_now()).total_seconds()))
        raise TooManyTries(
            f"You have put on {count} tags within the hour, and {MOST_IN_AN_HOUR} are the most. "
            f"Go on after {again.astimezone(SCOTLAND):%H:%M}.",
            wait_s,
        )


def _put(session: Session, actor: Actor, resource: Resource, revision: Revision, tag: Tag) -> None:
    row = session.get(ResourceTag, (resource.id, tag.id))
    if row is None:
        row = ResourceTag(resource_id=resource.id, tag_id=tag.id)
        session.add(row)
    row.person_id, row.tagged_at, row.taken_off_at = actor.id, utc_now(), None
    session.flush()
    _audit(session, actor, AuditAction.TAGGED, revision, tag.label)


def _audit(
    session: Session, actor: Actor, action: AuditAction, revision: Revision, label: str
) -> None:
    subject = f"resource:{revision.resource_id}"
    audit(session, actor, action, subject, region=revision.region, detail=label)
