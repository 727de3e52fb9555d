"""Fields of Word: instructions that are never carried out, and results that stand in the text."""

import re
from dataclasses import dataclass

from app.formats.intake.word.names import child, descend, is_on, value
from app.formats.intake.word.reading import Reading
from app.formats.intake.word.xml_parts import Element

LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
# Instructions that would have Word ask another file, program or address.
REACHES_OUT = re.compile(
    r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|DDEAUTO|DDE|LINK|RD)\b", re.I
)
ASKS = re.compile(r"\s*(?:FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|FILLIN|ASK)\b", re.I)


@dataclass
class _Field:
    instruction: str = ""
    shows: bool = False  # its result has begun
    link: str = ""  # the id of its address


class Fields:
    """The fields that are open at one point of the text, outermost first."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._open: list[_Field] = []

    @property
    def hides(self) -> bool:
        """Whether text here is an instruction and not its result."""
        return any(not field.shows for field in self._open)

    @property
    def link(self) -> str:
        """The id of the address that text here leads to, or ""."""
        return next((field.link for field in reversed(self._open) if field.link), "")

    def take_instruction(self, text: str) -> None:
        """Add to what the innermost field instructs."""
        if self._open:
            self._open[-1].instruction += text[:2000]

    def take_mark(self, mark: Element) -> str:
        """Take the beginning, middle or end of a field, and return what it shows by itself."""
        kind = value(mark, "w:fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            return _tick_box(mark)
        if kind == "separate" and self._open:
            self._open[-1].shows = True
            self._open[-1].link = self.read_instruction(self._open[-1].instruction)
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.shows:
                self.read_instruction(ended.instruction)
        return ""

    def end_paragraph(self) -> None:
        """Forget an instruction that never ended, so that it swallows nothing."""
        self._open = [field for field in self._open if field.shows]

    def read_instruction(self, instruction: str) -> str:
        """Note what a field wants, and return the id of its address where it is a link."""
        if REACHES_OUT.match(instruction):
            self._reading.notebook.jot("field-code")
        elif ASKS.match(instruction):
            self._reading.notebook.jot("form-field")
        link = LINK.match(instruction)
        return self._reading.link_id(link[1]) if link else ""


def _tick_box(mark: Element) -> str:
    for box in descend(mark, "w:checkBox"):
        said = child(box, "w:checked")
        said = child(box, "w:default") if said is None else said
        return "☒ " if is_on(said) else "☐ "
    return ""
