"""What is new, gathered once for everybody: under each thing that can be followed, what came to it.

Nobody's rights are asked here: each piece carries its mark, and whoever hands a piece to a person
compares it with theirs.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import Audience, mark_of
from app.domain.collections import CollectionState
from app.domain.errors import InvalidInput
from app.domain.follows import FollowKind, SavedSearch
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.models.collections import Collection, CollectionItem
from app.models.follows import Follow
from app.models.resources import Revision
from app.models.tags import ResourceTag, Tag
from app.search.port import SearchEngine, SearchQuery, Sort
from app.services.follows.naming import merged_tags

EVERYTHING = 1_000_000  # hits of one search
AT_ONCE = 500  # ids in one question: databases limit them

Key = tuple[FollowKind, str]


class Piece(NamedTuple):
    """A resource that came to something followed, and when."""

    resource_id: str
    at: datetime


@dataclass
class News:
    """What came between two moments: pieces by what is followed, and who may know of each."""

    since: datetime
    until: datetime
    regions: tuple[str, ...] = ()  # the codes of all there are
    marks: dict[str, str] = field(default_factory=dict)  # of resources, by id
    pieces: dict[Key, list[Piece]] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)  # merged tags, by slug
    collections: dict[str, str] = field(default_factory=dict)  # marks of collections, by id

    def under(self, kind: FollowKind, key: str) -> Iterable[Piece]:
        """Return what came to this."""
        if kind is FollowKind.TAG:
            key = self.kept.get(key, key)
        return self.pieces.get((kind, key), ())

    def add(self, kind: FollowKind, key: str | None, piece: Piece) -> None:
        """Note that something came to this."""
        if key:
            self.pieces.setdefault((kind, key), []).append(piece)


def gather(
    session: Session,
    engine: SearchEngine,
    taxonomy: Taxonomy,
    since: datetime,
    until: datetime,
) -> News:
    """Gather what came after `since`, up to `until`.

    Raises:
        SearchUnavailable: the index cannot answer now; nothing is gathered then.
    """
    news = News(since, until, taxonomy.codes("regions"), kept=merged_tags(session))
    published = _published(session, since, until)
    for revision, at in published:
        _add_resource(news, revision, at)
    _add_tagged(session, news)
    _add_collected(session, news)
    _add_found(session, news, engine, taxonomy, {r.resource_id: at for r, at in published})
    return news


def _published(
    session: Session, since: datetime, until: datetime
) -> list[tuple[Revision, datetime]]:
    """Return what was published for the first time then, as it stands now."""
    first_at = func.min(Revision.published_at)
    came = (
        select(Revision.resource_id, first_at.label("first_at"))
        .group_by(Revision.resource_id)
        .having(first_at > since, first_at <= until)
        .subquery()
    )
    asked = (
        select(Revision, came.c.first_at)
        .join(came, came.c.resource_id == Revision.resource_id)
        .where(Revision.state == State.PUBLISHED)
        .options(selectinload(Revision.terms), selectinload(Revision.tags))
    )
    return [(revision, at) for revision, at in session.execute(asked)]


def _add_resource(news: News, revision: Revision, at: datetime) -> None:
    piece = Piece(revision.resource_id, at)
    news.marks[piece.resource_id] = mark_of(revision.audience, revision.region)
    news.add(FollowKind.REGION, revision.region, piece)
    news.add(FollowKind.AUTHORITY, revision.authority, piece)
    if revision.school_id is not None:
        news.add(FollowKind.SCHOOL, str(revision.school_id), piece)
    for term in revision.terms:
        if term.facet == FollowKind.THEME.value:
            news.add(FollowKind.THEME, term.code, piece)
    for slug in {news.kept.get(tag.slug, tag.slug) for tag in revision.tags}:
        news.add(FollowKind.TAG, slug, piece)


def _add_tagged(session: Session, news: News) -> None:
    """Add what was tagged then, old or new."""
    asked = (
        select(Revision, Tag.slug, ResourceTag.tagged_at)
        .join(ResourceTag, ResourceTag.resource_id == Revision.resource_id)
        .join(Tag, Tag.id == ResourceTag.tag_id)
        .where(
            Revision.state == State.PUBLISHED,
            Tag.hidden_at.is_(None),
            ResourceTag.hidden_at.is_(None),
            ResourceTag.taken_off_at.is_(None),
            ResourceTag.tagged_at > news.since,
            ResourceTag.tagged_at <= news.until,
        )
    )
    for revision, slug, at in session.execute(asked):
        news.marks[revision.resource_id] = mark_of(revision.audience, revision.region)
        news.add(FollowKind.TAG, news.kept.get(slug, slug), Piece(revision.resource_id, at))


def _add_collected(session: Session, news: News) -> None:
    """Add what was put into published collections then, old or new."""
    asked = (
        select(Collection, Revision, CollectionItem.added_at)
        .join(CollectionItem, CollectionItem.collection_id == Collection.id)
        .join(Revision, Revision.resource_id == CollectionItem.resource_id)
        .where(
            Collection.state == CollectionState.PUBLISHED,
            Revision.state == State.PUBLISHED,
            CollectionItem.added_at > news.since,
            CollectionItem.added_at <= news.until,
        )
    )
    for collection, revision, at in session.execute(asked):
        news.collections[collection.id] = mark_of(collection.audience, collection.region or "")
        news.marks[revision.resource_id] = mark_of(revision.audience, revision.region)
        news.add(FollowKind.COLLECTION, collection.id, Piece(revision.resource_id, at))


def _add_found(
    session: Session,
    news: News,
    engine: SearchEngine,
    taxonomy: Taxonomy,
    came: Mapping[str, datetime],
) -> None:
    """Ask each search that anybody follows once, and keep what is new of its answer."""
    if not came:
        return
    marks = every_mark(taxonomy)
    keys = session.scalars(
        select(Follow.key).where(Follow.kind == FollowKind.SEARCH).distinct()
    ).all()
    for key in keys:
        for resource_id in find_ids(engine, key, marks):
            if resource_id in came:
                news.add(FollowKind.SEARCH, key, Piece(resource_id, came[resource_id]))


def find_ids(engine: SearchEngine, key: str, marks: frozenset[str]) -> Some[str]:
    """Return the ids of what a followed search finds with all its words, newest first.

    Raises:
        SearchUnavailable: the index cannot answer now.
    """
    try:
        search = SavedSearch.read(key)
    except InvalidInput:  # a rule became narrower since it was followed
        return ()
    query = SearchQuery(
        words=search.words,
        facets=search.facets,
        plain=search.plain,
        is_exact=search.is_exact,
        marks=marks,
        sort=Sort.NEWEST,
        per_page=EVERYTHING,
        is_all_words=True,
    )
    return engine.find(query).ids


def every_mark(taxonomy: Taxonomy) -> frozenset[str]:
    """Return the marks of all that is published, whoever may see it."""
    regions = (mark_of(Audience.REGION, code) for code in taxonomy.codes("regions"))
    return frozenset((str(Audience.PUBLIC), str(Audience.STAFF), *regions))
