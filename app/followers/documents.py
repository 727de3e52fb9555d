"""How what is published stands in the database, as the search index takes it."""

import hashlib
from collections.abc import Collection as Ids
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.audience import mark_of
from app.domain.collections import KIND as COLLECTION
from app.domain.collections import CollectionContent, CollectionState
from app.domain.evidence import Tried
from app.domain.facets import BY_NAME, FACETS
from app.domain.resources import ResourceContent, codes_by_facet
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.followers.outbox import BATCH
from app.formats.markdown import plain_text
from app.models.collection_content import collection_content_of
from app.models.collections import Collection, CollectionSection
from app.models.evidence import find_tried
from app.models.resource_content import content_of
from app.models.resource_tags import tags_of
from app.models.resources import Resource, Revision
from app.search.port import Changes, SearchDocument

# A resource's id, its slug, what it says, how far it was tried.
Content = tuple[str, str, ResourceContent, Tried]

EVIDENCE = "evidence"  # the facet that follows from what was tried

_PUBLISHED = select(Revision).join(Resource).where(Revision.state == State.PUBLISHED)


def documents(
    session: Session, taxonomy: Taxonomy, ids: Ids[str] | None = None
) -> Iterator[SearchDocument]:
    """Yield a document for each published resource, then for each collection, or those of `ids`."""
    for content in contents(session, ids):
        yield document_of(*content, taxonomy)
    yield from collection_documents(session, taxonomy, ids)


def contents(session: Session, ids: Ids[str] | None = None) -> Iterator[Content]:
    """Yield what each published resource says, or each of `ids`, by id."""
    published = (
        _PUBLISHED.order_by(Revision.resource_id)
        .options(
            selectinload(Revision.resource),
            selectinload(Revision.terms),
            selectinload(Revision.tags),
        )
        .execution_options(yield_per=BATCH)
    )
    if ids is not None:
        published = published.where(Revision.resource_id.in_(ids))
    for revisions in session.scalars(published).partitions(BATCH):
        tried, tags = find_tried(session, revisions), tags_of(session, revisions)
        for revision in revisions:
            resource = revision.resource
            content = replace(content_of(revision), tags=tags[revision.id].written)
            yield resource.id, resource.slug, content, tried[resource.id]


def count_published(session: Session) -> int:
    """Return how many resources and collections are published."""
    resources = session.scalar(_PUBLISHED.with_only_columns(func.count())) or 0
    collections = select(func.count()).where(Collection.state == CollectionState.PUBLISHED)
    return resources + (session.scalar(collections) or 0)


def published_ids(session: Session) -> set[str]:
    """Return the ids of all resources and collections that are published."""
    resources = session.scalars(_PUBLISHED.with_only_columns(Revision.resource_id))
    collections = select(Collection.id).where(Collection.state == CollectionState.PUBLISHED)
    return {*resources, *session.scalars(collections)}


def how_they_stand(session: Session, taxonomy: Taxonomy, subjects: Iterable[str]) -> Changes:
    """Return how each of these resources and collections stands now: published, or gone."""
    wanted = list(subjects)
    standing: list[SearchDocument] = []
    for start in range(0, len(wanted), BATCH):
        standing += documents(session, taxonomy, wanted[start : start + BATCH])
    gone = set(wanted) - {document.id for document in standing}
    return Changes(tuple(standing), frozenset(gone))


def document_of(
    resource_id: str, slug: str, content: ResourceContent, tried: Tried, taxonomy: Taxonomy
) -> SearchDocument:
    """Return what the index holds of a resource that says this and was tried so far."""
    facets = codes_by_facet(content)
    document = SearchDocument(
        id=resource_id,
        slug=slug,
        title=content.title,
        summary=content.summary,
        body=plain_text(content.body),
        mark=mark_of(content.audience, content.region),
        facets=facets | {EVIDENCE: (str(tried.rung),)},
        tags=content.tags,
        labels=_labels(facets, taxonomy),
        school=content.school or "",
        language=content.language,
        is_sample=bool(content.notice),
        published_on=content.published_on,
        review_by=content.review_by,
        tries=tried.tally.schools,
    )
    return replace(document, fingerprint=_fingerprint(document))


def collection_documents(
    session: Session, taxonomy: Taxonomy, ids: Ids[str] | None = None
) -> Iterator[SearchDocument]:
    """Yield a document for each published collection, or for those of `ids`, by id.

    It says nothing of its items but what its curators wrote above them: an item may be for fewer
    people than the collection is.
    """
    published = (
        select(Collection)
        .where(Collection.state == CollectionState.PUBLISHED)
        .order_by(Collection.id)
        .options(selectinload(Collection.sections).selectinload(CollectionSection.items))
    )
    if ids is not None:
        published = published.where(Collection.id.in_(ids))
    for collection in session.scalars(published):
        content = collection_content_of(collection)
        yield collection_document_of(collection.id, collection.slug, content, taxonomy)


def collection_document_of(
    collection_id: str, slug: str, content: CollectionContent, taxonomy: Taxonomy
) -> SearchDocument:
    """Return what the index holds of a collection that says this."""
    day = content.published_on
    filed = {
        "kind": COLLECTION,
        "region": content.region,
        "authority": content.authority,
        "year": str(day.year) if day else None,
    }
    facets = {facet.name: (code,) for facet in FACETS if (code := filed.get(facet.name))}
    titles = [section.title for section in content.sections if section.title]
    document = SearchDocument(
        id=collection_id,
        slug=slug,
        title=content.title,
        summary=content.summary,
        body="\n".join([plain_text(content.introduction), *titles]).strip("\n"),
        mark=mark_of(content.audience, content.region),
        facets=facets,
        labels=_labels(facets, taxonomy),
        school=content.school or "",
        language=content.language,
        is_sample=bool(content.notice),
        published_on=day,
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
