"""The file's body, copied block by block into a clean one that holds only what is known."""

from copy import copy

from lxml import etree

from app.formats.intake.word.drawings import choose
from app.formats.intake.word.fields import Fields
from app.formats.intake.word.letters import Letters, open_control
from app.formats.intake.word.names import child, child_value, descend, full, short, value, whole
from app.formats.intake.word.reading import Place
from app.formats.intake.word.styles import Numbering, outline_level
from app.formats.intake.word.tables import copy_table
from app.formats.intake.word.xml_parts import Element

LONGEST_HEADING = 300  # characters
LONGEST_LINE = 120  # characters of a line that was only given a heading's level
LONGEST_BOLD = 80  # characters of a bold line that is taken for a heading
DEEPEST_LIST, DEEPEST_HEADING = 4, 6
TYPED_BULLETS = "•·▪●◦‣"
NOTED = {
    "w:altChunk": "embedded-object",
    "w:subDoc": "embedded-object",
    "w:del": "tracked-deletion",
    "w:moveFrom": "tracked-deletion",
}
SILENT = frozenset({"w:sectPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:pPr"})


class Body:
    """Copies the blocks of one part of the file."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._fields = Fields(place.reading)
        self._was_contents = False

    def copy(self, parent: Element, out: Element) -> None:
        """Copy every block inside an element, in order."""
        for block in parent:
            name = short(block)
            if name == "w:p":
                self._copy_paragraph(block, out)
            elif name == "w:tbl":
                copy_table(block, out, self._place, self.copy)
            elif name in NOTED:
                self._place.notebook.jot(NOTED[name])
            elif name == "m:oMathPara":
                self._copy_equation(block, out)
            elif name not in SILENT:
                inner = self._opened(block, name)
                if inner is not None:
                    self.copy(inner, out)

    def _opened(self, block: Element, name: str) -> Element | None:
        """Return what is to be read of an element that only wraps others; None for nothing."""
        if name == "w:sdt":
            return open_control(block, self._place)
        return choose(block) if name == "mc:AlternateContent" else block

    def _copy_equation(self, equation: Element, out: Element) -> None:
        wrapped = etree.Element(full("w:p"))
        wrapped.append(copy(equation))
        self._copy_paragraph(wrapped, out)

    def _copy_paragraph(self, paragraph: Element, out: Element) -> None:
        about = child(paragraph, "w:pPr")
        style = child_value(about, "w:pStyle")
        if self._skips_contents(style):
            return
        level = self._level(paragraph, about, style)
        copied = etree.Element(full("w:p"))
        look = etree.SubElement(copied, full("w:pPr"))
        letters = Letters(self._place, self._fields, style, is_heading=level > 0)
        letters.copy(paragraph, copied)
        self._fields.end_paragraph()
        text = _text(copied)
        if self._is_the_title(style, text):
            self._place.reading.title = text
            return
        self._note_mark(about)
        if text or _shows(copied):
            level = level or self._bold_level(letters, about, style, text)
            self._dress(look, level if text else 0, about, style, copied)
            out.append(copied)
            if level and text:
                self._place.notebook.near = text
        elif child(about, "w:rPr", "w:del") is None:
            out.append(copied)
        self._copy_boxes(out)

    def _skips_contents(self, style: str) -> bool:
        is_contents = self._place.reading.styles.is_contents(style)
        if is_contents and not self._was_contents:
            self._place.notebook.jot("contents")
        self._was_contents = is_contents
        return is_contents

    def _level(self, paragraph: Element, about: Element | None, style: str) -> int:
        """Return 1 to 6 for a heading, by its style or the level given to it by hand."""
        if self._place.in_table or self._place.in_note:
            return 0
        level = self._place.reading.styles.heading_level(style)
        outline, length = child(about, "w:outlineLvl"), len(_text(paragraph))
        if outline is not None and length <= LONGEST_LINE:
            level = outline_level(outline)
        if length > LONGEST_HEADING:
            return 0  # nobody calls a part so: it is text in large letters
        if level:
            self._place.heading_level = level
        return level

    def _is_the_title(self, style: str, text: str) -> bool:
        reading = self._place.reading
        is_elsewhere = self._place.in_table or self._place.in_note
        return bool(
            text and not reading.title and not is_elsewhere and reading.styles.is_title(style)
        )

    def _bold_level(self, letters: Letters, about: Element | None, style: str, text: str) -> int:
        """Return the level of a line that is a heading by being bold alone, else 0."""
        is_elsewhere = self._place.in_table or self._place.in_note
        if is_elsewhere or letters.plain or not letters.bold or len(text) > LONGEST_BOLD:
            return 0
        if text[-1] in ".,;!?…" or self._numbering(about, style):
            return 0
        self._place.notebook.jot("bold-heading", place=text)
        return min(self._place.heading_level + 1, DEEPEST_HEADING)

    def _numbering(self, about: Element | None, style: str) -> Numbering | None:
        direct = child(about, "w:numPr")
        if child(direct, "w:numId") is None:
            return self._place.reading.styles.numbering(style)
        number = child_value(direct, "w:numId")
        level = whole(child_value(direct, "w:ilvl"), 0, 8)
        return None if number == "0" else Numbering(number, level)

    def _dress(
        self, look: Element, level: int, about: Element | None, style: str, copied: Element
    ) -> None:
        """Say what the paragraph is: a heading, an entry of a list, a quotation."""
        if level:
            etree.SubElement(look, full("w:pStyle"), {full("w:val"): f"Heading{level}"})
            etree.strip_elements(copied, full("w:b"), full("w:i"))
            return
        if self._place.reading.styles.is_quote(style):
            etree.SubElement(look, full("w:pStyle"), {full("w:val"): "Quote"})
        self._dress_as_entry(look, self._numbering(about, style), copied)
        is_elsewhere = self._place.in_table or self._place.in_note
        if child(about, "w:rPr", "w:del") is not None and not is_elsewhere:
            # mammoth joins it with the next one.
            etree.SubElement(etree.SubElement(look, full("w:rPr")), full("w:del"))

    def _dress_as_entry(self, look: Element, numbering: Numbering | None, copied: Element) -> None:
        is_ordered = self._place.reading.lists.is_ordered(numbering) if numbering else None
        if numbering is None and _drop_typed_bullet(copied):
            numbering, is_ordered = Numbering("", 0), False
        if numbering is not None and is_ordered is not None:
            said = etree.SubElement(look, full("w:numPr"))
            level = {full("w:val"): str(min(numbering.level, DEEPEST_LIST))}
            etree.SubElement(said, full("w:ilvl"), level)
            etree.SubElement(said, full("w:numId"), {full("w:val"): "2" if is_ordered else "1"})

    def _note_mark(self, about: Element | None) -> None:
        for name in ("w:ins", "w:del"):
            mark = child(about, "w:rPr", name)
            if mark is not None:
                self._place.reading.meet_author(value(mark, "w:author"))

    def _copy_boxes(self, out: Element) -> None:
        """Copy the text boxes tied to the paragraph below it."""
        boxes, self._place.after = self._place.after, []
        for box in boxes:
            holder = etree.Element(full("w:body"))
            fields, self._fields = self._fields, Fields(self._place.reading)
            self.copy(box, holder)
            self._fields = fields
            if _text(holder):
                self._place.notebook.jot("text-box")
            out.extend(list(holder))


def _text(element: Element) -> str:
    return " ".join("".join(piece.text or "" for piece in descend(element, "w:t")).split())


def _shows(copied: Element) -> bool:
    """Whether a paragraph without text has something else to show."""
    names = ("w:drawing", "w:sym", "w:footnoteReference", "w:endnoteReference")
    return any(next(iter(descend(copied, name)), None) is not None for name in names)


def _drop_typed_bullet(copied: Element) -> bool:
    """Take a bullet that was typed as a letter from a paragraph's beginning; whether there was."""
    first = next(iter(descend(copied, "w:t")), None)
    text = "" if first is None else (first.text or "").lstrip()
    if first is None or not text or text[0] not in TYPED_BULLETS:
        return False
    first.text = text[1:].lstrip()
    return bool(_text(copied))
