"""How far something has been tried follows from the records."""

import pytest

from app.domain.evidence import Outcome, Rung, Try, rung_of


def a_try(school_id, authority="angus", outcome=Outcome.WORKED):
    return Try(school_id, authority, outcome)


TWO_HERE = [a_try(1), a_try(2)]


@pytest.mark.parametrize(
    ("tries", "rung"),
    [
        ([], Rung.IDEA),
        ([a_try(1)], Rung.TRIED_ONCE),
        ([a_try(1), a_try(1)], Rung.REPEATED),
        (TWO_HERE, Rung.REPEATED),
        ([*TWO_HERE, a_try(3)], Rung.REPEATED),  # one authority only
        ([*TWO_HERE, a_try(3, "fife")], Rung.ADOPTED_ELSEWHERE),
        ([*TWO_HERE, a_try(2, "fife")], Rung.REPEATED),  # two schools only
        ([*TWO_HERE, a_try(3, "fife", Outcome.PARTLY)], Rung.ADOPTED_ELSEWHERE),
        ([*TWO_HERE, a_try(3, "fife", Outcome.NOT)], Rung.REPEATED),
        ([a_try(1, outcome=Outcome.NOT), a_try(2, outcome=Outcome.NOT)], Rung.TRIED_ONCE),
    ],
)
def test_the_rung_follows_from_who_tried_it_and_where(tries, rung):
    assert rung_of(tries) is rung


def test_its_own_school_is_not_elsewhere():
    tries = [*TWO_HERE, a_try(3, "fife")]
    assert rung_of(tries, school_id=3) is Rung.REPEATED


def test_a_case_study_was_tried_by_those_who_wrote_it():
    assert rung_of([], is_tried_by_its_writers=True) is Rung.TRIED_ONCE
    assert rung_of([a_try(2)], is_tried_by_its_writers=True) is Rung.REPEATED


def test_an_evaluation_stands_above_all():
    assert rung_of([], is_evaluated=True) is Rung.EXTERNALLY_EVALUATED
