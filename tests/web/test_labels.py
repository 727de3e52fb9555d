"""Codes, days and counts in words."""

from datetime import date

import pytest

from app.web.labels import _stage_span, count, day


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), ""),
        (("p5",), "P5"),
        (("p5", "p6"), "P5, P6"),
        (("p7", "p5", "p6"), "P5 to P7"),
        (("p7", "s1", "s2"), "P7 to S2"),
        (("p1", "p5", "p6", "p7", "s4"), "P1, P5 to P7, S4"),
        (("nonsense", "p1"), "P1"),
    ],
)
def test_stages_in_few_words(taxonomy, codes, words):
    assert _stage_span(taxonomy, codes) == words


def test_a_day_is_written_as_people_write_it():
    assert day(date(2026, 3, 2)) == "2 March 2026"
    assert day(None) == ""


def test_a_number_has_its_noun():
    assert count(1, "resource") == "1 resource"
    assert count(1200, "resource") == "1,200 resources"
    assert count(2, "quality", "qualities") == "2 qualities"
