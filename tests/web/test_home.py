"""The front door."""

from tests.builders import a_resource


def test_home_offers_the_search_box_the_newest_and_the_ways_to_browse(client, session, index_now):
    a_resource(session, title="Outdoor numeracy", terms={"stage": ("p5",), "theme": ("numeracy",)})
    index_now()

    page = client.get("/").text

    assert 'name="q"' in page
    assert "Outdoor numeracy" in page
    assert 'href="/browse/stage/p5"' in page
    assert 'href="/browse/theme/numeracy"' in page


def test_home_offers_no_way_to_browse_that_leads_to_nothing(client, session, index_now):
    a_resource(session, terms={"stage": ("p5",)})
    index_now()

    assert 'href="/browse/stage/s6"' not in client.get("/").text


def test_home_still_opens_while_search_is_away(client, without_search):
    page = client.get("/")

    assert page.status_code == 200
    assert "Search is being put in order" in page.text
    assert 'href="/browse/stage"' in page.text
