"""A resource in schema.org's words, for the machines that read its page."""

from typing import Any

from app.domain.facets import BY_NAME
from app.domain.resources import Kind, ResourceContent
from app.domain.taxonomy import Taxonomy
from app.models.resources import Resource
from app.services.resources import content_of, published_revision


def learning_resource(resource: Resource, taxonomy: Taxonomy, url: str) -> dict[str, Any]:
    """Return a published resource as a LearningResource, to be sent as JSON-LD.

    Vocabulary: https://schema.org/LearningResource

    Raises:
        NotFound: it has no published revision.
    """
    content = content_of(resource)
    changed_at = published_revision(resource).published_at
    described = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "identifier": resource.id,
        "name": content.title,
        "description": content.summary,
        "learningResourceType": taxonomy.label("kinds", content.kind),
        "educationalLevel": _labels(content, taxonomy, "stage"),
        "about": _labels(content, taxonomy, "area", "theme"),
        "keywords": list(content.tags),
        "inLanguage": content.language,
        "license": content.licence,
        "datePublished": content.published_on and content.published_on.isoformat(),
        "dateModified": changed_at and changed_at.date().isoformat(),
        "expires": content.review_by and content.review_by.isoformat(),
        "timeRequired": content.duration_minutes and f"PT{content.duration_minutes}M",
        "publisher": {
            "@type": "Organization",
            "name": taxonomy.label("regions", content.region),
        },
        "author": _author(content, taxonomy),
        "isAccessibleForFree": True,
    }
    return {key: value for key, value in described.items() if value}


def _labels(content: ResourceContent, taxonomy: Taxonomy, *facets: str) -> list[str]:
    return [
        taxonomy.label(BY_NAME[facet].vocabulary, code)
        for facet in facets
        for code in content.terms.get(facet, ())
    ]


def _author(content: ResourceContent, taxonomy: Taxonomy) -> dict[str, str] | None:
    is_learning = content.kind is Kind.PROFESSIONAL_LEARNING
    name = content.provider if is_learning else content.school
    if name is None and content.authority:
        name = taxonomy.label("authorities", content.authority)
    return {"@type": "Organization", "name": name} if name else None
