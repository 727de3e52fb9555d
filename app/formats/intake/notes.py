"""The list of all that did not simply come along: what each is called, and what to do."""

from collections import Counter
from dataclasses import dataclass

from app.formats.intake.values import Concern, Note

PLACES_TOLD = 3
DROPPED, DOUBTFUL, KEPT_OUT = Concern.DROPPED, Concern.DOUBTFUL, Concern.KEPT_OUT


@dataclass(frozen=True)
class Remark:
    """What is said of one kind of thing: its noun for one and for many, and the rest."""

    concern: Concern
    one: str
    many: str
    rest: str


REMARKS = {
    "comment": Remark(
        KEPT_OUT,
        "comment",
        "comments",
        "kept out: nobody reads them here. Answer them in Word if they matter.",
    ),
    "tracked-deletion": Remark(
        KEPT_OUT, "tracked deletion", "tracked deletions", "left out, as if you had accepted it."
    ),
    "tracked-change": Remark(
        DOUBTFUL,
        "tracked insertion",
        "tracked insertions",
        "kept, as if you had accepted it. Check the wording.",
    ),
    "hidden-text": Remark(
        KEPT_OUT,
        "passage of hidden text",
        "passages of hidden text",
        "kept out. If it should be read, write it again.",
    ),
    "faint-text": Remark(
        DOUBTFUL,
        "passage in white or tiny letters",
        "passages in white or tiny letters",
        "kept, and can be read now. Take it out if it was not meant to be seen.",
    ),
    "properties": Remark(
        KEPT_OUT,
        "property of the document (such as its author)",
        "properties of the document (such as its author)",
        "kept out.",
    ),
    "header-footer": Remark(
        DROPPED,
        "header or footer",
        "headers or footers",
        "left out. Write into the text what a reader needs.",
    ),
    "merged-cells": Remark(
        DOUBTFUL,
        "table with merged cells",
        "tables with merged cells",
        "kept with the cells apart. Check that each row still reads well.",
    ),
    "table-header": Remark(
        DOUBTFUL,
        "table without a row of headings",
        "tables without a row of headings",
        "kept with its first row as headings. Check that this is what they are.",
    ),
    "form-table": Remark(
        DOUBTFUL,
        "table that is filled in like a form",
        "tables that are filled in like a form",
        "taken as headings with the text beside them. Check that each has its own.",
    ),
    "nested-table": Remark(
        DOUBTFUL,
        "table inside a table",
        "tables inside a table",
        "kept as lines in its cell. Check how it reads.",
    ),
    "text-box": Remark(
        DOUBTFUL,
        "text box",
        "text boxes",
        "kept below the paragraph it was tied to. Check that it stands well there.",
    ),
    "equation": Remark(
        DOUBTFUL,
        "equation",
        "equations",
        "written on one line. Check it, or put a picture of it in.",
    ),
    "diagram": Remark(
        DROPPED,
        "diagram or drawn shape (SmartArt)",
        "diagrams or drawn shapes (SmartArt)",
        "left out. Save it as a picture and add that, or say it in words.",
    ),
    "chart": Remark(
        DROPPED,
        "chart",
        "charts",
        "left out. Save it as a picture and add that, or give its numbers in a table.",
    ),
    "embedded-object": Remark(
        DROPPED,
        "embedded file or object",
        "embedded files or objects",
        "left out. Offer it as an attachment if others may have it.",
    ),
    "macros": Remark(
        DROPPED, "set of macros", "sets of macros", "left out. Nothing of it was carried out."
    ),
    "form-field": Remark(
        DOUBTFUL,
        "form field",
        "form fields",
        "kept as plain text where it was filled in. Check what it says.",
    ),
    "field-code": Remark(
        DROPPED,
        "field that fetches from elsewhere",
        "fields that fetch from elsewhere",
        "left out. Nothing was fetched.",
    ),
    "external-picture": Remark(
        DROPPED,
        "picture that lies elsewhere",
        "pictures that lie elsewhere",
        "left out and not fetched. Add the picture yourself.",
    ),
    "external-part": Remark(
        DROPPED,
        "link to a template or file elsewhere",
        "links to templates or files elsewhere",
        "left out. Nothing was fetched.",
    ),
    "link": Remark(
        DROPPED,
        "link that leads to no web or e-mail address",
        "links that lead to no web or e-mail address",
        "kept as words only. Give a web address if readers need it.",
    ),
    "internal-link": Remark(
        DOUBTFUL, "link within the document", "links within the document", "kept as words only."
    ),
    "contents": Remark(
        DROPPED, "table of contents", "tables of contents", "left out: the page makes its own."
    ),
    "picture-kind": Remark(
        DROPPED,
        "picture of a kind that browsers do not show",
        "pictures of a kind that browsers do not show",
        "left out. Save it as PNG or JPEG and add it.",
    ),
    "picture-broken": Remark(
        DROPPED,
        "picture that cannot be read",
        "pictures that cannot be read",
        "left out. Add the picture yourself.",
    ),
    "picture-large": Remark(
        DROPPED,
        "picture that is far too large",
        "pictures that are far too large",
        "left out. Make it smaller and add it.",
    ),
    "picture-many": Remark(
        DROPPED,
        "picture beyond the number that can be taken",
        "pictures beyond the number that can be taken",
        "left out.",
    ),
    "picture-moving": Remark(
        DOUBTFUL, "moving picture", "moving pictures", "kept as it looks at its beginning."
    ),
    "alt-text": Remark(
        DOUBTFUL,
        "picture without alternative text",
        "pictures without alternative text",
        "kept. Say what it shows before you submit, for those who cannot see it.",
    ),
    "alt-text-automatic": Remark(
        DOUBTFUL,
        "picture described by a program",
        "pictures described by a program",
        "kept. Check that the words say what it shows.",
    ),
    "bold-heading": Remark(
        DOUBTFUL, "bold line", "bold lines", "taken for a heading. Check that it is one."
    ),
    "pdf-pictures": Remark(
        DROPPED,
        "picture in the PDF",
        "pictures in the PDF",
        "not taken. Add the ones that matter yourself.",
    ),
    "pdf-layout": Remark(
        DOUBTFUL,
        "page of a PDF",
        "pages of a PDF",
        "taken as plain paragraphs: a PDF does not say what is a heading, a list or a table. "
        "Read it through, or take in the Word file instead.",
    ),
    "pdf-heading": Remark(
        DOUBTFUL,
        "line",
        "lines",
        "taken for a heading, because of its words. Check that it is one.",
    ),
    "pdf-empty": Remark(
        DROPPED,
        "page without text (a picture of a page, perhaps)",
        "pages without text (pictures of pages, perhaps)",
        "left out. Type what it says.",
    ),
    "javascript": Remark(KEPT_OUT, "script", "scripts", "kept out. Nothing of it was carried out."),
    "attached-file": Remark(
        KEPT_OUT,
        "file within the PDF",
        "files within the PDF",
        "kept out. Offer it as an attachment if others may have it.",
    ),
    "pdf-form": Remark(
        KEPT_OUT, "form in the PDF", "forms in the PDF", "kept out, with what was filled in."
    ),
    "annotation": Remark(KEPT_OUT, "comment in the PDF", "comments in the PDF", "kept out."),
    "encoding": Remark(
        DOUBTFUL,
        "older way of writing letters (Windows-1252)",
        "older ways of writing letters",
        "guessed. Check accents, quotation marks and £ signs.",
    ),
    "control-characters": Remark(
        DROPPED, "character that cannot be shown", "characters that cannot be shown", "left out."
    ),
    "front-matter": Remark(
        DROPPED,
        "block of settings at the top (front matter)",
        "blocks of settings at the top (front matter)",
        "read for the title only. Fill in the rest in the form.",
    ),
    "picture-named": Remark(
        DROPPED,
        "picture that the text names",
        "pictures that the text names",
        "not in the file. Add the picture yourself.",
    ),
}


class Notebook:
    """Jots down what is met while a file is read, and where."""

    def __init__(self) -> None:
        self.near = ""  # the heading that was passed last
        self._counts: Counter[str] = Counter()
        self._places: dict[str, dict[str, None]] = {}

    def jot(self, what: str, count: int = 1, place: str | None = None) -> None:
        """Count something under the heading passed last, or at a place."""
        if count < 1:
            return
        self._counts[what] += count
        where = self.near if place is None else place
        if where:
            self._places.setdefault(what, {})[where[:80]] = None

    def count(self, what: str) -> int:
        """Return how many of something were met."""
        return self._counts[what]

    def notes(self) -> tuple[Note, ...]:
        """Return a note for each kind of thing met: dropped, doubtful, then kept out."""
        order = list(Concern)
        notes = [self._note(what, count) for what, count in self._counts.items()]
        return tuple(sorted(notes, key=lambda note: order.index(note.concern)))

    def _note(self, what: str, count: int) -> Note:
        remark = REMARKS[what]
        noun = remark.one if count == 1 else remark.many
        sentence = f"{count} {noun}{self._where(what)}: {remark.rest}"
        return Note(remark.concern, what, sentence, count)

    def _where(self, what: str) -> str:
        places = list(self._places.get(what, ()))
        if not places:
            return ""
        told = ", ".join(f"“{place}”" for place in places[:PLACES_TOLD])
        more = " and elsewhere" if len(places) > PLACES_TOLD else ""
        return f", near {told}{more}"
