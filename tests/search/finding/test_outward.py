"""Equals from other regions are let up, and nothing that fits better is ever passed."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from app.search.engines.memory_engine import MemoryEngine
from app.search.finding.outward import AS_GOOD, ELSEWHERE, FIRST, WINDOW, spread
from app.search.finding.ranking import Ranking
from tests.search.conftest import NOTHING_KNOWN
from tests.search.documents import a_document, a_query


def some_results(seed):
    """Return results in order of relevance, and which of them are from home."""
    chance = random.Random(seed)
    size = chance.randint(0, 90)
    steps = chance.choice((2, 10, 60))  # many equals, or few
    is_complete = np.array([chance.random() < 0.7 for _ in range(size)], np.bool_)
    scores = np.array([1 + chance.randrange(steps) / steps for _ in range(size)])
    is_home = np.array([chance.random() < 0.9 for _ in range(size)], np.bool_)
    ranking = Ranking(np.arange(size), scores, is_complete)
    ordered = sorted(range(size), key=lambda d: (not is_complete[d], -scores[d], d))
    return ordered, ranking, is_home


def spread_by(ordered, ranking, is_home):
    shelf = SimpleNamespace(filed=lambda facet, code: is_home)
    return spread(ordered, ranking, "tayside", shelf)


@pytest.mark.parametrize("seed", range(150))
def test_nothing_passes_what_fits_better_and_what_moves_is_from_elsewhere(seed):
    ordered, ranking, is_home = some_results(seed)
    moved, is_spread = spread_by(ordered, ranking, is_home)
    assert sorted(moved) == sorted(ordered)
    assert is_spread == (moved != ordered)
    place = {d: n for n, d in enumerate(moved)}
    for number, before in enumerate(ordered):
        for after in ordered[number + 1 :]:
            if place[after] < place[before]:
                assert is_home[before]
                assert not is_home[after], "only what is from elsewhere moves up"
                assert ranking.is_complete[before] == ranking.is_complete[after]
                assert ranking.scores[after] >= AS_GOOD * ranking.scores[before]


@pytest.mark.parametrize("seed", range(150))
def test_each_side_keeps_its_own_order_and_what_is_far_down_stays(seed):
    ordered, ranking, is_home = some_results(seed)
    moved, is_spread = spread_by(ordered, ranking, is_home)
    for side in (True, False):
        assert [d for d in moved if is_home[d] is np.bool_(side)] == [
            d for d in ordered if is_home[d] is np.bool_(side)
        ]
    assert moved[WINDOW:] == ordered[WINDOW:]
    elsewhere = [sum(not is_home[d] for d in held[:FIRST]) for held in (ordered, moved)]
    assert elsewhere[0] <= elsewhere[1] <= max(ELSEWHERE, elsewhere[0])
    assert is_spread == (elsewhere[0] < elsewhere[1])


def test_among_equals_three_from_elsewhere_stand_on_the_first_page():
    is_home = np.ones(40, np.bool_)
    is_home[30:] = False
    ranking = Ranking(np.arange(40), np.ones(40), np.ones(40, np.bool_))
    moved, is_spread = spread_by(list(range(40)), ranking, is_home)
    assert is_spread
    assert sorted(d for d in moved[:FIRST] if not is_home[d]) == [30, 31, 32]
    assert moved[: FIRST - ELSEWHERE] == list(range(FIRST - ELSEWHERE))


@pytest.mark.parametrize("per_page", [3, 10, 25, 70])
def test_pages_follow_each_other_without_gap_or_repeat(per_page):
    engine = MemoryEngine(NOTHING_KNOWN)
    regions = ["tayside"] * 40 + ["south-east"] * 40
    engine.rebuild(
        a_document(f"d{n:02}", "Otters", facets={"region": (region,)})
        for n, region in enumerate(regions)
    )

    def page(number, size):
        return engine.search(a_query("otters", home="tayside", page=number, per_page=size))

    whole = [hit.id for hit in page(1, 100).hits]
    assert len(set(whole)) == 80
    paged = [hit.id for n in range(1, 2 + 80 // per_page) for hit in page(n, per_page).hits]
    assert paged == whole
    assert page(1, per_page).is_spread
