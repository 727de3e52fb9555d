"""A term changed in its file: no other line is touched, and all files can be edited so."""

import difflib
from dataclasses import replace
from datetime import date

import pytest

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Term
from app.formats.taxonomy_files import read_taxonomy
from app.formats.vocabulary_text import (
    block_of,
    with_block,
    with_new_term,
    with_term,
    without_term,
)
from config import PROJECT_DIR
from tests.content_app import TAXONOMY

FOLDER = PROJECT_DIR / "content/taxonomy"
NAMES = tuple(TAXONOMY.vocabularies)
# What YAML would take for something else, or for marks of its own.
ODD = ("no", "1140", "2026-01-01", "a: b", "# c", "- d", "[e]", "it's", "“f”", "g, h", "*i", "null")


def text_of(name):
    return (FOLDER / f"{name}.yaml").read_text()


def terms_of(name):
    return TAXONOMY.vocabularies[name].terms


def read(name, text):
    return read_taxonomy(FOLDER, {f"{name}.yaml": text}).vocabularies[name]


def touched(old, new):
    """The lines of the old text that a change touches, by number from 0."""
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return {
        place
        for tag, first, end, *_ in matcher.get_opcodes()
        if tag != "equal"
        for place in range(first, max(end, first + 1))
    }


def lines_of(text, code):
    before = text[: text.index(block_of(text, code))].count("\n")
    return set(range(before, before + block_of(text, code).count("\n") + 1))


@pytest.mark.parametrize("name", NAMES)
def test_an_untouched_term_gives_the_same_bytes(name):
    text = text_of(name)
    for term in terms_of(name):
        assert with_term(text, term, term) == text


@pytest.mark.parametrize("name", NAMES)
def test_every_term_says_of_itself_what_the_loader_reads(name):
    text = text_of(name)
    for term in terms_of(name):
        assert with_block(text, term, block_of(text, term.code)) == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("which", [0, -1])
def test_a_change_touches_no_line_of_another_term_and_can_be_taken_back(name, which):
    text, term = text_of(name), terms_of(name)[which]
    after = replace(
        term,
        label="Odd: words",
        label_gd="Facail",
        aliases=ODD,
        valid_from=date(2020, 1, 2),
        valid_to=date(2031, 8, 31),
        note="A note: with a colon, “quotes” and more words than one line holds. " * 3,
    )
    new = with_term(text, term, after)
    assert read(name, new).by_code[term.code] == after
    assert touched(text, new) <= lines_of(text, term.code)
    assert with_block(new, term, block_of(text, term.code)) == text


@pytest.mark.parametrize("name", NAMES)
def test_a_term_is_added_at_the_end_and_taken_out_again(name):
    text = text_of(name)
    broader = terms_of(name)[-1].broader
    new = with_new_term(text, Term("a-new-one", "A new one", broader=broader))
    assert read(name, new).terms[-1].code == "a-new-one"
    assert without_term(new, "a-new-one") == text


@pytest.mark.parametrize("name", NAMES)
def test_a_term_is_added_behind_the_one_that_is_named(name):
    first = terms_of(name)[0].code
    new = with_new_term(text_of(name), Term("a-new-one", "New"), behind=first)
    assert [term.code for term in read(name, new).terms][:2] == [first, "a-new-one"]


def test_what_a_term_no_longer_says_goes():
    text, term = text_of("areas"), terms_of("areas")[1]
    new = with_term(text, term, replace(term, label_gd=None, aliases=(), note=None, unverified=()))
    assert block_of(new, term.code) == (
        "- code: health-and-wellbeing\n  label: Health and wellbeing\n"
    )


def test_a_remark_beside_a_term_stays_where_it_is():
    text = "terms:\n- code: a\n  label: A\n# About b.\n- code: b\n  # Its name.\n  label: B\n"
    new = with_term(text, Term("b", "B"), Term("b", "B", note="n"))
    assert new == text + "  note: n\n"


@pytest.mark.parametrize(
    "text",
    [
        "terms: [{code: a, label: A}]\n",
        "terms:\r\n- code: a\r\n  label: A\r\n",
        "terms:\n  - code: a\n    label: A\n",
        "terms:\n- label: A\n  code: a\n",
        "terms:\n- {code: a, label: A}\n",
        "terms:\n- code: a\n  label: A\n  valid_from: &day 2020-01-01\n"
        "- code: b\n  label: B\n  valid_from: *day\n",
    ],
)
def test_another_layout_is_refused_and_never_spoilt(text):
    term = Term("a", "A", valid_from=date(2020, 1, 1)) if "&day" in text else Term("a", "A")
    with pytest.raises(InvalidInput, match="laid out in a way"):
        with_term(text, term, replace(term, label="B", valid_from=date(2021, 1, 1)))


def test_lines_that_say_something_else_are_refused():
    with pytest.raises(InvalidInput):
        with_block(text_of("areas"), terms_of("areas")[0], "- code: expressive-arts\n  label: X\n")
    with pytest.raises(InvalidInput):
        without_term(text_of("areas"), "nothing")
