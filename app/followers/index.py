"""Carry what the outbox holds into the search index, or draw the index anew."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.db import reading, unit_of_work
from app.domain.audience import mark_of
from app.domain.events import Follower
from app.domain.facets import BY_NAME
from app.domain.resources import ResourceContent, codes_by_facet
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.followers.outbox import BATCH, find_waiting, mark_handled
from app.formats.markdown import plain_text
from app.models.resource_content import content_of
from app.models.resources import Resource, Revision
from app.search.port import SearchDocument, SearchEngine


@dataclass(frozen=True)
class Difference:
    """Where the index and the database disagree, by resource id."""

    missing: tuple[str, ...] = ()  # published, not in the index
    left_over: tuple[str, ...] = ()  # in the index, not published
    changed: tuple[str, ...] = ()  # in both, with other words

    def __bool__(self) -> bool:
        return bool(self.missing or self.left_over or self.changed)


def catch_up(engine: SearchEngine, taxonomy: Taxonomy, limit: int = BATCH) -> int:
    """Carry up to `limit` waiting events, oldest first; return how many.

    An event says what changed; the index is given how it stands now. So an
    event carried twice, or ten events about one resource, do no harm. The
    engine writes while the database is free for others.

    Raises:
        SearchUnavailable: the index cannot be written; the events go on waiting.
    """
    with reading() as session:
        waiting = find_waiting(session, Follower.INDEX, limit)
        standing = list(documents(session, taxonomy, waiting.subjects)) if waiting.rows else []
    if not waiting.rows:
        return 0
    gone = set(waiting.subjects) - {document.id for document in standing}
    engine.write(standing, removed=sorted(gone))
    with unit_of_work() as session:
        mark_handled(session, waiting)
    return len(waiting.rows)


def rebuild(engine: SearchEngine, taxonomy: Taxonomy) -> int:
    """Draw the index anew from the database; return its document count.

    Events go on waiting, and are carried again: what was published meanwhile is not lost.
    """
    with reading() as session:
        return engine.rebuild(documents(session, taxonomy))


def compare(session: Session, engine: SearchEngine, taxonomy: Taxonomy) -> Difference:
    """Hold the index against the database.

    Raises:
        SearchUnavailable: there is no readable index.
    """
    held = engine.fingerprints()
    wanted = {document.id: document.fingerprint for document in documents(session, taxonomy)}
    return Difference(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        left_over=tuple(sorted(held.keys() - wanted.keys())),
        changed=tuple(sorted(i for i in wanted.keys() & held.keys() if wanted[i] != held[i])),
    )


def is_of_another_library(engine: SearchEngine) -> bool:
    """Say whether the index holds other resources than are published; their words do not count.

    So it is after another copy of the database was put in place.

    Raises:
        SearchUnavailable: there is no readable index.
    """
    with reading() as session:
        published = session.scalars(
            select(Revision.resource_id).where(Revision.state == State.PUBLISHED)
        )
        return set(published) != engine.fingerprints().keys()


def documents(
    session: Session, taxonomy: Taxonomy, ids: Collection[str] | None = None
) -> Iterator[SearchDocument]:
    """Yield a document for each published resource, or for those of `ids`, by id."""
    published = (
        select(Revision)
        .join(Resource)
        .where(Revision.state == State.PUBLISHED)
        .order_by(Revision.resource_id)
        .options(
            selectinload(Revision.resource),
            selectinload(Revision.terms),
            selectinload(Revision.tags),
        )
        .execution_options(yield_per=BATCH)
    )
    if ids is not None:
        published = published.where(Revision.resource_id.in_(ids))
    for revision in session.scalars(published):
        resource = revision.resource
        yield document_of(resource.id, resource.slug, content_of(revision), taxonomy)


def document_of(
    resource_id: str, slug: str, content: ResourceContent, taxonomy: Taxonomy
) -> SearchDocument:
    """Return what the index holds of a resource that says this."""
    facets = codes_by_facet(content)
    document = SearchDocument(
        id=resource_id,
        slug=slug,
        title=content.title,
        summary=content.summary,
        body=plain_text(content.body),
        mark=mark_of(content.audience, content.region),
        facets=facets,
        tags=content.tags,
        labels=_labels(facets, taxonomy),
        school=content.school or "",
        language=content.language,
        is_sample=bool(content.notice),
        published_on=content.published_on,
        review_by=content.review_by,
    )
    return replace(document, fingerprint=_fingerprint(document))


def _labels(facets: Mapping[str, tuple[str, ...]], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the labels of a resource's terms, English and Gaelic; aliases are for the query."""
    terms = (
        taxonomy.vocabularies[BY_NAME[name].vocabulary].by_code.get(code)
        for name, codes in facets.items()
        for code in codes
        if BY_NAME[name].vocabulary
    )
    labels = chain.from_iterable((term.label, term.label_gd or "") for term in terms if term)
    return tuple(dict.fromkeys(filter(None, labels)))


def _fingerprint(document: SearchDocument) -> str:
    """Return a hash of everything that is indexed."""
    return hashlib.sha256(repr(document).encode()).hexdigest()
