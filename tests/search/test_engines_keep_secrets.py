"""No engine tells of a resource that its reader may not see: not by a hit, a count or a word."""

import pytest

from app.search.understood import (
    Correction,
)
from tests.search.documents import PUBLIC, STAFF, TAYSIDE, a_document, a_query


def found(engine, words="", **values):
    return [hit.id for hit in engine.search(a_query(words, **values)).hits]


@pytest.mark.parametrize("words", ["zeppelin", "moderated", "quokka", "-breakfast", ""])
def test_a_hidden_resource_is_never_found(engine, words):
    assert {"staff", "region"}.isdisjoint(found(engine, words))


def test_each_reader_finds_what_they_may_see(engine):
    assert found(engine, "moderated") == []
    assert found(engine, "moderated", marks=STAFF) == ["staff"]
    assert set(found(engine, "moderated", marks=TAYSIDE)) == {"staff", "region"}


def test_a_reader_with_no_marks_sees_nothing(engine):
    page = engine.search(a_query(marks=frozenset()))
    assert (page.total, page.hits) == (0, ())


def test_hidden_resources_are_not_counted(engine):
    assert engine.search(a_query()).facet_counts["region"]["tayside"] == 1
    assert engine.search(a_query(marks=TAYSIDE)).facet_counts["region"]["tayside"] == 3


def test_a_correction_never_tells_a_word_of_a_hidden_resource(engine):
    assert engine.search(a_query("zeppelim")).correction is None
    assert engine.search(a_query("quoka attendanc")).correction == Correction(
        "quoka attendance", is_applied=True
    )
    staff_page = engine.search(a_query("zeppelim", marks=STAFF))
    assert staff_page.correction == Correction("zeppelin", is_applied=True)


def test_a_word_that_only_hidden_resources_have_is_unknown(empty_engine):
    empty_engine.write(
        [
            a_document("open", "Open", "The giraffe came."),
            a_document("hidden", "Hidden", "The giraffa came.", mark="staff"),
        ]
    )
    page = empty_engine.search(a_query("giraffa"))
    assert page.correction == Correction("giraffe", is_applied=True)


@pytest.mark.parametrize("typed", ["zepp", "quok", "academ"])
def test_a_suggestion_never_tells_of_a_hidden_resource(engine, typed):
    assert engine.suggest(typed, PUBLIC) == []
    assert engine.suggest(typed, TAYSIDE) != []


def test_a_hidden_resource_is_neither_listed_as_similar_nor_asked_about(empty_engine):
    text = "Counting sticks and cones in the woodland."
    empty_engine.write(
        [
            a_document("one", "Woodland", text),
            a_document("two", "Woodland", text),
            a_document("hidden", "Woodland", text, mark="staff"),
        ]
    )
    assert [hit.id for hit in empty_engine.similar("one", PUBLIC)] == ["two"]
    assert empty_engine.similar("hidden", PUBLIC) == []
    assert {hit.id for hit in empty_engine.similar("hidden", STAFF)} == {"one", "two"}


def test_a_hidden_resource_changes_no_score(empty_engine):
    shown = [a_document("a", "Apples", "pears and apples"), a_document("b", "Pears", "pears")]
    empty_engine.write(shown)
    before = [hit.score for hit in empty_engine.search(a_query("apples pears")).hits]
    empty_engine.write([a_document(f"h{n}", "Apples", "apples", mark="staff") for n in range(5)])
    after = [hit.score for hit in empty_engine.search(a_query("apples pears")).hits]
    assert after == pytest.approx(before)


def test_a_beginning_stands_for_no_hidden_word(empty_engine):
    # Otters and otter are compared as one; only the hidden resource has a word in otters.
    empty_engine.write(
        [a_document("seen", body="one otter"), a_document("hid", body="otters", mark="staff")]
    )
    assert empty_engine.search(a_query("otters*")).total == 0
    assert empty_engine.search(a_query("otters*", STAFF)).total == 2
    assert empty_engine.search(a_query("otte*")).total == 1
