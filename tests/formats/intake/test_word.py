"""A Word file comes in whole: nothing retyped, nothing published that was not meant to be."""

import pytest

from app.domain.errors import InvalidInput
from app.formats.intake import Concern, IntakeLimits
from app.formats.intake.child import read_file
from app.formats.markdown import plain_text, render_markdown
from tests.formats.intake import word_files as files


def take(data, name="A study.docx"):
    """Read in this process: quicker, and a failure shows where."""
    return read_file(name, data, IntakeLimits())


def body(*blocks):
    intake = take(files.body_of(*blocks))
    return "\n".join(piece.body for piece in intake.pieces), whats(intake)


def whats(intake):
    return {note.what: note.count for note in intake.notes}


def para(runs, about=""):
    return f"<w:p><w:pPr>{about}</w:pPr>{runs}</w:p>"


def run(text, about=""):
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.fixture(scope="module")
def realistic():
    return take(files.realistic())


@pytest.fixture(scope="module")
def faulty():
    return take(files.realistic_with_faults())


def test_a_realistic_file_comes_in_whole(realistic):
    assert realistic.title == files.TITLE
    assert tuple(piece.heading for piece in realistic.pieces) == files.HEADINGS
    assert [picture.alt for picture in realistic.pictures] == list(files.ALT_TEXTS)
    text = "".join(piece.body for piece in realistic.pieces)
    assert "| Question | August | October |\n| --- | --- | --- |" in text
    assert "1.  Show one calculation.\n2.  Wait" in text
    assert "[a guide that is free](https://example.org/number-talks)" in text
    for picture in realistic.pictures:
        assert f"![{picture.alt}](pictures/{picture.name})" in text


def test_footnotes_stay_with_the_piece_that_marks_them(realistic):
    approach, evidence = realistic.pieces[1].body, realistic.pieces[2].body
    assert "ten minutes[^1]. " in approach
    assert f"[^1]: {files.FOOTNOTES[0]}" in approach
    assert f"[^2]: {files.FOOTNOTES[1]}" in evidence


def test_the_list_of_what_did_not_come_along_is_right(realistic):
    assert whats(realistic) == {
        "tracked-change": 1,
        "tracked-deletion": 1,
        "comment": 1,
        "properties": 5,
    }
    [inserted] = [note for note in realistic.notes if note.what == "tracked-change"]
    assert inserted.concern is Concern.DOUBTFUL
    assert "near “Our approach”" in inserted.sentence


def test_an_insertion_is_kept_and_a_deletion_is_not(realistic):
    assert "Support staff took part." in realistic.pieces[1].body
    assert "Only the teacher" not in str(realistic)


def test_authors_are_known_and_stand_nowhere_else(realistic):
    assert set(realistic.authors) == {files.AUTHOR, files.REVIEWER}
    told = str(realistic.pieces) + str(realistic.notes) + realistic.title
    assert files.AUTHOR not in told
    assert files.REVIEWER not in told
    assert "Is this too long?" not in told
    assert "A title that is not used" not in told


def test_every_fault_is_told(faulty):
    expected = "hidden-text merged-cells table-header text-box equation bold-heading alt-text"
    assert {*expected.split(), "header-footer"} <= set(whats(faulty))
    text = str(faulty.pieces)
    assert "SECRET" not in text
    assert text.count("Words in a box") == 1
    assert "(a+b)/2" in text


@pytest.mark.parametrize(
    "hidden",
    [
        para(run("SECRET", "<w:vanish/>")),
        para(run("SECRET", '<w:vanish w:val="1"/>')),
        para(run("SECRET", '<w:rStyle w:val="Hid"/>')),
        para(run("SECRET"), '<w:pStyle w:val="HidP"/>'),
        para(run("SECRET"), '<w:pStyle w:val="Below"/>'),
        para(f"<w:hyperlink>{run('SECRET', '<w:vanish/>')}</w:hyperlink>"),
        para(f"<w:ins>{run('SECRET', '<w:vanish/>')}</w:ins>"),
        para(
            f"<w:smartTag><w:sdt><w:sdtContent>{run('SECRET', '<w:vanish/>')}"
            "</w:sdtContent></w:sdt></w:smartTag>"
        ),
        "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>"
        + run("SECRET")
        + "</w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_hidden_text_is_never_taken(hidden):
    style = '<w:style w:type="{}" w:styleId="{}"><w:basedOn w:val="{}"/><w:rPr>{}</w:rPr></w:style>'
    styles = "".join(
        style.format(*each)
        for each in (
            ("character", "Hid", "", "<w:vanish/>"),
            ("paragraph", "HidP", "", "<w:vanish/>"),
            ("paragraph", "Below", "HidP", ""),
        )
    )
    part = f'<w:styles xmlns:w="{files.W}">{styles}</w:styles>'.encode()
    data = files.with_parts(
        files.body_of(para(run("Open.")), hidden), {"word/styles.xml": part}, {}
    )
    intake = take(data)
    assert "SECRET" not in str(intake)
    assert whats(intake)["hidden-text"] == 1


@pytest.mark.parametrize(
    "deleted",
    [
        para("<w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del>"),
        para(f"<w:del>{run('SECRET')}</w:del>"),
        para(f"<w:moveFrom>{run('SECRET')}</w:moveFrom>"),
        f"<w:del>{para(run('SECRET'))}</w:del>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>"
        + run("SECRET")
        + "</w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_what_was_deleted_is_never_taken(deleted):
    text, met = body(para(run("Open.")), deleted)
    assert "SECRET" not in text
    assert met["tracked-deletion"] == 1


def test_a_heading_is_known_by_its_style_in_any_language_and_by_its_level():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/>{more}</w:style>'
        for code, name, more in (
            ("A", "Überschrift 2", ""),
            ("B", "School heading", '<w:basedOn w:val="A"/>'),
            ("C", "Own", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        )
    )
    part = f'<w:styles xmlns:w="{files.W}">{styles}</w:styles>'.encode()
    blocks = [para(run(f"In {code}"), f'<w:pStyle w:val="{code}"/>') for code in "ABC"]
    blocks.append(para(run("By hand"), '<w:outlineLvl w:val="0"/>'))
    data = files.body_of(para(run("First.")), *blocks, para(run("Last.")))
    intake = take(files.with_parts(data, {"word/styles.xml": part}, {}))
    told = [(piece.heading, piece.level) for piece in intake.pieces]
    assert told == [("", 0), ("In A", 2), ("In B", 2), ("In C", 3), ("By hand", 1)]


def test_bold_lines_stand_for_headings_where_there_are_no_others():
    intake = take(
        files.body_of(
            para(run("Context", "<w:b/>")),
            para(run("We are small.")),
            para(run("Impact:", "<w:b/>")),
            para(run("It worked.", "<w:b/>")),
        )
    )
    assert [piece.heading for piece in intake.pieces] == ["Context", "Impact"]
    assert whats(intake)["bold-heading"] == 2
    assert "**It worked.**" in intake.pieces[1].body


def test_the_title_is_the_first_heading_unless_that_names_a_section():
    heading = '<w:pStyle w:val="Heading1"/>'
    named = [para(run("Context"), heading), para(run("Small."))]
    assert take(files.body_of(*named), "Our_number talks.docx").title == "Our number talks"
    titled = take(files.body_of(para(run("Number talks"), heading), *named))
    assert titled.title == "Number talks"
    assert [piece.heading for piece in titled.pieces] == ["Context"]


def test_merged_cells_keep_their_columns():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>"
    down = '<w:vMerge w:val="restart"/>'
    rows = [
        cell.format('<w:gridSpan w:val="2"/>', run("wide")) + cell.format("", run("c")),
        cell.format(down, run("tall")) + cell.format("", run("x")) + cell.format("", run("y")),
        cell.format("<w:vMerge/>", "") + cell.format("", run("z")) + cell.format("", run("a | b")),
    ]
    text, met = body("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert met["merged-cells"] == 1
    assert text.splitlines() == [
        "| wide | | c |".replace("| |", "|  |"),
        "| --- | --- | --- |",
        "| tall | x | y |",
        "|  | z | a \\| b |",
    ]


def test_paragraphs_and_lists_in_a_cell_are_parted_by_line_breaks():
    cell = "<w:tc>{}</w:tc>"
    two = cell.format(para(run("one")) + para(run("two")))
    text, _ = body(f"<w:tbl><w:tr>{two}{cell.format(para(run('b')))}</w:tr></w:tbl>")
    assert "| one<br>two | b |" in text


def test_a_form_that_was_filled_in_is_taken_as_headings():
    rows = (("Background", "We are small."), ("What did you do?", "We talked."), ("", "A lot."))
    cell = "<w:tc>{}</w:tc>"
    table = "".join(
        f"<w:tr>{cell.format(para(run(left)))}{cell.format(para(run(right)))}</w:tr>"
        for left, right in rows
    )
    intake = take(files.body_of(f"<w:tbl>{table}</w:tbl>"))
    assert [(piece.heading, piece.body) for piece in intake.pieces] == [
        ("Background", "We are small.\n"),
        ("What did you do?", "We talked.\n\nA lot.\n"),
    ]
    assert whats(intake) == {"form-table": 1, "properties": 2}


def test_a_paragraph_in_a_headings_style_is_text_where_it_is_long():
    intake = take(files.body_of(para(run("Long. " * 80), '<w:pStyle w:val="Heading1"/>')))
    assert [piece.heading for piece in intake.pieces] == [""]


def test_a_frame_of_one_cell_is_no_table():
    text, _ = body(f"<w:tbl><w:tr><w:tc>{para(run('Framed.'))}</w:tc></w:tr></w:tbl>")
    assert text == "Framed.\n"


@pytest.mark.parametrize(
    "typed",
    [
        "2 * 3 * 4 = 24 and a_b _c_",
        "# not a heading",
        "> not a quotation",
        "[not](a-link) ![nor](a-picture) [^1]",
        "&lt;b&gt; &amp;copy; &amp;amp;copy; `code` \\ back",
        "1984. A long year",
        ":::: not a part",
        "~~~",
        "---",
        "===",
        ": not a definition",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "*[HTML]: what",
        "+ plus",
    ],
)
def test_what_looks_like_a_mark_is_read_as_it_was_typed(typed):
    text, _ = body(para(run("Before.")), para(run(typed)), para(run("After.")))
    shown = plain_text(text).split("\n")
    for code, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        typed = typed.replace(code, letter)
    assert shown == ["Before.", typed, "After."]


def test_lists_within_lists_stay_so():
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    kinds = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>'
        for level, kind in enumerate(("bullet", "decimal"))
    )
    part = (
        f'<w:numbering xmlns:w="{files.W}"><w:abstractNum w:abstractNumId="7">{kinds}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    levels = ((0, "one"), (1, "inner"), (1, "inner too"), (0, "two"))
    blocks = [para(run(text), numbered.format(level)) for level, text in levels]
    data = files.with_parts(files.body_of(*blocks), {"word/numbering.xml": part.encode()}, {})
    text = take(data).pieces[0].body
    assert text == "-   one\n    1.  inner\n    2.  inner too\n-   two\n"
    html = render_markdown(text).html
    assert html.count("<ol>") == 1
    assert html.count("<ul>") == 1


def test_typed_bullets_become_a_list():
    text, _ = body(para(run("• one")), para(run("•\u00a0two")))
    assert text == "-   one\n-   two\n"


def test_a_prompt_that_nobody_filled_in_is_left_out():
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>"
        + para(run("Click here to enter text."))
        + "</w:sdtContent></w:sdt>"
    )
    text, met = body(para(run("Open.")), control)
    assert text == "Open.\n"
    assert met["form-field"] == 1


def test_a_field_shows_its_result_and_not_its_instruction():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    link = "<w:r><w:instrText> HYPERLINK &quot;https://example.org/a&quot; </w:instrText></w:r>"
    field = mark.format("begin") + link + mark.format("separate") + run("here") + mark.format("end")
    text, _ = body(para(run("Look ") + field + run(".")))
    assert text == "Look [here](https://example.org/a).\n"


def test_a_field_that_never_ends_swallows_nothing():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("lost")
    text, _ = body(para(begun), para(run("kept")))
    assert "kept" in text


def test_a_document_without_text_says_so():
    with pytest.raises(InvalidInput, match="no text in this document"):
        take(files.body_of())


def test_strict_open_xml_is_read_too():
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    part = f'<w:document xmlns:w="{strict}"><w:body>{para(run("Strict."))}</w:body></w:document>'
    data = files.with_parts(files.body_of(), {"word/document.xml": part.encode()}, {})
    assert usual != strict
    assert take(data).pieces[0].body == "Strict.\n"
