"""What a follow is of: its key as it is kept, and its name as people read it."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.facets import BY_NAME
from app.domain.follows import FollowKind, SavedSearch
from app.domain.people import Actor
from app.domain.tags import slug_of_tag
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.models.resources import Revision, RevisionTag
from app.models.schools import School
from app.models.tags import ResourceTag, Tag
from app.services.collected import read_collection
from app.services.readable import is_readable

LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER
LONGEST_LABEL = 200
TERMS = (FollowKind.THEME, FollowKind.REGION, FollowKind.AUTHORITY)


class Named(NamedTuple):
    """What is followed: its key, and what people call it."""

    key: str
    label: str


def name_of(
    session: Session, actor: Actor, taxonomy: Taxonomy, kind: FollowKind, key: str
) -> Named:
    """Return what is meant by a kind and a key.

    Raises:
        NotFound: there is no such thing for this actor.
        InvalidInput: it is a search that cannot be followed.
    """
    if "\0" in key:
        raise _missing(kind)  # PostgreSQL refuses to be asked for one
    if kind in TERMS:
        return _term(taxonomy, kind, key)
    if kind is FollowKind.SCHOOL:
        return _school(session, key)
    if kind is FollowKind.COLLECTION:
        collection = read_collection(session, actor, key)
        return Named(collection.id, collection.title)
    if kind is FollowKind.TAG:
        return _tag(session, actor, key)
    search = SavedSearch.read(key)
    return Named(search.key, label_of_search(taxonomy, search))


def label_of_search(taxonomy: Taxonomy, search: SavedSearch) -> str:
    """Return a search in words: “number talks”, P5, Tayside."""
    parts = [f"“{search.words}”"] if search.words else []
    for name, codes in search.facets.items():
        vocabulary = BY_NAME[name].vocabulary
        parts += [taxonomy.label(vocabulary, code) if vocabulary else code for code in codes]
    words = ", ".join(parts)
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"


def merged_tags(session: Session) -> dict[str, str]:
    """Return the slug of the tag that each merged tag became part of, by its own slug."""
    into = {tag.id: tag for tag in session.scalars(select(Tag))}
    found = {}
    for tag in into.values():
        kept, seen = tag, {tag.id}
        while kept.merged_into_id in into and kept.merged_into_id not in seen:
            kept = into[kept.merged_into_id]
            seen.add(kept.id)
        if kept is not tag:
            found[tag.slug] = kept.slug
    return found


def _term(taxonomy: Taxonomy, kind: FollowKind, code: str) -> Named:
    term = taxonomy.vocabularies[BY_NAME[kind.value].vocabulary].by_code.get(code)
    if term is None:
        raise _missing(kind)
    return Named(term.code, term.label)


def _school(session: Session, key: str) -> Named:
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 11 else 0  # noqa: PLR2004
    school = session.get(School, number) if 0 < number <= LARGEST_ID else None
    if school is None:
        raise _missing(FollowKind.SCHOOL)
    return Named(str(school.id), school.name)


def _tag(session: Session, actor: Actor, words: str) -> Named:
    """Find a tag by any of its spellings, where it stands on something that the actor may read.

    Other tags are not there: their words may be words of what is not for this actor.
    """
    slug = slug_of_tag(words)
    slug = merged_tags(session).get(slug, slug)
    held = session.scalars(select(Tag).where(Tag.slug == slug)).first()
    readable = select(Revision.resource_id).where(
        has_tag(session, slug), Revision.state == State.PUBLISHED, is_readable(actor)
    )
    if not slug or session.scalars(readable.limit(1)).first() is None:
        raise _missing(FollowKind.TAG)
    if held is not None:
        return Named(slug, held.label)
    written = select(RevisionTag.tag).where(
        RevisionTag.slug == slug,
        RevisionTag.revision_id.in_(
            select(Revision.id).where(Revision.state == State.PUBLISHED, is_readable(actor))
        ),
    )
    return Named(slug, session.scalars(written).first() or words)


def has_tag(session: Session, slug: str) -> ColumnElement[bool]:
    """Return which published revisions have a tag: by their writer or by others, by any name."""
    slugs = {slug, *(old for old, new in merged_tags(session).items() if new == slug)}
    hidden = (
        select(ResourceTag.resource_id)
        .join(Tag)
        .where(Tag.slug.in_(slugs), ResourceTag.hidden_at.is_not(None))
    )
    by_writer = select(RevisionTag.revision_id).where(RevisionTag.slug.in_(slugs))
    put_on = (
        select(ResourceTag.resource_id)
        .join(Tag)
        .where(Tag.slug.in_(slugs), ResourceTag.taken_off_at.is_(None))
    )
    is_hidden = select(Tag.id).where(Tag.slug == slug, Tag.hidden_at.is_not(None)).exists()
    return and_(
        ~is_hidden,
        Revision.resource_id.not_in(hidden),
        or_(Revision.id.in_(by_writer), Revision.resource_id.in_(put_on)),
    )


def _missing(kind: FollowKind) -> NotFound:
    return NotFound(f"There is no such {kind.value}, or it is not for everyone to follow.")
