"""What a feed holds: public resources only, whoever asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import Audience
from app.domain.errors import NotFound
from app.domain.follows import FollowKind, SavedSearch
from app.domain.people import VISITOR
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.models.collections import CollectionItem
from app.models.resources import Revision, RevisionTerm
from app.search.port import SearchEngine
from app.services.collected import read_collection
from app.services.follows.naming import has_tag, label_of_search, name_of
from app.services.follows.news import AT_ONCE, find_ids

MOST_ENTRIES = 50
PUBLIC = frozenset((str(Audience.PUBLIC),))


@dataclass(frozen=True)
class Entry:
    """One resource of a feed."""

    id: str
    slug: str
    title: str
    summary: str
    author: str  # a school's name, or a region's
    language: str
    published_at: datetime
    updated_at: datetime
    terms: tuple[str, ...]  # labels of its themes


@dataclass(frozen=True)
class Feed:
    """A feed: what it is of, and its entries, newest first."""

    label: str
    key: str
    entries: tuple[Entry, ...]

    @property
    def updated_at(self) -> datetime:
        """When anything in it changed last; a fixed day for an empty one."""
        empty = datetime(2026, 1, 1, tzinfo=UTC)
        return max((entry.updated_at for entry in self.entries), default=empty)


def read_newest(session: Session, taxonomy: Taxonomy) -> Feed:
    """Return the feed of everything public."""
    return Feed("Everything new", "", _entries(session, taxonomy, _public()))


def read_feed(session: Session, taxonomy: Taxonomy, kind: FollowKind, key: str) -> Feed:
    """Return the feed of a theme, tag, region, authority, school or collection.

    Raises:
        NotFound: there is no such thing that everybody may read.
    """
    if kind is FollowKind.SEARCH:
        raise NotFound("A search has a feed of its own.")
    named = name_of(session, VISITOR, taxonomy, kind, key)
    asked = _public().where(_is_of(session, kind, named.key))
    address = named.key
    if kind is FollowKind.COLLECTION:
        address = read_collection(session, VISITOR, key).slug
    return Feed(named.label, address, _entries(session, taxonomy, asked))


def read_search_feed(
    session: Session, engine: SearchEngine, taxonomy: Taxonomy, query: str
) -> Feed:
    """Return the feed of a search, by what stands behind the question mark of its address.

    Raises:
        InvalidInput: it asks for nothing, or for too much.
        SearchUnavailable: the index cannot answer now.
    """
    search = SavedSearch.read(query)
    ids = list(find_ids(engine, search.key, PUBLIC))[:AT_ONCE]
    asked = _public().where(Revision.resource_id.in_(ids))
    return Feed(label_of_search(taxonomy, search), search.key, _entries(session, taxonomy, asked))


def _public() -> Select[Revision]:
    is_out = (Revision.state == State.PUBLISHED, Revision.audience == Audience.PUBLIC)
    # What was published in this library last stands first; a file may say an older day.
    newest = (Revision.published_at.desc().nulls_last(), Revision.published_on.desc())
    return select(Revision).where(*is_out).order_by(*newest, Revision.id.desc())


def _is_of(session: Session, kind: FollowKind, key: str) -> ColumnElement[bool]:
    if kind is FollowKind.REGION:
        return Revision.region == key
    if kind is FollowKind.AUTHORITY:
        return Revision.authority == key
    if kind is FollowKind.SCHOOL:
        return Revision.school_id == int(key)
    if kind is FollowKind.COLLECTION:
        held = select(CollectionItem.resource_id).where(CollectionItem.collection_id == key)
        return Revision.resource_id.in_(held)
    if kind is FollowKind.THEME:
        filed = select(RevisionTerm.revision_id).where(
            RevisionTerm.facet == FollowKind.THEME.value, RevisionTerm.code == key
        )
        return Revision.id.in_(filed)
    return has_tag(session, key)


def _entries(session: Session, taxonomy: Taxonomy, asked: Select[Revision]) -> tuple[Entry, ...]:
    found = session.scalars(
        asked.limit(MOST_ENTRIES).options(
            selectinload(Revision.resource), selectinload(Revision.terms)
        )
    ).all()
    first = _first_published(session, [revision.resource_id for revision in found])
    return tuple(_entry(revision, taxonomy, first) for revision in found)


def _first_published(session: Session, ids: Collection[str]) -> dict[str, datetime | None]:
    """Return when each of these was published for the first time."""
    asked = (
        select(Revision.resource_id, func.min(Revision.published_at))
        .where(Revision.resource_id.in_(ids))
        .group_by(Revision.resource_id)
    )
    return {row[0]: row[1] for row in session.execute(asked)}


def _entry(revision: Revision, taxonomy: Taxonomy, first: dict[str, datetime | None]) -> Entry:
    day = revision.published_on or revision.created_at.date()
    updated_at = revision.published_at or datetime.combine(day, time(), UTC)
    themes: Iterable[str] = (
        term.code for term in revision.terms if term.facet == FollowKind.THEME.value
    )
    return Entry(
        id=revision.resource_id,
        slug=revision.resource.slug,
        title=revision.title,
        summary=revision.summary,
        author=revision.school or taxonomy.label("regions", revision.region),
        language=revision.language,
        published_at=first.get(revision.resource_id) or updated_at,
        updated_at=updated_at,
        terms=tuple(taxonomy.label("themes", code) for code in themes),
    )
