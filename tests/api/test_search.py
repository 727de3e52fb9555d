"""GET /api/v1/search, as a program meets it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.facets import FACETS
from app.search.port import (
    FilterValue,
    Fragment,
    Reason,
    ReasonKind,
    Sort,
)
from app.search.understood import (
    Chip,
    Correction,
    Expansion,
    Question,
    Reading,
)
from tests.fake_search import a_hit, a_page

SEARCH = "/api/v1/search"


def test_a_hit_says_all_that_a_list_of_results_shows(client, search):
    why = Reason(ReasonKind.WORD, typed="number", matched="number", places=("body",))
    search.page = a_page(a_hit(reasons=(why,)))

    (hit,) = client.get(f"{SEARCH}?q=number").json["hits"]

    assert hit == {
        "id": "01JD8Q2V7NFTK9M4C3XH6RBWZE",
        "slug": "number-talks",
        "url": "http://localhost/resources/number-talks",
        "title": "Number talks",
        "title_matches": [],
        "summary": "Pupils explain their thinking.",
        "kind": "case-study",
        "score": 12.3457,
        "snippet": "Ten minutes of number talk.",
        "snippet_matches": [{"start": 15, "end": 21}],
        "why": "Has “number” in text",
        "reasons": [{"kind": "word", "typed": "number", "matched": "number", "places": ["body"]}],
        "facets": {
            "kind": ["case-study"],
            "region": ["tayside"],
            "authority": ["angus"],
            "stage": ["p5", "p6"],
        },
        "tags": ["number talks"],
        "school": "Ardlaggan Primary School",
        "language": "en",
        "published_on": "2026-10-02",
        "tries": 0,
        "is_sample": True,
    }


def test_matches_are_cut_out_by_their_places(client, search):
    tidied = (Fragment("Talk: "), Fragment("number", True), Fragment("s"))
    search.page = a_page(a_hit("Talk:  numbers", title_fragments=tidied))

    (hit,) = client.get(f"{SEARCH}?q=number").json["hits"]

    for text in ("title", "snippet"):
        (span,) = hit[f"{text}_matches"]
        assert hit[text][span["start"] : span["end"]] == "number"


def test_the_parameters_are_those_of_the_page(client, search):
    client.get(
        f"{SEARCH}?q=+number++talks&region=tayside&region=south-east&stage=p5&stage="
        "&sort=newest&page=3&per_page=100&exact=1&plain=number++talks&plain=&plain=p5"
        "&home=tayside&outward=0"
    )

    (asked,) = search.asked
    assert asked.words == "number talks"
    assert asked.facets == {"region": ("tayside", "south-east"), "stage": ("p5",)}
    assert asked.sort is Sort.NEWEST
    assert (asked.page, asked.per_page, asked.is_exact) == (3, 100, True)
    assert asked.plain == ("number talks", "p5")
    assert (asked.home, asked.is_outward) == ("tayside", False)


def test_without_parameters_everything_is_found_by_twenties(client, search):
    answer = client.get(SEARCH).json

    (asked,) = search.asked
    assert asked.words == ""
    assert (answer["page"], answer["per_page"]) == (1, 20)
    assert asked.is_exact is False
    assert (asked.plain, asked.home, asked.is_outward) == ((), "", True)


def test_a_visitor_asks_for_what_is_public_only(client, search):
    client.get(SEARCH)
    assert search.asked[0].marks == {"public"}


def test_facets_come_in_the_order_of_their_vocabulary_with_labels(client, search):
    search.page = a_page(a_hit())

    facets = {facet["name"]: facet for facet in client.get(SEARCH).json["facets"]}

    assert list(facets) == [facet.name for facet in FACETS]
    assert facets["region"]["label"] == "Region"
    assert facets["region"]["values"] == [
        {"code": "tayside", "label": "Tayside Regional Improvement Collaborative", "count": 1}
    ]
    assert [value["code"] for value in facets["year"]["values"]] == ["2026", "2025"]


def test_a_chosen_value_is_told_even_where_it_finds_nothing(client, search):
    facets = client.get(f"{SEARCH}?theme=nonsense").json["facets"]

    (theme,) = [facet for facet in facets if facet["name"] == "theme"]
    assert theme["values"] == [{"code": "nonsense", "label": "nonsense", "count": 0}]


def test_an_unknown_code_finds_nothing_and_is_no_error(client, search):
    answer = client.get(f"{SEARCH}?region=nonsense")

    assert answer.status_code == 200
    assert answer.json["total"] == 0
    assert search.asked[0].facets == {"region": ("nonsense",)}


def test_what_was_made_of_the_words_is_told(client, search):
    search.page = a_page(
        correction=Correction("numeracy", is_applied=True),
        expansions=(Expansion("PEF", ("Pupil Equity Funding",)),),
        notes=("The word “the” was set aside.",),
    )

    answer = client.get(f"{SEARCH}?q=numercy+PEF").json

    assert answer["suggestion"] == {"words": "numeracy", "is_applied": True}
    assert answer["also"] == [{"typed": "PEF", "also": ["Pupil Equity Funding"]}]
    assert answer["notes"] == ["The word “the” was set aside."]
    assert answer["took_ms"] >= 0


def test_how_the_words_were_read_is_told(client, search):
    search.page = a_page(
        chips=(Chip("P5", "Stage P5 (Second level)", "stage", "p5"), Chip("x", "A known name")),
        questions=(Question("Year 5", "P5", "maths P5"),),
        readings=(Reading("SLT", ("speech and language therapy", "senior leadership team")),),
        is_spread=True,
    )

    answer = client.get(f"{SEARCH}?q=anything").json

    assert answer["chips"] == [
        {"typed": "P5", "label": "Stage P5 (Second level)", "facet": "stage", "code": "p5"},
        {"typed": "x", "label": "A known name", "facet": None, "code": None},
    ]
    assert answer["questions"] == [{"typed": "Year 5", "label": "P5", "words": "maths P5"}]
    assert answer["readings"] == [
        {"typed": "SLT", "meanings": ["speech and language therapy", "senior leadership team"]}
    ]
    assert answer["is_spread"] is True


def test_where_nothing_is_found_the_ways_out_are_told(client, search):
    search.page = a_page(
        droppable=(FilterValue("stage", "p5", 12),), nearest=(FilterValue("year", "2026", 3),)
    )

    answer = client.get(f"{SEARCH}?q=zebra&stage=p5").json

    assert answer["droppable"] == [{"facet": "stage", "code": "p5", "label": "P5", "total": 12}]
    assert answer["nearest"] == [{"facet": "year", "code": "2026", "label": "2026", "total": 3}]


def test_where_nothing_is_suggested_it_is_null(client, search):
    assert client.get(SEARCH).json["suggestion"] is None


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("page=abc", "“page” must be a whole number from 1 to 1000, not “abc”."),
        ("page=0", "“page” must be a whole number from 1 to 1000, not “0”."),
        ("per_page=101", "“per_page” must be a whole number from 1 to 100, not “101”."),
        (
            "sort=best",
            "“sort” must be one of relevance, newest, review-date, title, most-tried, not “best”.",
        ),
        ("outward=2", "“outward” must be 1 or 0, not “2”."),
        ("regon=tayside", "There is no parameter “regon”. Did you mean “region”?"),
    ],
)
def test_an_odd_parameter_is_told_in_a_sentence(client, search, parameters, sentence):
    answer = client.get(f"{SEARCH}?{parameters}")

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"] == sentence
    assert search.asked == []


def test_a_region_that_is_none_is_refused_with_those_there_are(client, search):
    answer = client.get(f"{SEARCH}?home=narnia")

    assert answer.status_code == 422
    assert "“home” must be the code of a region (" in answer.json["detail"]
    assert "tayside" in answer.json["detail"]


def test_an_address_of_the_page_is_a_call(client, search):
    sent_by_the_form_without_scripts = "q=maths&home=&outward=0&plain=P5&sort=relevance"
    assert client.get(f"{SEARCH}?{sent_by_the_form_without_scripts}").status_code == 200


def test_a_missing_index_is_a_problem_with_a_time_to_come_back(client, search):
    search.is_away = True

    answer = client.get(SEARCH)

    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"] == "Search is being put in order and will be back soon."
    assert int(answer.headers["Retry-After"]) > 0


def test_no_shared_cache_keeps_an_answer(client, search):
    assert "private" in client.get(SEARCH).headers["Cache-Control"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=300), code=st.text(max_size=100))
def test_whatever_is_asked_is_answered(client, words, code):
    answer = client.get(SEARCH, query_string={"q": words, "theme": code})
    assert answer.status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(raw=st.binary(max_size=60))
def test_whatever_stands_in_the_address_is_answered_or_refused(client, search, raw):
    quoted = "".join(f"%{byte:02x}" for byte in raw)
    answer = client.get(f"{SEARCH}?q={quoted}&{quoted}")
    assert answer.status_code in {200, 422}
