"""Where nothing is found: what each filter costs, and which terms may have been meant."""

from dataclasses import replace

import pytest

from app.search.port import FilterValue
from app.search.showing.widening import MOST_NEAREST
from tests.search.documents import LIBRARY, PUBLIC, TAYSIDE, a_document, a_query

EMPTY = (
    a_query("numeracy", facets={"stage": ("p5",), "region": ("northern-alliance",)}),
    a_query("numeracy", facets={"stage": ("s1",)}),
    a_query("", TAYSIDE, facets={"stage": ("s1",), "year": ("2026", "2025")}),
    a_query("breakfast", facets={"year": ("2024", "2025"), "region": ("tayside",)}),
    a_query("xyzzy", facets={"stage": ("p5",)}),
)


def without(query, facet, code):
    left = tuple(other for other in query.facets[facet] if other != code)
    facets = {name: codes for name, codes in query.facets.items() if name != facet}
    return replace(query, facets=facets | ({facet: left} if left else {}))


@pytest.mark.parametrize("query", EMPTY, ids=lambda query: f"{query.words} {query.facets}")
def test_what_a_filter_costs_is_what_the_search_without_it_gives(engine, query):
    page = engine.search(query)
    assert page.total == 0
    expected = {
        (facet, code): total
        for facet, codes in query.facets.items()
        for code in codes
        if (total := engine.search(without(query, facet, code)).total)
    }
    assert {(v.facet, v.code): v.total for v in page.droppable} == expected
    totals = [value.total for value in page.droppable]
    assert totals == sorted(totals, reverse=True)


def test_where_something_is_found_no_way_out_is_offered(engine):
    page = engine.search(a_query("numeracy"))
    assert (page.total > 0, page.droppable, page.nearest) == (True, (), ())


def test_a_near_term_is_told_with_the_resources_that_one_may_see(empty_engine):
    empty_engine.write(
        [
            a_document("a", facets={"area": ("mathematics",)}),
            a_document("b", facets={"area": ("mathematics",)}, mark="staff"),
            a_document("c", facets={"area": ("sciences",)}, mark="staff"),
        ]
    )

    def nearest(words, marks):
        return empty_engine.search(a_query(words, marks, is_exact=True)).nearest

    assert FilterValue("area", "mathematics", 1) in nearest("mathematicks", PUBLIC)
    assert FilterValue("area", "mathematics", 2) in nearest("mathematicks", TAYSIDE)
    assert "sciences" in {value.code for value in nearest("scyences", TAYSIDE)}
    assert "sciences" not in {value.code for value in nearest("scyences", PUBLIC)}


def test_near_terms_are_few_and_each_finds_something(engine):
    page = engine.search(a_query("numerasi yezz", is_exact=True))
    assert page.total == 0
    assert len(page.nearest) <= MOST_NEAREST
    for value in page.nearest:
        filed = [
            d for d in LIBRARY if d.mark in PUBLIC and value.code in d.facets.get(value.facet, ())
        ]
        assert value.total == len(filed) > 0
