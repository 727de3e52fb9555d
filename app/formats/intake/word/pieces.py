"""From mammoth's HTML to pieces of Markdown: behind the guard, taken apart at the headings."""

import re
from typing import TypeAlias

import nh3
from bs4 import BeautifulSoup, Tag

from app.domain.errors import TooLarge
from app.formats.intake.markdown_writing import to_markdown
from app.formats.intake.notes import Notebook
from app.formats.intake.values import IntakeLimits, Piece
from app.formats.sizes import MEBIBYTE

HEADING = re.compile(r"h([1-6])")
NOTE_MARK = re.compile(r"#(?:footnote|endnote)-(\S+)")
ALLOWED_TAGS = """
    a blockquote br em h1 h2 h3 h4 h5 h6 img li ol p s strong sub sup table tbody td th thead tr ul
"""
ALLOWED = {"a": {"href", "id"}, "img": {"src", "alt"}, "li": {"id"}}
SCHEMES = {"http", "https", "mailto"}
Notes: TypeAlias = dict[str, tuple[int, Tag]]  # by the id of the note: its number and what it says


def to_pieces(html: str, notebook: Notebook, limits: IntakeLimits) -> list[Piece]:
    """Return the pieces of a document, each with the footnotes that it marks.

    Raises:
        TooLarge: there is more text than can be taken.
    """
    clean = nh3.clean(
        html,
        tags=set(ALLOWED_TAGS.split()),
        attributes=ALLOWED,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    soup = BeautifulSoup(clean, "lxml")
    root = soup.body or soup
    notes = _take_notes(soup, root)
    pieces = [
        Piece(heading, level, _with_notes(body, notes)) for heading, level, body in _parts(root)
    ]
    if sum(len(piece.body) for piece in pieces) > limits.text_mb * MEBIBYTE:
        raise TooLarge("There is far too much text for one resource: divide it and try again.")
    return pieces


def _parts(root: Tag) -> list[tuple[str, int, list[Tag]]]:
    parts: list[tuple[str, int, list[Tag]]] = [("", 0, [])]
    for block in list(root.children):
        if not isinstance(block, Tag):
            continue
        found = HEADING.fullmatch(block.name)
        heading = " ".join(block.get_text().split()) if found else ""
        if found and heading:
            parts.append((heading.rstrip(":").strip() or heading, int(found[1]), []))
            _keep_what_a_heading_holds(block, parts[-1][2])
        else:
            parts[-1][2].append(block)
    return [part for part in parts if part[1] or part[2]]


def _keep_what_a_heading_holds(heading: Tag, body: list[Tag]) -> None:
    """Keep pictures and footnote marks that stand in a heading at the head of what follows."""
    for kept in heading.find_all(["img", "footnoteref"]):
        body.append(kept)


def _take_notes(soup: BeautifulSoup, root: Tag) -> Notes:
    """Take the list of notes from the end, and put marks of ours in the text."""
    marks = [link for link in root.find_all("a", href=NOTE_MARK) if not _leads_back(link)]
    notes: Notes = {}
    for link in marks:
        note_id = str(link["href"])[1:]
        item = root.find("li", id=note_id)
        if isinstance(item, Tag) and note_id not in notes:
            notes[note_id] = (len(notes) + 1, item)
        mark = soup.new_tag("footnoteref", attrs={"data-note": note_id})
        holder = link.parent if link.parent and link.parent.name == "sup" else link
        holder.replace_with(mark)
    for _, item in notes.values():
        for back in item.find_all("a", href=NOTE_MARK):
            back.decompose()
    listed = next((item.parent for _, item in notes.values()), None)
    if listed is not None:
        listed.extract()
    _unwrap_links_within(root)
    for mark in root.find_all("footnoteref"):
        number = notes.get(str(mark["data-note"]), (0, None))[0]
        mark["data-number"] = str(number)
    return notes


def _unwrap_links_within(root: Tag) -> None:
    for link in root.find_all("a"):
        if not link.get("href") or str(link["href"]).startswith("#"):
            link.unwrap()


def _leads_back(link: Tag) -> bool:
    return "-ref-" in str(link["href"])


def _with_notes(blocks: list[Tag], notes: Notes) -> str:
    body = to_markdown(blocks)
    marked = [mark for block in blocks for mark in _marks(block)]
    said = []
    for note_id in dict.fromkeys(marked):
        if note_id in notes:
            number, item = notes[note_id]
            text = to_markdown([child for child in item.children if isinstance(child, Tag)])
            lines = (text.strip() or "…").split("\n")
            indented = [lines[0], *(f"    {line}" if line else "" for line in lines[1:])]
            said.append(f"[^{number}]: " + "\n".join(indented))
    return "\n\n".join(part for part in [body.strip("\n"), *said] if part) + (
        "\n" if body.strip() or said else ""
    )


def _marks(block: Tag) -> list[str]:
    if block.name == "footnoteref":
        return [str(block["data-note"])]
    return [str(mark["data-note"]) for mark in block.find_all("footnoteref")]
