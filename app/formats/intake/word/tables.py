"""Tables, made to fit a page: one heading row, every cell apart, no table inside another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from app.formats.intake.section_words import names_a_section
from app.formats.intake.word.names import (
    child,
    child_value,
    descend,
    full,
    is_on,
    short,
    value,
    whole,
)
from app.formats.intake.word.reading import Place
from app.formats.intake.word.xml_parts import Element

SIDES = ("what is asked", "what was written")  # of a form
LONGEST_NAME = 300  # characters on the left side of a form
DEEPEST_HEADING = 6
MOST_COLUMNS = 63  # as in Word
CopyBlocks = Callable[[Element, Element], None]
PLAIN_STYLES = frozenset({"", "TableGrid", "TableNormal"})


@dataclass
class _Cell:
    source: Element | None  # None: nothing stands here, beside or below a merged cell


def copy_table(table: Element, out: Element, place: Place, copy_blocks: CopyBlocks) -> None:
    """Copy a table; one of a single cell is only a frame, and one in a cell becomes lines."""
    rows = list(_rows(table, place))
    grid = [_cells(row) for row in rows]
    width = min(max((len(cells) for cells in grid), default=0), MOST_COLUMNS)
    place.reading.count_cells(len(grid) * width)
    hidden_around = place.is_hidden
    place.is_hidden = hidden_around or _is_hidden(table, place)
    if place.in_table:
        place.notebook.jot("nested-table")
        _copy_as_lines(grid, out, copy_blocks)
    elif len(grid) == 1 and width == 1:
        for cell in grid[0]:
            if cell.source is not None:
                copy_blocks(cell.source, out)
    elif width == len(SIDES) and _is_form(grid):
        place.notebook.jot("form-table")
        _copy_form(grid, out, place, copy_blocks)
    elif grid and width:
        _note_oddities(table, rows, place)
        place.in_table = True
        _copy_grid(grid, width, out, copy_blocks)
        place.in_table = False
    place.is_hidden = hidden_around


def _is_hidden(table: Element, place: Place) -> bool:
    style = child_value(table, "w:tblPr", "w:tblStyle")
    return bool(style) and place.reading.styles.hides(style)


def _rows(parent: Element, place: Place) -> Iterator[Element]:
    for inner in parent:
        name = short(inner)
        if name == "w:tr":
            about = child(inner, "w:trPr")
            if child(about, "w:del") is not None:
                place.reading.meet_author(value(child(about, "w:del"), "w:author"))
                place.notebook.jot("tracked-deletion")
            elif is_on(child(about, "w:hidden")):
                place.notebook.jot("hidden-text")
            else:
                yield inner
        elif name not in ("w:tblPr", "w:tblGrid", "w:del", "w:moveFrom", "w:sdtPr"):
            yield from _rows(inner, place)


def _cells(row: Element) -> list[_Cell]:
    before = whole(child_value(row, "w:trPr", "w:gridBefore"), 0, MOST_COLUMNS)
    cells = [_Cell(None)] * before
    for source in _cell_elements(row):
        about = child(source, "w:tcPr")
        span = whole(child_value(about, "w:gridSpan"), 1, MOST_COLUMNS, otherwise=1)
        is_gone = _goes_on(about) or child(about, "w:cellDel") is not None
        cells += [_Cell(None if is_gone else source)] + [_Cell(None)] * (span - 1)
        if len(cells) > MOST_COLUMNS:
            break
    return cells[:MOST_COLUMNS]


def _cell_elements(row: Element) -> Iterator[Element]:
    for inner in row:
        name = short(inner)
        if name == "w:tc":
            yield inner
        elif name not in ("w:trPr", "w:tblPrEx", "w:del", "w:moveFrom", "w:sdtPr"):
            yield from _cell_elements(inner)


def _goes_on(about: Element | None) -> bool:
    """Whether a cell only goes on with the one above it."""
    merge = child(about, "w:vMerge")
    return merge is not None and value(merge) != "restart"


def _copy_grid(grid: list[list[_Cell]], width: int, out: Element, copy_blocks: CopyBlocks) -> None:
    copied = etree.SubElement(out, full("w:tbl"))
    for position, cells in enumerate(grid):
        row = etree.SubElement(copied, full("w:tr"))
        if position == 0:
            etree.SubElement(etree.SubElement(row, full("w:trPr")), full("w:tblHeader"))
        for cell in cells + [_Cell(None)] * (width - len(cells)):
            holder = etree.SubElement(row, full("w:tc"))
            if cell.source is not None:
                copy_blocks(cell.source, holder)


def _is_form(grid: list[list[_Cell]]) -> bool:
    """Whether a table's left side names sections, as in a form that people fill in."""
    named = sum(1 for cells in grid if names_a_section(_words(cells[0])))
    return named > 1 and named > len(grid) / 2


def _copy_form(
    grid: list[list[_Cell]], out: Element, place: Place, copy_blocks: CopyBlocks
) -> None:
    """Copy each row of a form as a heading and what was written beside it."""
    level = min(place.heading_level + 1, DEEPEST_HEADING)
    for cells in grid:
        words = _words(cells[0])
        if words:
            heading = etree.SubElement(out, full("w:p"))
            about = etree.SubElement(heading, full("w:pPr"))
            etree.SubElement(about, full("w:pStyle"), {full("w:val"): f"Heading{level}"})
            run = etree.SubElement(heading, full("w:r"))
            etree.SubElement(run, full("w:t")).text = words
            place.notebook.near = words
        for cell in cells[1:]:
            if cell.source is not None:
                copy_blocks(cell.source, out)


def _words(cell: _Cell) -> str:
    if cell.source is None or next(iter(descend(cell.source, "w:vanish")), None) is not None:
        return ""
    said = "".join(text.text or "" for text in descend(cell.source, "w:t"))
    return " ".join(said.split())[:LONGEST_NAME]


def _copy_as_lines(grid: list[list[_Cell]], out: Element, copy_blocks: CopyBlocks) -> None:
    for cells in grid:
        for cell in cells:
            if cell.source is not None:
                copy_blocks(cell.source, out)


def _note_oddities(table: Element, rows: list[Element], place: Place) -> None:
    spans = (value(span) not in ("", "1") for span in descend(table, "w:gridSpan"))
    if any(spans) or next(iter(descend(table, "w:vMerge")), None) is not None:
        place.notebook.jot("merged-cells")
    if not _has_header(table, rows[0], place):
        place.notebook.jot("table-header")


def _has_header(table: Element, first: Element, place: Place) -> bool:
    """Whether the first row is marked as headings, or looks like them."""
    if is_on(child(first, "w:trPr", "w:tblHeader")):
        return True
    style = child_value(table, "w:tblPr", "w:tblStyle")
    look = child(table, "w:tblPr", "w:tblLook")
    if style not in PLAIN_STYLES and value(look, "w:firstRow") == "1":
        return True
    runs = [run for run in descend(first, "w:r") if _says_something(run)]
    return bool(runs) and all(_is_bold(run, place) for run in runs)


def _says_something(run: Element) -> bool:
    return any((text.text or "").strip() for text in descend(run, "w:t"))


def _is_bold(run: Element, place: Place) -> bool:
    about = child(run, "w:rPr")
    style = child_value(about, "w:rStyle")
    is_strong = bool(style) and place.reading.styles.is_strong(style)
    return bool(is_on(child(about, "w:b"))) or is_strong
