"""Markdown and plain text in any common writing, taken apart at their headings."""

import pytest

from app.domain.errors import InvalidInput
from app.formats.intake import IntakeLimits
from app.formats.intake.child import read_file

TEXT = "# Context\n\nA café’s “till” – £5.\n\n## Detail\n\nMore.\n"


def take(data, name="a study.md"):
    data = data if isinstance(data, bytes) else data.encode()
    return read_file(name, data, IntakeLimits())


def heads(intake):
    return [(piece.heading, piece.level) for piece in intake.pieces]


def whats(intake):
    return {note.what: note.count for note in intake.notes}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_any_common_writing(encoding):
    intake = take(TEXT.encode(encoding))
    assert heads(intake) == [("Context", 1), ("Detail", 2)]
    assert intake.pieces[0].body == "A café’s “till” – £5.\n"
    assert whats(intake) == ({"encoding": 1} if encoding == "cp1252" else {})


def test_big_endian_text_and_old_line_ends_are_read():
    intake = take(b"\xfe\xff" + TEXT.replace("\n", "\r\n").encode("utf-16-be"))
    assert heads(intake) == [("Context", 1), ("Detail", 2)]


def test_underlined_headings_are_headings_and_tables_are_not():
    intake = take("Context\n=======\n\nOne.\n\nImpact\n---\n\na | b\n--- | ---\n1 | 2\n")
    assert heads(intake) == [("Context", 1), ("Impact", 2)]
    assert "a | b\n--- | ---" in intake.pieces[1].body


def test_a_heading_within_code_is_none():
    intake = take("# Context\n\n```\n# no heading\n```\n")
    assert heads(intake) == [("Context", 1)]


def test_the_first_heading_is_the_title_unless_it_names_a_section():
    assert take("# Number talks\n\nWe.\n\n## Context\n\nSmall.\n").title == "Number talks"
    assert take(TEXT, "number_talks.md").title == "number talks"


def test_front_matter_gives_its_title_only():
    intake = take("---\ntitle: Number talks\nregion: tayside\n---\n# Context\n\nSmall.\n")
    assert intake.title == "Number talks"
    assert "tayside" not in str(intake)
    assert whats(intake) == {"front-matter": 1}


def test_a_rule_at_the_top_is_no_front_matter():
    assert take("---\n\nWords.\n").pieces[0].body == "---\n\nWords.\n"


def test_pictures_are_asked_for():
    assert whats(take("# Context\n\n![sticks](sticks.png)\n")) == {"picture-named": 1}


def test_a_file_without_words_says_so():
    with pytest.raises(InvalidInput, match="no text"):
        take("\n\n")


def test_plain_text_is_taken_too():
    assert take("Just words.\n", "words.txt").pieces[0].body == "Just words.\n"
