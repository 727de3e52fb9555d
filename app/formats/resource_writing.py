"""Write a resource as its Markdown file: the one canonical form, the same bytes every time."""

import json
import re
from collections.abc import Iterator, Sequence

import yaml

from app.domain.facets import BY_NAME, TERM_LISTS
from app.domain.resources import AttachmentRef, Evidence, ResourceContent

# What JSON lets stand in a string and YAML does not, or folds away.
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# Text for us, a number or a word of its own for the YAML of other programs.
NOT_TEXT_ELSEWHERE = re.compile(r"(?:[-+.]?\d[\d_.,:eExXoO+-]*|y|n|nan|inf)\Z", re.IGNORECASE)
LISTS_IN_ORDER = ("stage", "sector", "area", "theme", "indicator", "priority")
LIST_OF_LEARNING = "standard"  # stands with what only professional learning has
# A facet that has come since stands behind those that have a place of their own.
LISTS = tuple(
    dict.fromkeys((*LISTS_IN_ORDER, *(f.name for f in TERM_LISTS if f.name != LIST_OF_LEARNING)))
)


def to_file(resource_id: str, content: ResourceContent) -> bytes:
    """Return the Markdown file of a resource: front matter in PRODUCT's order, then its body."""
    lines = [f"id: {resource_id}", *_known(content)]
    if content.extra_yaml:
        lines.append(content.extra_yaml)
    front_matter = "\n".join(lines)
    return f"---\n{front_matter}\n---\n{content.body}".encode()


def _known(content: ResourceContent) -> Iterator[str]:
    yield _line("kind", content.kind)
    yield _line("title", content.title)
    yield from _given("summary", content.summary)
    yield from _given("notice", content.notice)
    yield _line("region", content.region)
    yield from _given("authority", content.authority)
    yield from _given("school", content.school)
    yield _line("audience", content.audience)
    for facet in LISTS:
        yield from _terms(facet, content)
    yield from _given("type", content.learning_type)
    if content.duration_minutes is not None:
        yield f"duration_minutes: {content.duration_minutes}"
    yield from _given("provider", content.provider)
    yield from _terms(LIST_OF_LEARNING, content)
    yield from _list("tags", content.tags)
    yield from _evidence(content.evidence)
    yield _line("language", content.language)
    yield from _given("licence", content.licence)
    for key, day in (("published_on", content.published_on), ("review_by", content.review_by)):
        if day is not None:
            yield f"{key}: {day.isoformat()}"
    yield from _attachments(content.attachments)
    yield from _given("adapted_from", content.adapted_from)
    yield from _given("attribution", content.attribution)


def _given(key: str, text: str | None) -> Iterator[str]:
    if text:
        yield _line(key, text)


def _line(key: str, text: str) -> str:
    return f"{key}: {scalar(text)}"


def _terms(facet: str, content: ResourceContent) -> Iterator[str]:
    yield from _list(BY_NAME[facet].key, content.terms.get(facet, ()))


def _list(key: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f"{key}: [{', '.join(scalar(text, in_list=True) for text in texts)}]"


def _evidence(evidence: Evidence | None) -> Iterator[str]:
    """Yield the evidence on one line; what its author put in own words stands in quotes."""
    if evidence is None:
        return
    parts = {
        "grade": evidence.grade and scalar(evidence.grade, in_list=True),
        "measure": evidence.measure and quoted(evidence.measure),
        "cohort": evidence.cohort and quoted(evidence.cohort),
        "cost": evidence.cost and scalar(evidence.cost, in_list=True),
    }
    held = ", ".join(f"{key}: {value}" for key, value in parts.items() if value)
    if held:
        yield f"evidence: {{{held}}}"


def _attachments(attachments: Sequence[AttachmentRef]) -> Iterator[str]:
    pairs = [{"file": ref.name, "label": ref.label} for ref in attachments]
    written = [
        ", ".join(f"{key}: {scalar(text, in_list=True)}" for key, text in pair.items())
        for pair in pairs
    ]
    if written:
        yield f"attachments: [{', '.join(f'{{{words}}}' for words in written)}]"


def scalar(text: str, in_list: bool = False) -> str:
    """Return the text as YAML, in quotes only where it needs them."""
    is_plain = not NOT_TEXT_ELSEWHERE.match(text) and _reads_back(text, in_list)
    return text if is_plain else quoted(text)


def _reads_back(text: str, in_list: bool) -> bool:
    """Say whether the bare text, read as YAML where it will stand, is itself again."""
    try:
        read = yaml.safe_load(f"k: [{text}]" if in_list else f"k: {text}")
    except (yaml.YAMLError, ValueError):
        return False
    return bool(read == {"k": [text] if in_list else text})


def quoted(text: str) -> str:
    """Return the text as YAML in double quotes, on one line."""
    return UNPRINTABLE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False)
    )
