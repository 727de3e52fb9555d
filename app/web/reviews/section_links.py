"""From a section of a submission to what was said about it, and back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.formats.markdown import Rendered


@dataclass(frozen=True)
class SectionLink:
    """A section as it stands on the page; `code` is "" where the form knows no such section."""

    text: str
    anchor: str
    code: str
    comments: int


def headings_of(kind: Kind) -> dict[str, str]:
    """Return the headings of the guided form's sections by their codes, in the form's order."""
    return {section.code: section.heading for section in SECTIONS[kind]}


def section_links(rendered: Rendered, kind: Kind, said_about: Iterable[str]) -> list[SectionLink]:
    """Return the sections of a page; `said_about` is the section's code of each comment."""
    codes = {heading.casefold(): code for code, heading in headings_of(kind).items()}
    said: Sequence[str] = list(said_about)
    links = []
    for section in rendered.sections:
        if section.level == 2:  # noqa: PLR2004 - the sections of a form
            code = codes.get(section.text.casefold(), "")
            links.append(
                SectionLink(section.text, section.id, code, said.count(code) if code else 0)
            )
    return links
