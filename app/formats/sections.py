"""A body of Markdown as the sections of a guided form, and the sections as a body again.

A heading is what the page shows as one (Python-Markdown): at the start of its line, or underlined
as the first line of its paragraph, and not in fenced code, which counts where its fence is closed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.domain.taxonomy import fold

UNTITLED = "Further notes"  # stands over words of `other` that have no heading of their own
TOP, SPLITTING, WITHIN = 1, 2, 3  # levels: the page's title, a section, what stands in a section

# A space behind one #, so that "#1 in the list" and "#ScotEd" are no headings.
_ATX = re.compile(r"#{1,6}(?=[ \t])|#{2,6}(?=\w)")
_CLOSING = re.compile(r"(?<=[ \t])#+$")
_UNDERLINE = re.compile(r"(=+|-+)[ ]*")
_NO_TITLE = re.compile(r" {4}|\t|#")  # code, and a heading of the other way
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
_ANCHOR = re.compile(r"\{[^{}]*\}\s*$")
_NUMBERING = re.compile(r"^\s*(?:\d+[.)]\s*)+")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Body:
    """The parts of a body: each section's words by its code, and what stands in no section."""

    sections: Mapping[str, str] = field(default_factory=dict)  # filled ones, in the form's order
    other: str = ""  # what fits no section, with its headings, in its order
    lead: str = ""  # before the first heading; the title too, where the body opens with it


@dataclass(frozen=True)
class _Heading:
    first: int  # its lines: one, or two where it is underlined
    end: int
    level: int
    words: str


def split_body(body: str, kind: Kind) -> Body:
    """Part a body at the headings of level 1 and 2; nothing of it is lost.

    A section is known in any case and with numbering, marks or {#id} about its name. A heading that
    comes twice has its texts put together; one without text falls away. An unknown heading below a
    section of level 1, as Word files have them, stays in that section; any other goes to `other`.
    """
    lines = _lines(body)
    codes = {_name(section.heading): section.code for section in SECTIONS[kind]}
    found: dict[str, list[str]] = {code: [] for code in ("", *codes.values())}
    other: list[str] = []
    part, start, opened = found[""], 0, 0
    for heading in (h for h in _headings(lines) if h.level <= SPLITTING):
        code = codes.get(_name(heading.words))
        if code is None and _stays(heading, opened, lines):
            continue
        part.append(_trimmed(lines[start : heading.first]))
        part, opened = (other, 0) if code is None else (found[code], heading.level)
        start = heading.first if code is None else heading.end
    part.append(_trimmed(lines[start:]))
    texts = {code: _together(pieces) for code, pieces in found.items()}
    lead = texts.pop("")
    return Body({c: text for c, text in texts.items() if text}, _together(other), lead)


def join_body(parts: Body, kind: Kind) -> str:
    """Write the parts as one body: lead, sections in order under their headings, the other.

    A heading of level 1 or 2 that somebody typed within a section or the lead becomes one of level
    3, so that it cannot be taken for a section; only a title that opens the lead stays. A fence
    left open is closed. Words of `other` above its first heading stand under "Further notes"; those
    under a section's heading come to that section when the body is parted again.
    """
    pieces = [_lead(parts.lead)]
    for section in SECTIONS[kind]:
        text = _lowered(_closed(parts.sections.get(section.code, "")))
        pieces += [f"## {section.heading}", text] if text else []
    pieces.append(_other(parts.other))
    body = _together(pieces)
    return f"{body}\n" if body else ""


def _stays(heading: _Heading, opened: int, lines: Sequence[str]) -> bool:
    """Say whether an unknown heading stands in the part that is open at a level, 0 for none."""
    if opened:
        return heading.level > opened
    return heading.level == TOP and not _trimmed(lines[: heading.first])


def _lead(text: str) -> str:
    lines = _closed(text)
    first = next(_headings(lines), None)
    if first is None or first.level != TOP or _trimmed(lines[: first.first]):
        return _lowered(lines)
    is_section = _name(first.words) in _EVERY_NAME
    title = [f"### {first.words}"] if is_section else lines[first.first : first.end]
    return _trimmed([*title, *_lowered(lines[first.end :], is_start=False).split("\n")])


def _other(text: str) -> str:
    lines = _closed(text)
    first = next((h for h in _headings(lines) if h.level <= SPLITTING), None)
    above = _trimmed(lines[: first.first] if first else lines)
    below = _trimmed(lines[first.first :]) if first else ""
    return _together([f"## {UNTITLED}" if above else "", above, below])


def _lowered(lines: Sequence[str], is_start: bool = True) -> str:
    """Return the lines with every heading of level 1 or 2 as one of level 3."""
    kept: list[str] = []
    end = 0
    for heading in (h for h in _headings(lines) if h.level < WITHIN):
        kept += [*lines[end : heading.first], f"{'#' * WITHIN} {heading.words}"]
        end = heading.end
    kept += lines[end:]
    return _trimmed(kept) if is_start else "\n".join(kept)


def _closed(text: str) -> list[str]:
    """Return the lines with a fence that was left open closed, lest it swallow what follows."""
    lines = _lines(_trimmed(_lines(text)))
    fences = _fences(lines)
    within = -1
    for at, line in enumerate(lines):
        fence = _fence(line) if at > within else ""
        if fence and at not in fences:
            return [*lines, fence]
        within = fences.get(at, within) if at > within else within
    return lines


def _headings(lines: Sequence[str]) -> Iterator[_Heading]:
    """Yield the headings of all levels that stand outside fenced code."""
    fences = _fences(lines)
    at, is_block_start = 0, True
    while at < len(lines):
        if at in fences:
            at, is_block_start = fences[at] + 1, True
            continue
        heading = _atx(lines[at], at) or (_underlined(lines, at) if is_block_start else None)
        if heading:
            yield heading
        is_block_start = bool(heading) or not lines[at].strip()
        at = heading.end if heading else at + 1


def _atx(line: str, at: int) -> _Heading | None:
    mark = _ATX.match(line)
    words = _CLOSING.sub("", line[mark.end() :].rstrip()).strip() if mark else ""
    return _Heading(at, at + 1, len(mark[0]), words) if mark and words else None


def _underlined(lines: Sequence[str], at: int) -> _Heading | None:
    line = lines[at]
    if not line.strip() or _NO_TITLE.match(line) or at + 1 == len(lines):
        return None
    under = _UNDERLINE.fullmatch(lines[at + 1])
    level = TOP if lines[at + 1].startswith("=") else SPLITTING
    return _Heading(at, at + 2, level, line.strip()) if under else None


def _fences(lines: Sequence[str]) -> dict[int, int]:
    """Return where each fenced code begins and ends; a fence never closed begins none."""
    last = {line.rstrip(" "): at for at, line in enumerate(lines)}
    found: dict[int, int] = {}
    opened, fence = 0, ""
    for at, line in enumerate(lines):
        if fence and line.rstrip(" ") == fence:
            found[opened], fence = at, ""
        elif not fence and _fence(line) and last.get(_fence(line), -1) > at:
            opened, fence = at, _fence(line)
    return found


def _fence(line: str) -> str:
    found = _FENCE.fullmatch(line)
    return found[1] if found else ""


def _name(heading: str) -> str:
    """Return a heading as it is compared: without numbering, marks, {#id} and case."""
    bare = _NUMBERING.sub("", _ANCHOR.sub("", heading)).replace("&", " and ")
    return _NO_WORD.sub(" ", fold(bare)).strip()


_EVERY_NAME = frozenset(_name(s.heading) for sections in SECTIONS.values() for s in sections)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _trimmed(lines: Sequence[str]) -> str:
    """Return the lines without the blank ones before and after; an indent of the first stays."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""


def _together(pieces: Sequence[str]) -> str:
    return "\n\n".join(piece for piece in pieces if piece)
