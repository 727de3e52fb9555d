"""From lines on pages to paragraphs: hyphens undone, lines joined, running heads left out."""

import re
from collections import Counter

from app.formats.intake.notes import Notebook
from app.formats.intake.section_words import names_a_section
from app.formats.intake.values import Piece

HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-$")
BULLET = re.compile(r"^\s*(?:[•▪●◦‣·–*o]|[\uf0b7\uf0a7])\s+")
NUMBERED = re.compile(r"^\s*\d{1,2}[.)]\s+\S")
ENDS = re.compile(r"[.!?:;”\")]\s*$")
MARKS = re.compile(r"([\\`*_\[\]<#|])")
DIGITS = re.compile(r"\d+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
RUNNING_FROM = 3  # pages with one first or last line
SHORT = 0.6  # of the longest line: a shorter one ends its paragraph when it ends a sentence
LONGEST_HEADING = 60  # characters


def pieces_of_pages(texts: list[str], notebook: Notebook) -> tuple[Piece, ...]:
    """Return the pages as pieces: one to each heading that names a section, else one to a page."""
    pages = _without_running_lines([_lines(text) for text in texts])
    pieces: list[Piece] = []
    heading, level, lines = "", 0, list[str]()
    for page in pages:
        for line in [*page, ""]:
            if len(line) <= LONGEST_HEADING and line and names_a_section(line):
                pieces.append(Piece(heading, level, _paragraphs(lines)))
                heading, level, lines = line.strip().rstrip(":"), 1, []
                notebook.jot("pdf-heading", place=heading)
            else:
                lines.append(line)
    pieces.append(Piece(heading, level, _paragraphs(lines)))
    if len(pieces) == 1:
        bodies = ((number, _paragraphs(page)) for number, page in enumerate(pages, 1))
        return tuple(Piece(f"Page {number}", 1, body) for number, body in bodies if body)
    return tuple(piece for piece in pieces if piece.heading or piece.body)


def _lines(text: str) -> list[str]:
    return [" ".join(CONTROL.sub(" ", line).split()) for line in text.split("\n")]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without lines that stand at the head or foot of most of them."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(line) for line in _edges(page)})
    least = max(RUNNING_FROM, len(pages) // 2)
    running = {shape for shape, count in edges.items() if count >= least}
    return [
        [line for line in page if not (_shape(line) in running and line in _edges(page))]
        for page in pages
    ]


def _edges(page: list[str]) -> list[str]:
    full = [line for line in page if line]
    return [*full[:1], *full[-1:]]


def _shape(line: str) -> str:
    return DIGITS.sub("#", line)


def _paragraphs(lines: list[str]) -> str:
    longest = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = is_open and bool(paragraphs) and not ENDS.search(paragraphs[-1])
            continue
        begins = BULLET.match(line) or NUMBERED.match(line)
        if is_open and not begins:
            paragraphs[-1] = _joined(paragraphs[-1], MARKS.sub(r"\\\1", line))
        else:
            paragraphs.append(_opened(line))
        is_open = not (ENDS.search(line) and len(line) < SHORT * longest)
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _opened(line: str) -> str:
    bullet = BULLET.match(line)
    if bullet:
        return "- " + MARKS.sub(r"\\\1", line[bullet.end() :])
    return MARKS.sub(r"\\\1", line)


def _joined(before: str, line: str) -> str:
    if HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
