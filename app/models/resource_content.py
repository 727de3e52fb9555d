"""A revision's rows as one value, and a value as rows."""

from app.domain.resources import AttachmentRef, Evidence, ResourceContent
from app.domain.workflow import State
from app.models.resources import Revision, RevisionTag, RevisionTerm
from app.models.submissions import RevisionAttachment


def content_of(revision: Revision) -> ResourceContent:
    """Return everything that a revision says."""
    terms: dict[str, list[str]] = {}
    for term in revision.terms:
        terms.setdefault(term.facet, []).append(term.code)
    evidence = Evidence(
        grade=revision.evidence_grade,
        measure=revision.evidence_measure,
        cohort=revision.evidence_cohort,
        cost=revision.evidence_cost,
    )
    return ResourceContent(
        kind=revision.resource.kind,
        title=revision.title,
        body=revision.body_markdown,
        region=revision.region,
        audience=revision.audience,
        summary=revision.summary,
        notice=revision.notice,
        authority=revision.authority,
        school=revision.school,
        terms={facet: tuple(codes) for facet, codes in terms.items()},
        tags=tuple(tag.tag for tag in revision.tags),
        evidence=evidence if evidence != Evidence() else None,
        learning_type=revision.learning_type,
        duration_minutes=revision.duration_minutes,
        provider=revision.provider,
        language=revision.language,
        licence=revision.licence,
        published_on=revision.published_on,
        review_by=revision.review_by,
        attachments=tuple(
            AttachmentRef(held.attachment_name, held.label) for held in revision.attachments
        ),
        adapted_from=revision.adapted_from,
        attribution=revision.attribution or "",
        extra_yaml=revision.extra_yaml,
    )


def revision_of(content: ResourceContent, number: int) -> Revision:
    """Return a new draft that says this; its resource, which has the kind, is not set.

    The files that it offers must be kept already; its pictures are not set either.
    """
    evidence = content.evidence or Evidence()
    pairs = [(facet, code) for facet, codes in content.terms.items() for code in codes]
    return Revision(
        number=number,
        state=State.DRAFT,
        title=content.title,
        body_markdown=content.body,
        region=content.region,
        audience=content.audience,
        summary=content.summary,
        notice=content.notice,
        authority=content.authority,
        school=content.school,
        terms=[RevisionTerm(facet=f, code=c, position=n) for n, (f, c) in enumerate(pairs)],
        tags=[RevisionTag(tag=tag, position=n) for n, tag in enumerate(content.tags)],
        evidence_grade=evidence.grade,
        evidence_measure=evidence.measure,
        evidence_cohort=evidence.cohort,
        evidence_cost=evidence.cost,
        learning_type=content.learning_type,
        duration_minutes=content.duration_minutes,
        provider=content.provider,
        language=content.language,
        licence=content.licence,
        published_on=content.published_on,
        review_by=content.review_by,
        attachments=[
            RevisionAttachment(attachment_name=ref.name, label=ref.label, position=n)
            for n, ref in enumerate(content.attachments)
        ],
        adapted_from=content.adapted_from,
        attribution=content.attribution,
        extra_yaml=content.extra_yaml,
    )
