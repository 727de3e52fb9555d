"""Whatever is typed gets an answer, soon, from every engine."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.documents import a_query
from tests.search.odd_queries import ODD_QUERIES, by_chance
from tests.search.random_library import ENDED_WORDS, PLAIN_WORDS

LONGEST_S = 1.0


def test_there_are_more_than_300_odd_queries():
    assert len(set(ODD_QUERIES)) > 300


def test_every_odd_query_is_answered_soon(engine):
    for text in ODD_QUERIES:
        began = time.perf_counter()
        page = engine.search(a_query(text))
        assert len(page.hits) <= page.total <= 4, text
        assert time.perf_counter() - began < LONGEST_S, text


def test_hundreds_made_by_chance_are_answered_over_a_library_of_many_segments(library, marks):
    typed = [*PLAIN_WORDS[:30], *ENDED_WORDS]
    for text in by_chance(typed, 250):
        page = library.engine.search(a_query(text, marks))
        assert len(page.hits) <= page.total <= len(library.seen(marks)), text
        assert all(hit.id in library.seen(marks) for hit in page.hits), text


@pytest.mark.parametrize("text", ['"((', "***", "the of"])
def test_a_query_without_a_word_says_what_to_do(engine, text):
    page = engine.search(a_query(text))
    assert page.total == 0
    assert page.notes == ("There was no word to search for: try one that says what it is about.",)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_is_answered_and_suggested_for(engine, text):
    page = engine.search(a_query(text))
    assert len(page.hits) <= page.total <= 4
    engine.suggest(text, frozenset({"public"}))
