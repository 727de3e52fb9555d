"""A Word file comes in whole: nothing retyped, nothing published that was not meant to be."""

import pytest

from app.formats.intake import Concern
from tests.formats.intake import word_files as files
from tests.formats.intake.taking import body, para, run, take, whats


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


def test_paragraphs_whose_break_was_deleted_are_joined_and_none_is_lost():
    text, _ = body(
        para(run("One "), "<w:rPr><w:del/></w:rPr>"),
        para(run("line.")),
        para(run("The last."), "<w:rPr><w:del/></w:rPr>"),
    )
    assert text == "One line.\n\nThe last.\n"


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
