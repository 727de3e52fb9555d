"""Stand-in until the placing of pieces is merged: headings that are spelt as the sections are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.formats.intake import Piece


@dataclass(frozen=True)
class Unplaced(Piece):
    """A piece that fits no section for certain, and the code of the likeliest."""

    suggested: str = ""


@dataclass(frozen=True)
class Placed:
    """Each section's Markdown by its code, and what a person has to place."""

    sections: Mapping[str, str]
    unplaced: tuple[Unplaced, ...]


def place(pieces: Sequence[Piece], kind: Kind) -> Placed:
    """Put each piece into the section that its heading names."""
    codes = {section.heading.lower(): section.code for section in SECTIONS[kind]}
    sections: dict[str, str] = {}
    unplaced: list[Unplaced] = []
    for piece in pieces:
        code = codes.get(piece.heading.lower())
        if code:
            sections[code] = "\n\n".join(filter(None, (sections.get(code), piece.body.strip())))
        else:
            first = SECTIONS[kind][0].code
            unplaced.append(Unplaced(piece.heading, piece.level, piece.body, first))
    return Placed(sections, tuple(unplaced))
