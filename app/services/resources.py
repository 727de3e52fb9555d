"""Read one resource, or its pictures, on someone's behalf."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload, undefer

from app.domain.audience import ACTIONS
from app.domain.errors import NotFound
from app.domain.facets import BY_NAME
from app.domain.people import Actor
from app.domain.permissions import allows
from app.domain.resources import Evidence, Kind, ResourceContent
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.markdown import Rendered, render_markdown
from app.models.pictures import Picture
from app.models.resources import FormerSlug, Resource, Revision

MISSING = "There is no such resource, or it is not for everyone to read."


def read(session: Session, actor: Actor, address: str) -> Resource:
    """Return the published resource with this slug, former slug or id.

    Its `published` revision is there, with terms and tags.

    Raises:
        NotFound: there is none that this actor may read.
    """
    if "\0" in address:
        # PostgreSQL refuses to be asked for one.
        raise NotFound(MISSING)
    resource = session.scalars(
        select(Resource)
        .outerjoin(FormerSlug)
        .where(
            or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address),
        )
        # A slug in use goes before the same slug in another's past.
        .order_by((Resource.slug == address).desc())
        .options(
            selectinload(Resource.published).selectinload(Revision.terms),
            selectinload(Resource.published).selectinload(Revision.tags),
            selectinload(Resource.published).selectinload(Revision.pictures),
        )
    ).first()
    if resource is None or not _may_read(actor, resource.published):
        raise NotFound(MISSING)
    return resource


def read_picture(session: Session, actor: Actor, name: str) -> Picture:
    """Return a picture, with its bytes, that a resource shows which the actor may read.

    Raises:
        NotFound: there is none.
    """
    revisions = session.scalars(
        select(Revision)
        .join(Revision.pictures)
        .where(Picture.name == name, Revision.state == State.PUBLISHED)
    )
    if not any(_may_read(actor, revision) for revision in revisions):
        raise NotFound("There is no such picture, or it is not for everyone to see.")
    return session.scalars(
        select(Picture).where(Picture.name == name).options(undefer(Picture.data))
    ).one()


def published_revision(resource: Resource) -> Revision:
    """Return the published revision of a resource that `read` gave."""
    if resource.published is None:
        raise NotFound(MISSING)
    return resource.published


def terms_of(resource: Resource) -> Mapping[str, list[str]]:
    """Return the codes that a resource is filed under, by facet name, in the author's order."""
    terms: dict[str, list[str]] = {}
    for term in published_revision(resource).terms:
        terms.setdefault(term.facet, []).append(term.code)
    return terms


def content_of(resource: Resource) -> ResourceContent:
    """Return everything that the resource says, as a value that outlives the session."""
    revision = published_revision(resource)
    return ResourceContent(
        kind=resource.kind,
        title=revision.title,
        body=revision.body_markdown,
        region=revision.region,
        audience=revision.audience,
        summary=revision.summary,
        notice=revision.notice,
        authority=revision.authority,
        school=revision.school,
        terms={facet: tuple(codes) for facet, codes in terms_of(resource).items()},
        tags=tuple(tag.tag for tag in revision.tags),
        evidence=_evidence(revision),
        learning_type=revision.learning_type,
        duration_minutes=revision.duration_minutes,
        provider=revision.provider,
        language=revision.language,
        licence=revision.licence,
        published_on=revision.published_on,
        review_by=revision.review_by,
        extra_yaml=revision.extra_yaml,
    )


def render(resource: Resource, picture_url: Callable[[str], str]) -> Rendered:
    """Return the resource's words as safe HTML, with its sections."""
    revision = published_revision(resource)
    held = {picture.name for picture in revision.pictures}
    return render_markdown(
        revision.body_markdown,
        picture_url=lambda name: picture_url(name) if name in held else None,
    )


def describe(resource: Resource, taxonomy: Taxonomy, url: str) -> dict[str, Any]:
    """Return the resource in schema.org's words, for machines that read the page.

    Vocabulary: https://schema.org/LearningResource
    """
    revision, terms = published_revision(resource), terms_of(resource)

    def labels(*facets: str) -> list[str]:
        return [
            taxonomy.label(BY_NAME[facet].vocabulary, code)
            for facet in facets
            for code in terms.get(facet, [])
        ]

    described = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "identifier": resource.id,
        "name": revision.title,
        "description": revision.summary,
        "learningResourceType": taxonomy.label("kinds", resource.kind),
        "educationalLevel": labels("stage"),
        "about": labels("area", "theme"),
        "keywords": [tag.tag for tag in revision.tags],
        "inLanguage": revision.language,
        "license": revision.licence,
        "datePublished": revision.published_on and revision.published_on.isoformat(),
        "dateModified": revision.published_at and revision.published_at.date().isoformat(),
        "expires": revision.review_by and revision.review_by.isoformat(),
        "timeRequired": revision.duration_minutes and f"PT{revision.duration_minutes}M",
        "publisher": {
            "@type": "Organization",
            "name": taxonomy.label("regions", revision.region),
        },
        "author": _author(resource, taxonomy),
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in described.items() if value}


def _author(resource: Resource, taxonomy: Taxonomy) -> dict[str, str] | None:
    revision = published_revision(resource)
    is_learning = resource.kind is Kind.PROFESSIONAL_LEARNING
    name = revision.provider if is_learning else revision.school
    if name is None and revision.authority:
        name = taxonomy.label("authorities", revision.authority)
    return {"@type": "Organization", "name": name} if name else None


def _evidence(revision: Revision) -> Evidence | None:
    evidence = Evidence(
        grade=revision.evidence_grade,
        measure=revision.evidence_measure,
        cohort=revision.evidence_cohort,
        cost=revision.evidence_cost,
    )
    return None if evidence == Evidence() else evidence


def _may_read(actor: Actor, revision: Revision | None) -> bool:
    return revision is not None and allows(actor, ACTIONS[revision.audience], revision)
