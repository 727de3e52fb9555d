"""Put the pieces of a file into the sections of a resource, and say what did not fit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.resources import Kind
from app.formats.intake.section_words import NAMES, nearest_section, plain_heading, section_of
from app.formats.intake.values import Piece

SUB_HEADING = 3  # sections themselves stand at level 2
DEEPEST = 6
MARKS = re.compile(r"([\\`*_\[\]<])")


@dataclass(frozen=True)
class Unplaced(Piece):
    """A piece that fits no section, its sub-headings within; `suggested` is the best guess."""

    suggested: str = ""  # the code of a section


@dataclass(frozen=True)
class Placed:
    """Pieces in their sections, by the section's code, in the order of the sections."""

    sections: Mapping[str, str] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()


@dataclass
class _Group:
    """A piece and what stands below it in the file."""

    head: Piece
    code: str
    body: list[str]
    before: str  # the section that was filled last before it


def place(pieces: Iterable[Piece], kind: Kind) -> Placed:
    """Put each piece into the section that its heading names; none is lost.

    A sub-heading stays with the piece above it. A piece whose heading names no
    section, and what stands before the first heading, is left for the person.
    """
    groups = _groups(pieces, kind)
    sections: dict[str, list[str]] = {code: [] for code in NAMES[kind]}
    unplaced = []
    for group in groups:
        body = _joined(group.body)
        if group.code and body:
            repeats = bool(sections[group.code])
            sections[group.code].append(_told_apart(group, body) if repeats else body)
        elif body or (group.head.heading and not group.code):
            guess = _guess(group, kind)
            unplaced.append(Unplaced(group.head.heading, group.head.level, body, guess))
    filled = {code: _joined(bodies) for code, bodies in sections.items() if bodies}
    return Placed(filled, tuple(unplaced))


def _groups(pieces: Iterable[Piece], kind: Kind) -> list[_Group]:
    groups: list[_Group] = []
    before = ""
    for piece in pieces:
        above = groups[-1] if groups else None
        code = section_of(piece.heading, kind)
        is_below = above is not None and bool(above.head.level) and piece.level > above.head.level
        # A heading that only gathers sections below it gives them up.
        if above is not None and is_below and (above.code or not code):
            depth = piece.level - above.head.level - 1
            above.body += [_heading(piece.heading, depth), piece.body]
            continue
        groups.append(_Group(piece, code, [piece.body], before))
        before = code or before
    return groups


def _guess(group: _Group, kind: Kind) -> str:
    """Return the likeliest section: by its heading, else the one before it, else the first."""
    return nearest_section(group.head.heading, kind) or group.before or next(iter(NAMES[kind]))


def _told_apart(group: _Group, body: str) -> str:
    """Return a second body for one section under its own heading, where that says more."""
    is_ours = plain_heading(group.head.heading) == group.code.replace("-", " ")
    return body if is_ours else _joined([_heading(group.head.heading, 0), body])


def _heading(words: str, depth: int) -> str:
    level = min(SUB_HEADING + max(depth, 0), DEEPEST)
    escaped = MARKS.sub(r"\\\1", words)
    return f"{'#' * level} {escaped}" if words else ""


def _joined(bodies: list[str]) -> str:
    text = "\n\n".join(body.strip("\n") for body in bodies if body.strip())
    return text + "\n" if text else ""
