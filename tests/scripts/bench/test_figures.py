import pytest

from scripts.bench.queries import KINDS
from scripts.bench.tables import (
    Promise,
    aligned,
    keeping_table,
    odd_promises,
    promises,
    ratio_table,
    times_table,
)
from scripts.bench.timing import OVERALL, agreement, quantile, take_times, told, told_by_kind


def engine(p50, page=None, **more):
    each = {row: {"p50": p50, "p95": p50 * 2} for row in (*KINDS, OVERALL)}
    figures = {"warm": each, "cold": each, "build_s": 10.0, "rss_mb": 50.0} | more
    whole = {"p50": page, "p95": page}
    return figures | ({"page": {"warm": whole, "cold": whole}} if page else {})


FIGURES = {"ours": engine(0.2, page=3.0), "tantivy": engine(0.1, page=4.0), "fts5": engine(1.0)}


def test_the_first_asking_is_kept_apart_from_the_later_ones():
    asked, forgotten = [], []
    times = take_times(asked.append, ["a", "b"], lambda: forgotten.append(len(asked)), passes=3)
    assert asked == ["a", "b"] * 4
    assert forgotten == [2, 4, 6], "kept answers are dropped before each later pass"
    assert len(times.cold) == len(times.warm) == 2


def test_a_slow_engine_is_asked_at_least_twice():
    asked = []
    take_times(asked.append, ["a"], lambda: None, passes=5, budget_s=0)
    assert asked == ["a", "a"]


def test_medians_and_the_slow_end():
    times = [float(n) for n in range(1, 101)]
    assert told(times) == {"p50": 50.5, "p95": 96.0}
    assert quantile([1.0], 0.95) == 1.0
    by_kind = told_by_kind([1.0, 3.0, 8.0], ["word", "word", "phrase"])
    assert by_kind["word"]["p50"] == 2.0
    assert by_kind[OVERALL]["p50"] == 3.0


def test_totals_agree_within_two_in_a_hundred_or_one():
    left, right = {"and": [100, 100, 3, 0]}, {"and": [102, 110, 4, 0]}
    assert agreement(left, right) == {"and": 0.75}


def test_tables_name_every_engine_and_every_kind():
    for table in (times_table(FIGURES, "warm"), times_table(FIGURES, "cold")):
        assert all(kind in table for kind in (*KINDS, OVERALL, "whole page", *FIGURES))
    ratios = ratio_table(FIGURES).splitlines()
    assert ratios[2].split() == ["|", "one", "word", "|", "2.0", "|", "10.0", "|"]
    assert ratios[-1].split()[-4:] == ["0.8", "|", "–", "|"]
    assert "| build, s " in keeping_table(FIGURES)


def test_every_line_of_a_table_has_the_same_width():
    lines = aligned([["", "a"], ["long name", "1,234"]]).splitlines()
    assert len({len(line) for line in lines}) == 1


def test_a_promise_is_kept_up_to_its_limit():
    assert Promise("p50", 3.0, 3.0).is_kept
    broken = Promise("p50", 3.1, 3.0, " ×")
    assert not broken.is_kept
    assert str(broken) == "  ✗ p50: 3.1 × (at most 3 ×)"


def test_the_verdicts_follow_the_figures():
    kept = {promise.name: promise.is_kept for promise in promises(10_000, FIGURES)}
    assert kept["“and” beside tantivy, p50"]
    assert not kept["overall beside tantivy, p50"]
    assert kept["whole page beside tantivy, p50"]
    assert kept["kinds not ahead of SQLite FTS5"]
    assert kept["build"]


@pytest.mark.parametrize(("size", "names"), [(1_000, set()), (100_000, {"memory"})])
def test_memory_is_judged_at_its_own_size(size, names):
    told = {promise.name for promise in promises(size, {"ours": engine(0.2)})}
    assert told & {"memory", "build"} == names


def test_odd_strings_are_judged_by_errors_and_slowness():
    verdicts = odd_promises({"asked": 2000, "failures": 0, "over_100_ms": 3})
    assert [verdict.is_kept for verdict in verdicts] == [True, False]
