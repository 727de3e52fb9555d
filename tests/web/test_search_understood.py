"""What the search page says of how it read the words, and where one can go from there."""

import re
from dataclasses import replace
from html import unescape

import pytest
from werkzeug.datastructures import MultiDict

from app.domain.people import Actor, Role
from app.search.port import (
    FilterValue,
    Reason,
    ReasonKind,
)
from app.search.understood import (
    Chip,
    Correction,
    Expansion,
    Question,
    Reading,
)
from app.web.search import views
from app.web.search.forms import SearchForm
from tests.fake_search import FakeSearch, a_hit, a_page, searching_with

P5 = Chip("P5", "Stage P5 (Second level)", "stage", "p5")
NURTURE = Chip("nurture", "Nurture")


@pytest.fixture
def search(app):
    with searching_with(app, FakeSearch()) as engine:
        yield engine


@pytest.fixture
def links(client):
    """Return a function that opens an address and gives its links: text -> address."""

    def open_page(address):
        page = client.get(address).text
        found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
        return {" ".join(re.sub("<[^>]*>", "", unescape(t)).split()): unescape(u) for u, t in found}

    return open_page


def test_a_chip_is_taken_off_in_one_click_and_keeps_the_rest_of_the_search(links, search):
    search.page = a_page(a_hit(), chips=(P5, NURTURE))
    found = links("/search?q=P5+nurture&region=tayside&home=south-east&outward=0&sort=newest")

    assert found["Stage P5 (Second level): take off, and search for “P5” as typed"] == (
        "/search?q=P5+nurture&plain=P5&region=tayside&home=south-east&outward=0&sort=newest"
    )


def test_a_chip_that_was_taken_off_can_be_put_back(links, search):
    search.page = a_page(a_hit(), chips=(NURTURE,))
    found = links("/search?q=P5+nurture&plain=P5")

    assert search.asked[0].plain == ("P5",)
    assert found["Undo: read “P5” as we understand it"] == "/search?q=P5+nurture"


def test_a_chip_can_be_made_a_filter_where_it_stands_for_one(links, search):
    search.page = a_page(a_hit(), chips=(P5, NURTURE))
    found = links("/search?q=P5+nurture&stage=p6&page=3")

    assert found["Only P5"] == "/search?q=P5+nurture&stage=p5"
    assert "Only Nurture" not in found


def test_what_is_a_filter_already_is_not_offered_again(links, search):
    search.page = a_page(a_hit(), chips=(P5,))
    assert "Only P5" not in links("/search?q=P5&stage=p5")


def test_many_chips_take_little_room(client, search):
    search.page = a_page(a_hit(), chips=tuple(Chip(f"w{n}", f"Thing {n}") for n in range(16)))
    page = client.get("/search?q=words").text

    assert "and 12 more</summary>" in page
    assert page.count('class="understood__chip"') == 16


def test_words_that_are_no_longer_in_the_search_are_forgotten(client, search):
    search.page = a_page(a_hit(), total=50)
    page = client.get("/search?q=outdoor&plain=P5").text

    assert "Undo" not in page
    assert "plain=" not in page
    assert 'name="plain"' not in page


def test_words_that_were_corrected_stay_taken_off(links, search):
    search.page = a_page(a_hit(), correction=Correction("numeracy P5", is_applied=True))
    assert "Undo: read “numeracy” as we understand it" in links("/search?q=numercy&plain=numeracy")


def test_the_form_carries_on_what_is_no_control_of_its_own(client, search):
    page = client.get("/search?q=P5&plain=P5&outward=0").text

    assert '<input type="hidden" name="plain" value="P5">' in page
    assert '<input type="hidden" name="outward" value="0">' in page


def test_every_page_of_results_is_of_the_same_search(links, search):
    search.page = a_page(a_hit(), total=50)
    asked = "q=P5&plain=P5&region=tayside&home=south-east&outward=0"
    assert links(f"/search?{asked}")["Go to the next page"] == f"/search?{asked}&page=2"


def test_a_name_from_elsewhere_is_asked_back(links, search):
    search.page = a_page(a_hit(), questions=(Question("Year 5", "P5", "maths P5"),))
    assert links("/search?q=maths+Year+5")["P5"] == "/search?q=maths+P5"


def test_each_meaning_of_an_acronym_can_be_searched_alone(client, links, search):
    meanings = ("speech and language therapy", "senior leadership team")
    search.page = a_page(a_hit(), readings=(Reading("SLT", meanings),))
    found = links("/search?q=SLT+meetings")

    assert found["senior leadership team"] == "/search?q=senior+leadership+team+meetings"
    assert "“SLT” may mean" in client.get("/search?q=SLT+meetings").text


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("SLT and SLTs", "/search?q=a+%5C1+team+and+SLTs"),
        ("slt", "/search?q=a+%5C1+team"),  # corrected or folded: the meaning alone
    ],
)
def test_a_meaning_stands_where_the_acronym_stood(app, words, address):
    with app.test_request_context():
        assert SearchForm(words=words).url_meaning("SLT", r"a \1 team") == address


def test_each_hit_says_why_it_was_found(client, search):
    why = Reason(ReasonKind.WORD, "number", "number", ("title", "body"))
    search.page = a_page(a_hit(reasons=(why,)))
    assert "Has “number” in title and text" in client.get("/search?q=number").text


def test_a_hit_without_reasons_claims_none(client, search):
    search.page = a_page(a_hit())
    assert "this result" not in client.get("/search").text


def test_what_a_chip_says_already_is_not_said_again(client, search):
    search.page = a_page(
        a_hit(),
        chips=(Chip("PEF", "Pupil Equity Funding"),),
        expansions=(
            Expansion("PEF", ("pupil equity funding",)),
            Expansion("maths", ("mathematics", "numeracy")),
        ),
    )
    page = client.get("/search?q=PEF+maths").text

    assert "Also searched for: mathematics, numeracy" in page
    assert "pupil equity funding" not in page


def test_moving_other_regions_up_is_said_and_can_be_switched(links, client, search):
    search.page = a_page(a_hit(), is_spread=True)
    address = "/search?q=number&home=tayside"

    assert "that fit as well were moved up" in client.get(address).text
    assert links(address)["Show in plain order"] == f"{address}&outward=0"

    search.page = a_page(a_hit())
    back = links(f"{address}&outward=0")
    assert back["Let other regions’ results move up"] == address


def test_nobody_is_told_of_an_order_that_needs_a_home(links, search):
    search.page = a_page(a_hit())
    assert "Let other regions’ results move up" not in links("/search?q=number&outward=0")


def test_a_visitor_says_where_they_work_in_the_address(client, search):
    page = client.get("/search?home=tayside")

    assert search.asked[0].home == "tayside"
    assert '<option value="tayside" selected>' in page.text
    assert "Set-Cookie" not in page.headers


def test_the_region_of_who_is_signed_in_is_theirs_unless_they_say_another(
    client, search, monkeypatch
):
    lead = Actor(Role.REGIONAL_LEAD, id=1, region="tayside")
    monkeypatch.setattr(views, "current_actor", lambda: lead)

    page = client.get("/search?q=number").text

    assert search.asked[0].home == "tayside"
    assert '<option value="">Tayside Regional Improvement Collaborative</option>' in page
    assert '<option value="tayside"' not in page


@pytest.mark.parametrize(
    "parameters",
    ["home=narnia", "home=%00", "outward=2", "outward=", "plain=", "plain=" + "x" * 101,
     "&".join(f"plain=w{n}" for n in range(40))],
)  # fmt: skip
def test_odd_values_become_the_default(client, search, parameters):
    assert client.get(f"/search?q=w&{parameters}").status_code == 200
    (asked,) = search.asked
    assert (asked.home, asked.is_outward) == ("", True)
    assert len(asked.plain) <= 16
    assert all(1 <= len(text) <= 100 for text in asked.plain)


def test_every_address_that_is_made_can_be_read_again(app):
    form = SearchForm(
        words="P5", facets={"stage": ("p5",)}, plain=("P5", "é&"), home="tayside", is_outward=False
    )
    with app.test_request_context():
        address = form.url(page=2)
    with app.test_request_context(address) as context:
        again = SearchForm.read(MultiDict(context.request.args), ("tayside",))
    assert again == replace(form, page=2)


def test_nothing_found_offers_the_filters_that_help_with_what_each_would_give(client, search):
    search.page = a_page(
        droppable=(
            FilterValue("stage", "p5", 3),
            FilterValue("region", "tayside", 12),
            FilterValue("year", "2026", 0),
        )
    )
    page = client.get("/search?q=zebra&region=tayside&stage=p5&year=2026").text
    offered = re.findall(r'href="([^"]*)">Search without the filter ([^<]*)</a>: ([^<]*)<', page)

    assert offered == [
        ("/search?q=zebra&amp;stage=p5&amp;year=2026",
         "Tayside Regional Improvement Collaborative", "12 results"),
        ("/search?q=zebra&amp;region=tayside&amp;year=2026", "P5", "3 results"),
    ]  # fmt: skip


def test_nothing_found_offers_the_nearest_terms(links, client, search):
    search.page = a_page(
        nearest=(FilterValue("stage", "p5", 1), FilterValue("stage", "p6", 0)), chips=(P5,)
    )
    address = "/search?q=zebra+P5&region=tayside&home=tayside"

    assert "</a>: 1 result" in client.get(address).text
    found = links(address)
    assert found["P5"] == "/search?stage=p5&home=tayside"
    assert "P6" not in found
    assert "Only P5" not in found


def test_nothing_found_as_typed_offers_to_look_at_the_spelling(links, search):
    assert links("/search?q=numercy&exact=1")["Let us look at the spelling"] == "/search?q=numercy"


def test_what_the_engine_says_is_never_html(client, search):
    odd = "<script>alert(1)</script>"
    search.page = a_page(
        a_hit(reasons=(Reason(ReasonKind.SYNONYM, odd, odd, ("body",)),)),
        chips=(Chip(odd, odd),),
        questions=(Question(odd, odd, odd),),
        readings=(Reading(odd, (odd, odd)),),
    )
    assert "<script>alert" not in client.get("/search", query_string={"q": odd}).text
