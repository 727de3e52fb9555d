"""The words around the matches, as plain text, marked where they match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.analysis import phrase_of, words
from app.search.language.synonyms import FILED_UNDER, Wording
from app.search.port import Fragment
from app.search.showing.snippets import ELLIPSIS, Piece, marker_for, snippet, whole


def marker(*texts, prefix=""):
    wordings = [Wording(text, phrase_of(words(text))) for text in texts]
    return marker_for([*wordings, *([Wording(prefix, (), prefix=prefix)] if prefix else [])])


def shown(fragments):
    return "".join(f"[{f.text}]" if f.is_match else f.text for f in fragments)


@pytest.mark.parametrize(
    ("text", "searched", "told"),
    [
        ("Gàidhlig at home", ("gaidhlig",), "[Gàidhlig] at home"),
        ("The children’s voices", ("childrens", "voice"), "The [children’s] [voices]"),
        (
            "Equity of Pupil Equity Funding",
            ("Pupil Equity Funding",),
            "Equity of [Pupil Equity Funding]",
        ),
        ("the cost of the school day", ("cost of the school day",), "the [cost of the school day]"),
        ("two   spaces\n\nand\tlines", ("lines",), "two spaces and [lines]"),
        ("<b>bold & brave</b>", ("brave",), "<b>bold & [brave]</b>"),
        ("nothing here", ("else",), "nothing here"),
        ("", ("else",), ""),
    ],
)
def test_matches_are_marked(text, searched, told):
    assert shown(whole(text, marker(*searched))) == told


def test_a_prefix_marks_every_word_that_begins_so():
    assert (
        shown(whole("Numeral, numeracy, new", marker(prefix="num"))) == "[Numeral], [numeracy], new"
    )


def test_overlapping_matches_are_one():
    assert (
        shown(whole("number talks daily", marker("number talks", "talks")))
        == "[number talks] daily"
    )


def test_what_is_found_by_how_it_is_filed_is_not_marked():
    wording = Wording("Mathematics", (("mathemat", 0),), fields=FILED_UNDER)
    assert shown(whole("Mathematics", marker_for([wording]))) == "Mathematics"


def test_a_snippet_shows_where_different_words_stand_together():
    text = (
        "apples "
        + "filler " * 60
        + "apples apples "
        + "filler " * 60
        + "apples and pears "
        + "end " * 60
    )
    told = shown(snippet(Piece(text), marker("apples", "pears")))
    assert "[apples] and [pears]" in told
    assert told.startswith(ELLIPSIS)
    assert told.endswith(ELLIPSIS)
    assert len(told.split()) <= 34


def test_a_snippet_of_a_text_that_does_not_match_is_its_beginning():
    assert shown(snippet(Piece("It began well. " + "More. " * 60), marker("else"))).startswith(
        "It began well."
    )


def test_there_is_no_snippet_where_nothing_was_searched():
    assert snippet(Piece("some text"), marker()) == ()


@given(
    text=st.text(alphabet="ab cd\n.-é\u2029", max_size=300),
    searched=st.lists(st.sampled_from(["a", "ab", "cd", "a b", "é"]), max_size=3),
)
def test_fragments_are_the_text_and_nothing_else(text, searched):
    fragments = whole(text, marker(*searched))
    assert "".join(f.text for f in fragments).split() == text.replace("\u2029", " ").split()
    assert all(isinstance(f, Fragment) and f.text for f in fragments)
    assert len(shown(snippet(Piece(text), marker(*searched))).split()) <= len(text.split()) + 4
