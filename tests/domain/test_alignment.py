"""Two lists are lined up where they are the same, quickly whatever stands in them."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alignment import align, longest_ascent

LISTS = st.lists(st.sampled_from("abcdef"), max_size=12)


@given(LISTS, LISTS)
def test_only_equal_items_are_paired_each_once_and_in_order(left, right):
    pairs = align(left, right)
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(LISTS)
def test_a_list_is_wholly_like_itself(items):
    assert align(items, items) == [(n, n) for n in range(len(items))]


@given(LISTS, LISTS)
def test_what_was_added_at_either_end_disturbs_nothing(items, more):
    assert len(align(items, items + more)) == len(items)
    assert len(align(items, more + items)) == len(items)


def test_an_item_that_moved_is_paired_where_most_others_stay():
    assert align("abcde", "bcdea") == [(1, 0), (2, 1), (3, 2), (4, 3)]


def test_gaps_are_looked_at_again():
    assert align(list("xaxbx"), list("yaxby")) == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("rights", "length"),
    [([], 0), ([1], 1), ([3, 1, 2], 2), ([5, 4, 3], 1), ([2, 5, 3, 7, 4, 8], 4)],
)
def test_the_longest_ascent_is_found(rights, length):
    found = longest_ascent(list(enumerate(rights)))
    assert len(found) == length
    assert found == sorted(found, key=lambda pair: pair[1])


@pytest.mark.parametrize("shape", ["alike", "reversed", "shuffled", "few"])
def test_long_lists_of_any_shape_take_no_time(shape):
    items = [str(n) for n in range(20_000)]
    left, right = {
        "alike": (["a"] * 20_000, ["a"] * 10_000 + ["b"] + ["a"] * 10_000),
        "reversed": (items, items[::-1]),
        "shuffled": (items, random.Random(1).sample(items, len(items))),
        "few": (["a", "b"] * 10_000, ["b", "b", "a"] * 7_000),
    }[shape]
    started = time.perf_counter()
    align(left, right)
    assert time.perf_counter() - started < 10
