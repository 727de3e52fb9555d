"""The parameters of a search, as programs give them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.domain.errors import InvalidInput
from app.domain.facets import BY_NAME
from app.domain.search import (
    LAST_PAGE,
    LONGEST_PLAIN,
    LONGEST_QUERY,
    MOST_PER_PAGE,
    MOST_PLAIN,
)
from app.faces.search_parameters import read_search
from app.search.port import Sort
from app.web.search.forms import SearchForm

REGIONS = ("tayside", "south-east")
GOOD_VALUES = {
    "q": st.text(max_size=LONGEST_QUERY),
    "sort": st.sampled_from(list(Sort)).map(str),
    "page": st.integers(1, LAST_PAGE).map(str),
    "per_page": st.integers(1, MOST_PER_PAGE).map(str),
    "exact": st.sampled_from(["0", "1"]),
    "home": st.sampled_from(["", *REGIONS]),
    "outward": st.sampled_from(["0", "1"]),
}
FACET_PAIRS = st.tuples(st.sampled_from(sorted(BY_NAME)), st.text(max_size=20))
PLAIN_PAIRS = st.tuples(st.just("plain"), st.text(max_size=LONGEST_PLAIN))
GOOD_PAIRS = st.tuples(
    st.fixed_dictionaries({}, optional=GOOD_VALUES).map(lambda given: list(given.items())),
    st.lists(FACET_PAIRS, max_size=6),
    st.lists(PLAIN_PAIRS, max_size=MOST_PLAIN),
).map(lambda all_: [pair for pairs in all_ for pair in pairs])


@given(pairs=GOOD_PAIRS)
def test_what_programs_may_ask_means_the_same_on_the_page(pairs):
    assert read_search(pairs, REGIONS) == SearchForm.read(MultiDict(pairs), REGIONS).query()


@given(pairs=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=400)), max_size=5))
def test_whatever_is_given_is_read_or_refused_in_words(pairs):
    with suppress(InvalidInput):
        assert 1 <= read_search(pairs, REGIONS).page <= LAST_PAGE


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "1e2", "٣", "²", "1_000", "9" * 5000]
)
def test_a_page_is_a_plain_whole_number(text):
    with pytest.raises(InvalidInput, match="“page” must be a whole number from 1 to 1000"):
        read_search([("page", text)], REGIONS)


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([("q", "a" * 301)], "“q” must be 300 characters at most"),
        ([("exact", "true")], "“exact” must be 1 or 0, not “true”."),
        (
            [("sort", "")],
            "“sort” must be one of relevance, newest, review-date, title, most-tried, not “”.",
        ),
        ([("page", "1"), ("page", "2")], "“page” may be given once, not 2 times."),
        ([("region", "x")] * 51, "“region” may have 50 values at most, not 51."),
        ([("region", "x" * 101)], "A value of “region” may have 100 characters at most."),
        (
            [("plain", "x")] * 17,
            "“plain” must be given 16 times at most, with 100 characters at most.",
        ),
        ([("plain", "x" * 101)] * 2, "“plain” must be given 16 times at most"),
        (
            [("home", "narnia")],
            "“home” must be the code of a region (tayside, south-east), not “narnia”.",
        ),
        ([("home", "tayside")] * 2, "“home” may be given once, not 2 times."),
        ([("outward", "no")], "“outward” must be 1 or 0, not “no”."),
        ([("zzz", "1")], "There is no parameter “zzz”. There are: q, sort, page"),
        ([("Region", "tayside")], "There is no parameter “Region”. Did you mean “region”?"),
    ],
)
def test_a_refusal_says_what_to_do(pairs, sentence):
    with pytest.raises(InvalidInput) as refused:
        read_search(pairs, REGIONS)
    assert sentence in str(refused.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        read_search([("page", "x"), ("per_page", "0"), ("regon", "tayside")], REGIONS)
    assert all(name in str(refused.value) for name in ("“page”", "“per_page”", "“regon”"))


def test_a_refusal_repeats_no_more_than_a_little_of_what_was_sent():
    with pytest.raises(InvalidInput) as refused:
        read_search([("y" * 5000, ""), ("sort", "z" * 5000)], REGIONS)
    assert len(str(refused.value)) < 500
