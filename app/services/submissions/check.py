"""What a draft still lacks before it can be submitted, each with the field where it goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.errors import InvalidInput
from app.domain.licences import ADAPTABLE, licence_asked_for
from app.domain.resources import SUMMARY_LIMIT_WORDS, Kind
from app.domain.sections import SECTIONS
from app.formats.markdown import pictures_without_words
from app.models.resources import Revision
from app.services.submissions.draft_fields import (
    LEAD,
    OTHER,
    Values,
    body_fields,
    fields_of,
    section_field,
)


@dataclass(frozen=True)
class Gap:
    """Something that is missing: the form's field, and what to do, as a sentence."""

    field: str
    sentence: str


class NotReady(InvalidInput):
    """The draft cannot go on yet; `gaps` say why, and `risks` counts what may identify a pupil."""

    def __init__(self, gaps: Sequence[Gap], risks: int = 0) -> None:
        sentences = [gap.sentence for gap in gaps]
        if risks:
            sentences.append(
                "Something in it may identify a pupil: look at the privacy page, and change it or "
                "say why it may stand."
            )
        super().__init__(" ".join(sentences))
        self.gaps = tuple(gaps)
        self.risks = risks

    @property
    def more(self) -> Mapping[str, object]:
        """What is missing, field by field, for a program."""
        missing = [{"field": gap.field, "sentence": gap.sentence} for gap in self.gaps]
        return {"fields": missing, "risks": self.risks}


def find_gaps(revision: Revision) -> list[Gap]:
    """Return what must be there before the draft is submitted, in the order of the form."""
    kind, values = revision.resource.kind, fields_of(revision)
    asked = licence_asked_for(revision.attribution or "") if revision.adapted_from else None
    return [
        *_about_the_head(values),
        *_about_sections(values, kind),
        *_about_pictures(values, kind),
        *_about_terms(values, kind),
        *_about_licence(values, asked),
    ]


def _about_the_head(values: Values) -> Iterator[Gap]:
    if not values["title"]:
        yield Gap("title", "Enter a title")
    count = len(str(values["summary"]).split())
    if not count:
        yield Gap("summary", "Say in a sentence or two what changed, as the summary")
    elif count > SUMMARY_LIMIT_WORDS:
        yield Gap(
            "summary",
            f"Shorten the summary to {SUMMARY_LIMIT_WORDS} words: it has {count}",
        )


def _about_sections(values: Values, kind: Kind) -> Iterator[Gap]:
    for section in SECTIONS[kind]:
        field = section_field(section.code)
        if section.is_wanted and not values[field]:
            yield Gap(field, f"Write something under “{section.heading}”")


def _about_pictures(values: Values, kind: Kind) -> Iterator[Gap]:
    headings = {section_field(section.code): section.heading for section in SECTIONS[kind]}
    names = {**headings, LEAD: "the words before the first section", OTHER: "other words"}
    for field in body_fields(kind):
        count = len(pictures_without_words(str(values[field])))
        if count:
            which = "the picture" if count == 1 else f"{count} pictures"
            yield Gap(field, f"Describe {which} in “{names[field]}” for those who cannot see it")


def _about_licence(values: Values, asked: str | None) -> Iterator[Gap]:
    """Yield that the licence of what this was built on must stay."""
    if asked is not None and values["licence"] != asked:
        yield Gap("licence", f"Keep the licence of what this was built on: {ADAPTABLE[asked]}")


def _about_terms(values: Values, kind: Kind) -> Iterator[Gap]:
    if kind is Kind.PROFESSIONAL_LEARNING and not values["learning_type"]:
        yield Gap("learning_type", "Choose what type of learning it is")
    if not values["stage"] and not values["sector"]:
        yield Gap("stage", "Choose at least one stage or sector")
    if not values["area"] and not values["theme"]:
        yield Gap("area", "Choose at least one curriculum area or theme")
