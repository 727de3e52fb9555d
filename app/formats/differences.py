"""What a reviewer looks at: the fields of a resource that two versions do not have in common."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.audience import Audience
from app.domain.facets import TERM_LISTS
from app.domain.resources import Evidence, ResourceContent
from app.domain.sections import SECTIONS
from app.domain.taxonomy import Taxonomy
from app.formats.sections import split_body
from app.formats.side_by_side import Change, Row, rows_of_lists, rows_of_texts

AUDIENCES = {
    Audience.PUBLIC: "Everyone",
    Audience.STAFF: "Staff of all regions",
    Audience.REGION: "Staff of its region",
}
_PICTURE = re.compile(r"\bpictures/([^\s)\"'<>]+)")


@dataclass(frozen=True)
class FieldDifference:
    """One field that changed, as rows for a table."""

    name: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Differences:
    """The fields that changed, in the order of the form, and how many others are filled."""

    fields: tuple[FieldDifference, ...]
    unchanged: int


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    value: str | tuple[str, ...]


def compare(
    before: ResourceContent | None, after: ResourceContent, taxonomy: Taxonomy
) -> Differences:
    """Say field by field what changed; with no version before, everything was added."""
    held = {field.name: field.value for field in _fields(before, taxonomy)} if before else {}
    changed: list[FieldDifference] = []
    unchanged = 0
    for field in _fields(after, taxonomy):
        rows = _compare_values(held.get(field.name, ""), field.value)
        if rows:
            changed.append(FieldDifference(field.name, field.label, rows))
        else:
            unchanged += bool(field.value)
    return Differences(tuple(changed), unchanged)


def _compare_values(before: str | tuple[str, ...], after: str | tuple[str, ...]) -> tuple[Row, ...]:
    """Return the rows of a field that changed; space between words alone is no change."""
    if (before or "") == (after or ""):
        return ()
    if isinstance(after, tuple):
        rows = rows_of_lists(before if isinstance(before, tuple) else (), after)
    else:
        rows = rows_of_texts(before if isinstance(before, str) else "", after)
    return rows if any(row.change is not Change.SAME for row in rows) else ()


def _fields(content: ResourceContent, taxonomy: Taxonomy) -> Iterator[_Field]:
    """Yield every field, empty ones too, so that two versions have the same ones."""
    yield _Field("title", "Title", content.title)
    yield _Field("summary", "Summary", content.summary)
    yield from _written(content)
    yield from _filed_under(content, taxonomy)
    yield from _evidence(content.evidence or Evidence(), taxonomy)
    yield from _facts(content, taxonomy)


def _written(content: ResourceContent) -> Iterator[_Field]:
    parts = split_body(content.body, content.kind)
    yield _Field("lead", "Before the first section", parts.lead)
    for section in SECTIONS[content.kind]:
        text = parts.sections.get(section.code, "")
        yield _Field(section.code, section.heading, text)
    yield _Field("other", "Outside the sections", parts.other)
    pictures = tuple(dict.fromkeys(_PICTURE.findall(content.body)))
    yield _Field("pictures", "Pictures", pictures)


def _filed_under(content: ResourceContent, taxonomy: Taxonomy) -> Iterator[_Field]:
    for facet in TERM_LISTS:
        codes = content.terms.get(facet.name, ())
        labels = tuple(taxonomy.label(facet.vocabulary, code) for code in codes)
        yield _Field(facet.name, facet.plural, labels)
    yield _Field("tags", "Tags", content.tags)


def _evidence(evidence: Evidence, taxonomy: Taxonomy) -> Iterator[_Field]:
    grade, cost = evidence.grade or "", evidence.cost or ""
    yield _Field("evidence-grade", "Evidence", taxonomy.label("evidence_grades", grade))
    yield _Field("evidence-measure", "What was measured", evidence.measure or "")
    yield _Field("evidence-cohort", "How many learners", evidence.cohort or "")
    yield _Field("evidence-cost", "Cost", taxonomy.label("costs", cost))


def _facts(content: ResourceContent, taxonomy: Taxonomy) -> Iterator[_Field]:
    minutes = content.duration_minutes
    yield _Field("region", "Region", taxonomy.label("regions", content.region))
    yield _Field("authority", "Authority", taxonomy.label("authorities", content.authority or ""))
    yield _Field("school", "School", content.school or "")
    yield _Field("type", "Type", taxonomy.label("learning_types", content.learning_type or ""))
    yield _Field("duration", "Duration", f"{minutes} minutes" if minutes else "")
    yield _Field("provider", "Provider", content.provider or "")
    yield _Field("audience", "Who may read it", AUDIENCES[content.audience])
    yield _Field("language", "Language", content.language)
    yield _Field("licence", "Licence", content.licence or "")
    yield _Field("notice", "Notice", content.notice)
    yield _Field("published-on", "Published on", _day(content.published_on))
    yield _Field("review-by", "Review by", _day(content.review_by))
    offered = tuple(f"{ref.label} ({ref.name})" for ref in content.attachments)
    yield _Field("attachments", "Downloads", offered)
    yield _Field("adapted-from", "Built on, by its id", content.adapted_from or "")
    yield _Field("attribution", "Built on", content.attribution)
    yield _Field("extra", "Other facts of the file", content.extra_yaml)


def _day(when: date | None) -> str:
    return f"{when.day} {when:%B %Y}" if when else ""
