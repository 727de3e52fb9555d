"""A draft as the fields of its form, and the fields as the draft again."""

from collections.abc import Iterator, Mapping

from app.domain.audience import Audience
from app.domain.facets import TERM_LISTS
from app.domain.merging import Value
from app.domain.resources import Evidence, Kind, ResourceContent
from app.domain.sections import SECTIONS
from app.formats.sections import Body, join_body, split_body
from app.models.resource_content import content_of
from app.models.resources import Revision, RevisionTag, RevisionTerm

SECTION = "section-"  # begins the name of a section's field; its code follows
LEAD, OTHER = "lead", "other"  # words before the first section, and those that fit none
TAGS = "tags"
TERM_FIELDS = tuple(facet.name for facet in TERM_LISTS)
LISTS = frozenset({*TERM_FIELDS, TAGS})
# A field of this name is the column of this name.
PLAIN = (
    "title",
    "summary",
    "evidence_grade",
    "evidence_measure",
    "evidence_cohort",
    "evidence_cost",
    "learning_type",
    "provider",
    "language",
    "licence",
    "authority",
)
NEVER_NULL = frozenset({"title", "summary", "language"})

Values = Mapping[str, Value]


def section_field(code: str) -> str:
    """Return the name of a section's field."""
    return SECTION + code


def body_fields(kind: Kind) -> tuple[str, ...]:
    """Return the names of the fields that make up the body, in the form's order."""
    return (LEAD, *(section_field(section.code) for section in SECTIONS[kind]), OTHER)


def fields_of(revision: Revision) -> dict[str, Value]:
    """Return every field of a draft's form by its name, in the form's order.

    A text is "" where there is none; lists of codes and tags keep the author's order.
    """
    return values_of(content_of(revision))


def values_of(content: ResourceContent) -> dict[str, Value]:
    """Return what a resource says as the fields of a form, in the form's order."""
    evidence = content.evidence or Evidence()
    values: dict[str, Value] = {
        "title": content.title,
        "summary": content.summary,
        "evidence_grade": evidence.grade or "",
        "evidence_measure": evidence.measure or "",
        "evidence_cohort": evidence.cohort or "",
        "evidence_cost": evidence.cost or "",
        "learning_type": content.learning_type or "",
        "provider": content.provider or "",
        "language": content.language,
        "licence": content.licence or "",
        "authority": content.authority or "",
    }
    values |= {name: content.terms.get(name, ()) for name in TERM_FIELDS}
    values["tags"] = content.tags
    values["audience"] = str(content.audience)
    values["duration_minutes"] = str(content.duration_minutes or "")
    return values | _split(content.body, content.kind)


def settled(values: Values, kind: Kind) -> dict[str, Value]:
    """Return the fields with the words of the body as they will stand when they are read again."""
    return {**values, **_split(body_of(values, kind), kind)}


def body_of(values: Values, kind: Kind) -> str:
    """Return the Markdown that the sections make up; it ends with a line end, or is empty."""
    texts = {section.code: _text(values, section_field(section.code)) for section in SECTIONS[kind]}
    return join_body(Body(texts, other=_text(values, OTHER), lead=_text(values, LEAD)), kind)


def write_fields(revision: Revision, values: Values) -> bool:
    """Let the draft say what the fields say; return whether anything changed.

    What did not change is left as it stands, to the byte.
    """
    before, kind = fields_of(revision), revision.resource.kind
    changed = {name for name in values if values[name] != before[name]}
    for name in changed.intersection(PLAIN):
        text = _text(values, name)
        setattr(revision, name, text if text or name in NEVER_NULL else None)
    if "audience" in changed:
        revision.audience = Audience(_text(values, "audience"))
    if "duration_minutes" in changed:
        revision.duration_minutes = int(_text(values, "duration_minutes") or 0) or None
    if changed.intersection(body_fields(kind)):
        revision.body_markdown = body_of({**before, **values}, kind)
    if changed.intersection(TERM_FIELDS):
        _file_under(revision, list(_pairs({**before, **values})))
    if TAGS in changed:
        _tag(revision, tuple(values[TAGS]))
    return bool(changed)


def _split(body: str, kind: Kind) -> dict[str, Value]:
    parts = split_body(body, kind)
    texts: dict[str, Value] = {LEAD: parts.lead}
    for section in SECTIONS[kind]:
        texts[section_field(section.code)] = parts.sections.get(section.code, "")
    return {**texts, OTHER: parts.other}


def _text(values: Values, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _pairs(values: Values) -> Iterator[tuple[str, str]]:
    return ((facet, code) for facet in TERM_FIELDS for code in values[facet])


def _file_under(revision: Revision, pairs: list[tuple[str, str]]) -> None:
    held = {(term.facet, term.code): term for term in revision.terms}
    kept = [held.get(pair) or RevisionTerm(facet=pair[0], code=pair[1]) for pair in pairs]
    for position, term in enumerate(kept):
        term.position = position
    revision.terms = kept


def _tag(revision: Revision, tags: tuple[str, ...]) -> None:
    held = {tag.tag: tag for tag in revision.tags}
    kept = [held.get(word) or RevisionTag(tag=word) for word in tags]
    for position, tag in enumerate(kept):
        tag.position = position
    revision.tags = kept
