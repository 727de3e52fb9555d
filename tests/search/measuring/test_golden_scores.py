"""Means, floors and differences of golden queries, as they are told."""

import pytest

from app.search.measuring.golden_queries import Split
from app.search.measuring.golden_scores import below_floor, changes, kinds_of, score_of, within
from tests.search.golden_sample import a_measured

FLOOR = {"tuning": 0.5, "check": 0.5, "topic": 0.5}


def test_a_score_is_the_mean_of_its_queries():
    score = score_of([a_measured(1, 1.0, rank=0.5), a_measured(2, 0.5, rank=1.0)])
    assert (score.queries, score.ndcg_at_10, score.mrr) == (2, 0.75, 0.75)


def test_of_no_query_there_is_no_score():
    assert score_of([]).ndcg_at_10 == 0


def test_queries_are_picked_by_split_and_kind():
    some = [a_measured(1), a_measured(3), a_measured(1, kind="typo")]
    assert within(some, Split.CHECK) == [some[1]]
    assert within(some, Split.TUNING, "topic") == [some[0]]
    assert within(some, kind="typo") == [some[2]]
    assert kinds_of(some) == ["topic", "typo"]


def test_figures_at_their_floor_are_well():
    assert list(below_floor([a_measured(1, 0.5), a_measured(3, 0.5)], FLOOR)) == []


@pytest.mark.parametrize(
    ("tuning", "check", "fallen"),
    [
        (0.4, 0.9, ["tuning fell to 0.4000, under its floor of 0.5000."]),
        (0.9, 0.4, ["check fell to 0.4000, under its floor of 0.5000."]),
    ],
)
def test_what_fell_is_told(tuning, check, fallen):
    assert list(below_floor([a_measured(1, tuning), a_measured(3, check)], FLOOR)) == fallen


def test_a_kind_falls_alone():
    some = [a_measured(1), a_measured(3), a_measured(1, 0.2, kind="typo")]
    told = list(below_floor(some, FLOOR | {"typo": 0.7}))
    assert told == ["typo fell to 0.2000, under its floor of 0.7000."]


def test_a_kind_without_a_floor_is_told():
    some = [a_measured(1), a_measured(3), a_measured(1, kind="typo")]
    assert list(below_floor(some, FLOOR)) == [
        "There is no floor for typo; nDCG@10 stands at 1.0000."
    ]


def test_changes_stand_with_the_greatest_loss_first():
    before = [a_measured(1, 0.9), a_measured(2, 0.9), a_measured(3, 0.9)]
    after = [a_measured(1, 0.8), a_measured(2, 0.9), a_measured(3, 0.1)]
    found = changes(before, after)
    assert [change.before.query.id for change in found] == ["topic-03", "topic-01"]
    assert found[0].gain == pytest.approx(-0.8)
