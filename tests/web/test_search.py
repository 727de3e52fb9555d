"""The search page, as the person at the browser meets it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.audience import Audience
from app.domain.resources import Kind
from app.search.port import Sort
from app.web.search.page_numbers import page_numbers
from tests.builders import a_resource


@pytest.fixture
def library(session, index_now):
    a_resource(session, title="Number talks", region="tayside", terms={"stage": ("p5", "p6")})
    a_resource(session, title="Number lines", region="south-east", terms={"stage": ("p5",)})
    a_resource(
        session, title="Number days", kind=Kind.PROFESSIONAL_LEARNING, terms={"stage": ("s1",)}
    )
    a_resource(session, title="Number secrets", audience=Audience.STAFF)
    index_now()


def test_words_find_resources_and_the_page_counts_them(client, library):
    page = client.get("/search?q=number").text

    assert "<strong>3 results</strong>" in page
    assert "Number secrets" not in page
    assert "<mark>Number</mark>" in page


def test_a_chosen_filter_stays_in_the_address_and_can_be_removed(client, library):
    page = client.get("/search?q=number&region=tayside&stage=p5").text

    assert "<strong>1 result</strong>" in page
    assert 'href="/search?q=number&amp;stage=p5"' in page
    assert 'href="/search?q=number&amp;region=tayside"' in page
    assert 'href="/search?q=number"' in page


def test_two_values_of_one_filter_mean_either(client, library):
    page = client.get("/search?q=number&stage=p6&stage=s1").text
    assert "<strong>2 results</strong>" in page


def test_no_result_is_no_dead_end(client, library):
    page = client.get("/search?q=zebra&region=tayside").text

    assert "Nothing found" in page
    assert "Search without the filter Tayside" in page
    assert 'href="/browse"' in page


def test_what_people_type_is_never_html(client, library):
    page = client.get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "parameters",
    ["page=0", "page=-1", "page=x", "page=99999999999999999999", "per_page=0", "per_page=1000",
     "sort=nonsense", "stage=", "stage=nonsense", "kind=%00", "exact=2", "unknown=1"],
)  # fmt: skip
def test_odd_parameters_do_no_harm(client, library, parameters):
    assert client.get(f"/search?q=number&{parameters}").status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=400))
def test_whatever_is_typed_gives_a_page(client, library, words):
    assert client.get("/search", query_string={"q": words}).status_code == 200


def test_a_very_long_search_says_what_was_left_out(client, library):
    assert "only the first 300 were used" in client.get("/search?q=" + "a " * 200).text


def test_a_missing_index_is_told_plainly(client, without_search):
    page = client.get("/search?q=number")

    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Search is being put in order" in page.text


def test_suggestions_are_lines_with_a_kind(client, library):
    offered = client.get("/search/suggestions?q=numb").json

    line = {"text": "Number talks", "kind": "title", "slug": "number-talks"}
    assert {**line, "url": "/resources/number-talks"} in offered
    assert all(line["text"] != "Number secrets" for line in offered)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_can_be_chosen(client, library, sort):
    page = client.get(f"/search?q=number&sort={sort}").text
    assert f'<option value="{sort}" selected>' in page


@pytest.mark.parametrize(
    ("page", "total", "offered"),
    [
        (1, 0, []),
        (1, 20, []),
        (1, 21, [1, 2]),
        (1, 200, [1, 2, None, 10]),
        (5, 200, [1, None, 4, 5, 6, None, 10]),
        (10, 200, [1, None, 9, 10]),
        (99, 200, [1, None, 10]),
    ],
)
def test_page_numbers_show_the_ends_and_the_neighbours(page, total, offered):
    assert page_numbers(page, total, per_page=20) == offered
