"""Word files as schools send them, made by code: python-docx and, where it has no word, raw XML.

Everything in them is invented: the school, the practice, its results and its author.
"""

import io
import re
import zipfile
from functools import cache

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image

AUTHOR = "Morag Inventedname"
REVIEWER = "Calum Madeup"
TITLE = "Number talks in a composite class"
HEADINGS = (
    "Background",
    "Our approach",
    "Evidence",
    "Outcomes",
    "Lessons learned",
    "Resources needed",
    "What we did next",
    "Get in touch",
)
ALT_TEXTS = (
    "Counting sticks laid out in tens on a table",
    "A whiteboard with three ways to add 27 and 38",
    "A number line from 0 to 100 drawn on the playground",
    "Ten-frames with red and yellow counters",
    "A poster with sentence starters for explaining",
    "A jotter page with two strategies side by side",
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NOTE_TYPE = f"{R}/footnotes"
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTES = (
    "Ten minutes each morning, from August to October.",
    "The same five questions were asked both times.",
)


@cache
def realistic() -> bytes:
    """A case study: 8 headings, a table, 6 pictures, 2 footnotes, a tracked change, a comment."""
    document = docx.Document()
    _write_case_study(document)
    return _with_footnotes(_saved(document))


@cache
def realistic_with_faults() -> bytes:
    """The same with hidden text, merged cells, a text box, an equation, a header and more."""
    document = docx.Document()
    _write_case_study(document)
    _add_faults(document)
    return _with_footnotes(_saved(document))


def picture(number: int, kind: str = "PNG", size: tuple[int, int] = (320, 200), **said) -> bytes:
    """A picture of one colour, with what is said of it in its metadata."""
    out = io.BytesIO()
    Image.new("RGB", size, (40 * number % 255, 90, 160)).save(out, kind, **said)
    return out.getvalue()


def body_of(*blocks: str) -> bytes:
    """A Word file whose body holds these blocks of XML, and nothing else."""
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, _piece(block))
    return _saved(document)


def with_parts(data: bytes, parts: dict[str, bytes], replaced: dict[str, tuple[str, str]]) -> bytes:
    """The file with parts added, and words replaced in parts that it has."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", 8, compresslevel=1) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name in replaced:
                before, after = (words.encode() for words in replaced[name])
                assert before in part, (name, before)
                part = part.replace(before, after)
            if name not in parts:
                new.writestr(name, part)
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


BEGINNING = re.compile(r"(<[\w:]+)")
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def _write_case_study(document) -> None:
    properties = document.core_properties
    properties.author, properties.last_modified_by = AUTHOR, AUTHOR
    properties.title, properties.keywords = "A title that is not used", "numeracy"
    document.add_paragraph(TITLE, style="Title")
    _write_beginning(document)
    _write_evidence(document)
    _write_end(document)
    comment = document.add_comment(
        document.paragraphs[2].runs, text="Is this too long?", author=REVIEWER, initials="CM"
    )
    assert comment.author == REVIEWER


def _write_beginning(document) -> None:
    document.add_heading(HEADINGS[0], 1)
    document.add_paragraph(
        "Children in our P4–P6 composite class could calculate, but few could say how they had "
        "done it. Families told us that maths felt like a test."
    )
    _add_picture(document, 0)
    document.add_heading(HEADINGS[1], 1)
    talk = document.add_paragraph("We began each day with a ")
    talk.add_run("number talk").bold = True
    talk.add_run(" of ten minutes")
    _add_footnote(talk, 1)
    talk.add_run(". ")
    talk._p.append(
        _piece(
            '<w:ins w:id="901" w:author="Calum Madeup" w:date="2026-09-01T09:00:00Z"><w:r>'
            '<w:t xml:space="preserve">Support staff took part. </w:t></w:r></w:ins>'
        )
    )
    talk._p.append(
        _piece(
            '<w:del w:id="902" w:author="Calum Madeup" w:date="2026-09-01T09:00:00Z"><w:r>'
            "<w:delText>Only the teacher led it.</w:delText></w:r></w:del>"
        )
    )
    for line in ("Show one calculation.", "Wait until every thumb is up.", "Ask for three ways."):
        document.add_paragraph(line, style="List Number")
    _add_picture(document, 1)
    _add_picture(document, 2)


def _write_evidence(document) -> None:
    document.add_heading(HEADINGS[2], 1)
    asked = document.add_paragraph("We asked every class the same questions in August and October")
    _add_footnote(asked, 2)
    asked.add_run(".")
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    rows = (
        ("Question", "August", "October"),
        ("I can explain it", "38%", "71%"),
        ("I enjoy maths", "44%", "66%"),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.rows[0]._tr.get_or_add_trPr().append(_piece("<w:tblHeader/>"))
    _add_picture(document, 3)
    document.add_heading(HEADINGS[3], 1)
    for line in ("More children explain their thinking.", "Staff hear mistakes sooner."):
        document.add_paragraph(line, style="List Bullet")
    _add_picture(document, 4)


def _write_end(document) -> None:
    document.add_heading(HEADINGS[4], 1)
    document.add_paragraph("Two talks a day were too many. We would begin with one class.")
    document.add_heading(HEADINGS[5], 1)
    document.add_paragraph(
        "Counting sticks and mini whiteboards: £120. One hour of planning a week."
    )
    _add_picture(document, 5)
    document.add_heading(HEADINGS[6], 1)
    link = document.add_paragraph("The nursery will try it, with ")
    link._p.append(_link(document, "https://example.org/number-talks", "a guide that is free"))
    document.add_heading(HEADINGS[7], 1)
    document.add_paragraph("The depute headteacher, through the school office.")


def _add_faults(document) -> None:
    hidden = document.add_paragraph("Everybody can read this. ")
    hidden.add_run("Nobody should read SECRETHIDDEN.").font.hidden = True
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Merged"
    table.cell(1, 2).text = "Last"
    document.element.body.insert(len(document.element.body) - 1, _piece(TEXT_BOX))
    document.element.body.insert(len(document.element.body) - 1, _piece(EQUATION))
    document.sections[0].header.paragraphs[0].text = "SECRETHEADER of Sample Primary"
    document.add_paragraph().add_run("A bold line").bold = True
    document.add_paragraph("stands over this.")
    document.add_picture(io.BytesIO(picture(9)), width=Cm(3))


TEXT_BOX = """<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
<wp:docPr id="77" name="Box"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>
<w:txbxContent><w:p><w:r><w:t>Words in a box</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>
<v:textbox><w:txbxContent><w:p><w:r><w:t>Words in a box</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
EQUATION = """<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r>
<m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p>"""


def _piece(xml: str):
    return parse_xml(BEGINNING.sub(rf"\1 {SPACES}", xml, count=1))


def _add_picture(document, number: int) -> None:
    added = document.add_picture(io.BytesIO(picture(number)), width=Cm(8))
    added._inline.docPr.set("descr", ALT_TEXTS[number])


def _add_footnote(paragraph, number: int) -> None:
    run = paragraph.add_run()
    run._r.append(_piece(f'<w:footnoteReference w:id="{number}"/>'))


def _link(document, address: str, words: str):
    kind = f"{R}/hyperlink"
    relation = document.part.relate_to(address, kind, is_external=True)
    link = _piece(f"<w:hyperlink><w:r><w:t>{words}</w:t></w:r></w:hyperlink>")
    link.set(qn("r:id"), relation)
    return link


def _saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _with_footnotes(data: bytes) -> bytes:
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        f'<w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
        for number, words in enumerate(FOOTNOTES, 1)
    )
    part = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'
    relation = f'<Relationship Id="rIdNotes" Type="{NOTE_TYPE}" Target="footnotes.xml"/>'
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES}"/>'
    return with_parts(
        data,
        {"word/footnotes.xml": part.encode()},
        {
            "word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
            "[Content_Types].xml": ("</Types>", f"{override}</Types>"),
        },
    )
