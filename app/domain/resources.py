"""A resource as a value: everything that one revision says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.audience import Audience
from app.domain.facets import FACETS


class Kind(StrEnum):
    """What a resource is."""

    CASE_STUDY = "case-study"
    PROFESSIONAL_LEARNING = "professional-learning"

    @property
    def folder(self) -> str:
        """The folder of content/ that holds this kind."""
        return "case-studies" if self is Kind.CASE_STUDY else "professional-learning"


KINDS = tuple(str(kind) for kind in Kind)  # what browsing counts: search holds collections too
TITLE_LIMIT = 200  # characters
LABEL_LIMIT = 200  # characters, of an attachment
ATTACHMENTS_LIMIT = 20  # to one resource
SLUG_LIMIT = 100  # characters
SUMMARY_LIMIT_WORDS = 60
SAMPLE_NOTICE = "This is an invented example. The school, the people and the results are not real."


@dataclass(frozen=True)
class Evidence:
    """How far a practice has been tried; the words are the author's."""

    grade: str | None = None  # a code from content/taxonomy/evidence_grades.yaml
    measure: str | None = None
    cohort: str | None = None  # a band such as 20-29, never a count under 5
    cost: str | None = None


@dataclass(frozen=True)
class AttachmentRef:
    """A file that a resource offers for download, by its name in the library."""

    name: str  # a file name, no folder
    label: str  # what its link says


@dataclass(frozen=True)
class ResourceContent:
    """Everything that one revision says, as a file or a form gives it.

    Codes are taxonomy codes. `terms` maps a facet's name to its codes in the
    author's order; a facet without terms is left out. `extra_yaml` holds the
    front-matter keys that the product does not know, as YAML, to be kept and
    written back. `body` is Markdown with LF line ends and one at the end.
    """

    kind: Kind
    title: str
    body: str
    region: str
    audience: Audience = Audience.PUBLIC
    summary: str = ""
    notice: str = ""
    authority: str | None = None
    school: str | None = None
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    evidence: Evidence | None = None
    learning_type: str | None = None
    duration_minutes: int | None = None
    provider: str | None = None
    language: str = "en"
    licence: str | None = None
    published_on: date | None = None
    review_by: date | None = None
    attachments: tuple[AttachmentRef, ...] = ()
    adapted_from: str | None = None  # the id of what it was built on
    attribution: str = ""  # the line that says so, as its licence asks
    extra_yaml: str = ""


def codes_by_facet(content: ResourceContent) -> dict[str, tuple[str, ...]]:
    """Return the codes that a resource is filed under, by facet name, in the order of the facets.

    A list keeps the author's order; a facet without codes is left out.
    """
    year = str(content.published_on.year) if content.published_on else None
    single = {
        "kind": str(content.kind),
        "region": content.region,
        "authority": content.authority,
        "type": content.learning_type,
        "year": year,
    }
    filed = {name: (code,) for name, code in single.items() if code} | dict(content.terms)
    return {facet.name: filed[facet.name] for facet in FACETS if filed.get(facet.name)}
