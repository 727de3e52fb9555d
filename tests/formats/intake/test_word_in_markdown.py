"""Word's tables, lists, fields and letters, as our Markdown says them."""

import pytest

from app.domain.errors import InvalidInput
from app.formats.markdown import plain_text, render_markdown
from tests.formats.intake import word_files as files
from tests.formats.intake.taking import body, para, run, take, whats


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


def test_alternative_text_and_links_keep_their_brackets():
    shown = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="A [b] *c* (d) &quot;e&quot;"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rP"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    data = files.with_parts(
        files.body_of(para(run("See") + shown)),
        {"word/media/p.png": files.picture(1)},
        {
            "word/_rels/document.xml.rels": (
                "</Relationships>",
                f'<Relationship Id="rP" Type="{files.R}/image" Target="media/p.png"/>'
                "</Relationships>",
            )
        },
    )
    html = render_markdown(take(data).pieces[0].body, "/{}".format).html
    assert 'alt="A [b] *c* (d) &quot;e&quot;"' in html
