"""A PDF gives its text as paragraphs, and says what it could not give."""

import io

from pypdf import PdfReader, PdfWriter

from app.formats.intake import IntakeLimits
from app.formats.intake.child import read_file
from app.formats.intake.notes import Notebook
from app.formats.intake.pdf_text import pieces_of_pages
from tests.formats.intake.hostile_others import text_pdf

LONG = "We began each morning with a number talk in the composite class of"


def take(data):
    return read_file("our study.pdf", data, IntakeLimits())


def whats(intake):
    return {note.what: note.count for note in intake.notes}


def pieces(*pages):
    return pieces_of_pages(list(pages), Notebook())


def test_lines_become_paragraphs():
    intake = take(text_pdf(LONG, "primary four to six.", "", "Then we wrote."))
    assert intake.title == "our study"
    assert intake.pieces[0].heading == "Page 1"
    assert intake.pieces[0].body.startswith(f"{LONG} primary four to six.")
    assert whats(intake) == {"pdf-layout": 1}


def test_hyphens_at_the_end_of_a_line_are_undone():
    [page] = pieces(f"{LONG} compo-\nsite classes and Pre-\nSchool.")
    assert page.body == f"{LONG} composite classes and Pre- School.\n"


def test_a_line_that_names_a_section_is_taken_for_a_heading():
    notebook = Notebook()
    found = pieces_of_pages([f"Context\n{LONG}\nsix.", f"more of it.\nImpact\n{LONG}"], notebook)
    assert [(piece.heading, piece.level) for piece in found] == [("Context", 1), ("Impact", 1)]
    assert "more of it." in found[0].body
    assert notebook.count("pdf-heading") == 2


def test_lines_that_run_along_the_pages_are_left_out():
    pages = [f"Sample Primary School\n{LONG} {word}.\nPage {n}" for n, word in enumerate("abcd")]
    text = "".join(piece.body for piece in pieces(*pages))
    assert "Sample Primary" not in text
    assert "Page" not in text


def test_what_looks_like_a_mark_is_kept_as_typed():
    [page] = pieces("# one *two* [three](four)")
    assert page.body == "\\# one \\*two\\* \\[three\\](four)\n"


def test_scripts_files_forms_and_authors_are_kept_out():
    writer, out = PdfWriter(), io.BytesIO()
    script = b"/OpenAction<</S/JavaScript/JS(SECRET)>>"
    writer.clone_document_from_reader(PdfReader(io.BytesIO(text_pdf(LONG, catalogue=script))))
    writer.add_attachment("SECRET.txt", b"SECRET")
    writer.add_metadata({"/Author": "Morag Inventedname", "/Title": "SECRET"})
    writer.write(out)
    intake = take(out.getvalue())
    assert whats(intake) == {"pdf-layout": 1, "javascript": 1, "attached-file": 1, "properties": 2}
    assert intake.authors == ("Morag Inventedname",)
    assert "SECRET" not in str(intake)
