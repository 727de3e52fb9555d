"""Runs of letters: what of a paragraph is copied, and what is kept out of it."""

from collections.abc import Iterator

from lxml import etree

from app.formats.intake.word.drawings import choose, copy_drawing
from app.formats.intake.word.equations import equation_text
from app.formats.intake.word.fields import Fields
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

LEFT_OUT = frozenset({"w:del", "w:moveFrom"})
DRAWN = frozenset({"w:drawing", "w:pict", "w:object"})
EQUATIONS = frozenset({"m:oMath", "m:oMathPara"})
NOTE_MARKS = frozenset({"w:footnoteReference", "w:endnoteReference"})
AS_TEXT = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "\u2011"}
TINY = 4  # half points
WHITE = "FFFFFF"
# What stands within a paragraph and is neither read nor worth a note.
SILENT = frozenset({"w:pPr", "w:rPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:sectPr"})


class Letters:
    """Copies what stands within one paragraph."""

    def __init__(self, place: Place, fields: Fields, style: str, *, is_heading: bool) -> None:
        self._place, self._fields = place, fields
        self._styles = place.reading.styles
        self._style, self._is_heading = style, is_heading
        self._hides = place.is_hidden or self._styles.hides(style)
        self._is_bold = self._styles.is_bold(style)
        self._jotted: set[str] = set()
        self.bold, self.plain = 0, 0  # letters of each

    def copy(self, parent: Element, out: Element, link: str = "") -> None:
        """Copy what stands inside an element of the paragraph; `link` is the id of an address."""
        for inner in parent:
            name = short(inner)
            if name == "w:r":
                self._copy_run(inner, out, link)
            elif name in LEFT_OUT:
                self._note_deletion(inner)
            elif name in EQUATIONS:
                self._write_equation(inner, out)
            elif name in DRAWN:
                copy_drawing(inner, self._run(out, None), self._place)
            elif name not in SILENT:
                self._copy_wrapped(inner, name, out, link)

    def _copy_wrapped(self, wrapper: Element, name: str, out: Element, link: str) -> None:
        """Copy what stands inside an element that only says something about it."""
        if name == "w:hyperlink":
            link = self._target(wrapper) or link
        elif name == "w:fldSimple":
            link = self._fields.read_instruction(value(wrapper, "w:instr")) or link
        inner: Element | None = wrapper
        if name == "mc:AlternateContent":
            inner = choose(wrapper)
        elif name == "w:sdt":
            inner = open_control(wrapper, self._place)
        self._note_insertion(wrapper, name)
        if inner is not None:
            self.copy(inner, out, link)

    def _note_insertion(self, element: Element, name: str) -> None:
        if name in ("w:ins", "w:moveTo"):
            self._place.reading.meet_author(value(element, "w:author"))
            self._place.notebook.jot("tracked-change")

    def _note_deletion(self, element: Element) -> None:
        self._place.reading.meet_author(value(element, "w:author"))
        self._place.notebook.jot("tracked-deletion")
        # A field that is deleted halfway would swallow what follows.
        for mark in descend(element, "w:fldChar"):
            self._fields.take_mark(mark)

    def _target(self, link: Element) -> str:
        if not value(link, "r:id"):
            self._place.notebook.jot("internal-link", 1 if value(link, "w:anchor") else 0)
            return ""
        relation = self._place.relations.get(value(link, "r:id"))
        return self._place.reading.link_id(relation.target) if relation else ""

    def _copy_run(self, run: Element, out: Element, link: str) -> None:
        about = child(run, "w:rPr")
        is_hidden = self._is_hidden(about)
        if not is_hidden:
            self._note_faint(run, about)
        target = self._fields.link or link
        if target:
            out = etree.SubElement(out, full("w:hyperlink"), {full("r:id"): target})
        copied = self._run(out, about)
        for inner in self._pieces(run):
            self._copy_piece(inner, copied, about, is_hidden=is_hidden)

    def _pieces(self, run: Element) -> Iterator[Element]:
        for inner in run:
            name = short(inner)
            if name == "mc:AlternateContent":
                yield from self._pieces(choose(inner))
            elif name == "w:ruby":
                for base in descend(inner, "w:rubyBase"):
                    yield from descend(base, "w:t")
            else:
                yield inner

    def _copy_piece(
        self, piece: Element, out: Element, about: Element | None, *, is_hidden: bool
    ) -> None:
        name = short(piece)
        if name == "w:fldChar":
            self._write(self._fields.take_mark(piece), out, about)
        elif name == "w:instrText":
            self._fields.take_instruction(piece.text or "")
        elif name == "w:commentReference":
            self._place.notebook.jot("comment")
        elif self._fields.hides:
            return
        elif is_hidden:
            self._note_hidden(piece, name)
        elif name == "w:t":
            self._write(piece.text or "", out, about)
        elif name in AS_TEXT:
            self._write(AS_TEXT[name], out, about)
        else:
            self._copy_thing(piece, name, out)

    def _copy_thing(self, piece: Element, name: str, out: Element) -> None:
        if name in DRAWN:
            copy_drawing(piece, out, self._place)
        elif name == "w:cr" or (name == "w:br" and value(piece, "w:type") in ("", "textWrapping")):
            etree.SubElement(out, full("w:br"))
        elif name == "w:sym":
            names = ("w:font", "w:char")
            etree.SubElement(out, full(name), {full(n): value(piece, n) for n in names})
        elif name in NOTE_MARKS and not self._place.in_note:
            etree.SubElement(out, full(name), {full("w:id"): value(piece, "w:id")})
        elif name in EQUATIONS:
            self._write_equation(piece, out.getparent())

    def _write(self, text: str, out: Element, about: Element | None) -> None:
        if not text:
            return
        etree.SubElement(out, full("w:t")).text = text
        letters = len("".join(text.split()))
        if self._says_bold(about):
            self.bold += letters
        else:
            self.plain += letters

    def _write_equation(self, equation: Element, out: Element) -> None:
        text = " ".join(equation_text(equation).split())
        if text and not self._hides:
            self._place.notebook.jot("equation")
            self._write(f" {text} ", self._run(out, None), None)

    def _run(self, out: Element, about: Element | None) -> Element:
        """Begin a run that looks as one of the file does, as far as Markdown can say it."""
        run = etree.SubElement(out, full("w:r"))
        look = etree.SubElement(run, full("w:rPr"))
        style = child_value(about, "w:rStyle")
        if self._says_bold(about) and not self._is_heading:
            etree.SubElement(look, full("w:b"))
        italic = is_on(child(about, "w:i"))
        if not self._is_heading and (italic or (style and self._styles.is_emphasis(style))):
            etree.SubElement(look, full("w:i"))
        if is_on(child(about, "w:strike")) or is_on(child(about, "w:dstrike")):
            etree.SubElement(look, full("w:strike"))
        if child_value(about, "w:vertAlign") in ("superscript", "subscript"):
            position = {full("w:val"): child_value(about, "w:vertAlign")}
            etree.SubElement(look, full("w:vertAlign"), position)
        return run

    def _says_bold(self, about: Element | None) -> bool:
        said = is_on(child(about, "w:b"))
        if said is not None:
            return said
        style = child_value(about, "w:rStyle")
        if style and (self._styles.is_strong(style) or self._styles.is_bold(style)):
            return True
        return self._is_bold

    def _is_hidden(self, about: Element | None) -> bool:
        said = is_on(child(about, "w:vanish"))
        if said is not None:
            return said
        style = child_value(about, "w:rStyle")
        return self._hides or bool(style and self._styles.hides(style))

    def _note_hidden(self, piece: Element, name: str) -> None:
        """Note hidden text once to a paragraph; hidden marks of an index are no text."""
        if (name == "w:t" and (piece.text or "").strip()) or name in DRAWN:
            self._jot_once("hidden-text")

    def _note_faint(self, run: Element, about: Element | None) -> None:
        if about is None or not any((t.text or "").strip() for t in descend(run, "w:t")):
            return
        is_white = child_value(about, "w:color").upper() == WHITE and not self._place.in_table
        is_shaded = child(about, "w:shd") is not None or child(about, "w:highlight") is not None
        is_tiny = 0 < whole(child_value(about, "w:sz"), 0, 10_000) <= TINY
        if is_tiny or (is_white and not is_shaded):
            self._jot_once("faint-text")

    def _jot_once(self, what: str) -> None:
        if what not in self._jotted:
            self._jotted.add(what)
            self._place.notebook.jot(what)


def open_control(control: Element, place: Place) -> Element | None:
    """Return what a content control (w:sdt) holds; None for its prompt or a list of contents."""
    about = child(control, "w:sdtPr")
    if about is not None:
        if "contents" in child_value(about, "w:docPartObj", "w:docPartGallery").lower():
            place.notebook.jot("contents")
            return None
        if any(child(about, name) is not None for name in FORM_FIELDS):
            place.notebook.jot("form-field")
        if is_on(child(about, "w:showingPlcHdr")):
            return None
    return child(control, "w:sdtContent")


FORM_FIELDS = ("w:text", "w:dropDownList", "w:comboBox", "w:date", "w14:checkbox")
