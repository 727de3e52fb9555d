"""A pack as a Word file that can be changed: headings, tables with header rows, QR codes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from app.domain.handouts import Block, is_cut
from app.domain.pack_contents import (
    DATA_PROTECTION,
    FEEDBACK_NOTE,
    FEEDBACK_QUESTIONS,
    SIGN_IN_COLUMNS,
    SIGN_IN_ROWS,
    AddressOf,
    Pack,
    PackItem,
)
from app.formats.pack_zip import with_fixed_times
from app.formats.qr_codes import qr_png

A4_CM = (21.0, 29.7)
MARGIN_CM = 2.0
QR_CM = 2.8
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the same pack gives the same bytes
LANGUAGES = {"en": "en-GB", "gd": "gd-GB", "sco": "sco-GB"}


def to_word(pack: Pack, when: str, for_whom: str, address_of: AddressOf) -> bytes:
    """Return the whole pack as a Word file; `when` and `for_whom` are its cover's words."""
    return with_fixed_times(_Writing(pack, address_of).write(when, for_whom))


class _Writing:
    """Writes one file; python-docx has no types, so its parts are anything here."""

    def __init__(self, pack: Pack, address_of: AddressOf) -> None:
        from docx import Document  # noqa: PLC0415 - heavy, for this alone

        self.pack, self.address_of = pack, address_of
        self.document: Any = Document()
        self._set_up()

    def write(self, when: str, for_whom: str) -> bytes:
        """Write every part, and return the file."""
        self._cover(when, for_whom)
        self._order()
        self._notes()
        for item in self.pack.items:
            self._handout(item)
        self._sign_in()
        self._feedback()
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _set_up(self) -> None:
        from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 - as above

        page = self.document.sections[0]
        page.page_width, page.page_height = map(Cm, A4_CM)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN_CM)
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(10.5)
        for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            styles[name].font.name = "Arial"
            styles[name].font.color.rgb = RGBColor(0, 0x2D, 0x54)
            fonts = styles[name].element.rPr.rFonts
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_w(theme), None)
        _say_language(styles.element, "en-GB")
        known = self.document.core_properties
        known.title, known.author = self.pack.plan.title, "Good Practice Library"
        known.language, known.comments = "en-GB", ""
        known.created = known.modified = MADE_AT

    def _cover(self, when: str, for_whom: str) -> None:
        pack = self.pack
        self.document.add_heading(pack.plan.title, 0)
        lines = (when, pack.plan.place, f"From the collection “{pack.collection_title}”", for_whom)
        for line in filter(None, lines):
            self._say(line)
        if pack.notice:
            self._say(pack.notice, is_bold=True)
        if pack.summary:
            self._say(pack.summary)
        self._blocks(pack.introduction_blocks)

    def _order(self) -> None:
        self.document.add_heading("Running order", 1)
        rows = [
            (f"{slot.starts:%H:%M}–{slot.ends:%H:%M}", self.pack.titled(slot), str(slot.minutes))
            for slot in self.pack.slots
        ]
        self._table(("Time", "What", "Minutes"), rows, (3.0, 11.5, 2.5))

    def _notes(self) -> None:
        self.document.add_page_break()
        self.document.add_heading("Facilitator’s notes", 1)
        for item in self.pack.items:
            slot = self.pack.slot_of(item)
            self.document.add_heading(f"{slot.starts:%H:%M} {item.title}", 2)
            self._say(f"{slot.minutes} minutes. {item.place}")
            self._blocks(item.note_blocks or (Block("The curators left no note here."),))

    def _handout(self, item: PackItem) -> None:
        self.document.add_page_break()
        heading = self.document.add_heading(item.title, 1)
        self._picture(item)
        for line in filter(None, (item.place, item.summary, item.notice)):
            self._say(line)
        for part in item.handout:
            if part.heading:
                self.document.add_heading(part.heading, 2)
            self._blocks(part.blocks)
        if item.evidence:
            self._say(f"Evidence: {item.evidence}")
        more = "Shortened. The whole of it" if is_cut(item.parts, item.handout) else "The resource"
        self._say(f"{more}: {self.address_of(item)}")
        if item.language != "en":
            _say_language_of(heading, LANGUAGES.get(item.language, item.language))

    def _picture(self, item: PackItem) -> None:
        from docx.shared import Cm  # noqa: PLC0415 - as above

        address = self.address_of(item)
        run = self.document.add_paragraph().add_run()
        shown = run.add_picture(BytesIO(qr_png(address)), width=Cm(QR_CM))
        shown._inline.docPr.set("descr", f"QR code of {address}")

    def _sign_in(self) -> None:
        self.document.add_page_break()
        self.document.add_heading("Sign-in sheet", 1)
        self._say(DATA_PROTECTION)
        rows = [("",) * len(SIGN_IN_COLUMNS)] * SIGN_IN_ROWS
        self._table(SIGN_IN_COLUMNS, rows, (4.5, 5.0, 4.0, 3.5), height_cm=1.0)

    def _feedback(self) -> None:
        self.document.add_page_break()
        self.document.add_heading("Feedback", 1)
        self._say(FEEDBACK_NOTE)
        for question in FEEDBACK_QUESTIONS:
            self.document.add_heading(question, 2)
            for _ in range(4):
                self._say("")

    def _say(self, words: str, *, is_bold: bool = False) -> None:
        self.document.add_paragraph().add_run(_clean(words)).bold = is_bold

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            style = "List Bullet" if block.is_item else None
            self.document.add_paragraph(_clean(block.text), style)

    def _table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths_cm: Sequence[float],
        height_cm: float = 0.0,
    ) -> None:
        from docx.shared import Cm  # noqa: PLC0415 - as above

        table = self.document.add_table(rows=1, cols=len(head), style="Table Grid")
        for given in (head, *rows):
            row = table.rows[0] if given is head else table.add_row()
            if height_cm and given is not head:
                row.height = Cm(height_cm)
            for cell, text, width in zip(row.cells, given, widths_cm, strict=True):
                cell.width = Cm(width)
                cell.paragraphs[0].add_run(_clean(text)).bold = given is head
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(_element("w:tblHeader"))


def _clean(words: str) -> str:
    """Return the words without what XML cannot hold."""
    return "".join(c for c in words if c.isprintable() or c in "\t\n")


def _w(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    return str(qn(f"w:{name}"))


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    return OxmlElement(name)


def _say_language(styles: Any, language: str) -> None:
    """Let all words be of this language where nothing else is said."""
    for held in styles.iter(_w("lang")):
        held.set(_w("val"), language)


def _say_language_of(paragraph: Any, language: str) -> None:
    for run in paragraph.runs:
        said = _element("w:lang")
        said.set(_w("val"), language)
        run._r.get_or_add_rPr().append(said)
