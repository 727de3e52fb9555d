"""Browsing without searching."""

import pytest

from app.domain.audience import Audience
from app.domain.facets import BROWSABLE
from tests.builders import a_resource


def test_the_ways_to_browse_say_how_much_there_is(client, session, index_now):
    a_resource(session, terms={"stage": ("p5",)})
    index_now()

    page = client.get("/browse").text

    assert "1 resource to look through" in page
    assert all(f'href="/browse/{facet.name}"' in page for facet in BROWSABLE)


@pytest.mark.parametrize("facet", BROWSABLE, ids=lambda facet: facet.name)
def test_each_way_lists_its_terms_with_counts(client, session, index_now, taxonomy, facet):
    code = taxonomy.codes(facet.vocabulary)[0]
    if facet.name == "region":
        a_resource(session, region=code)
    else:
        a_resource(session, terms={facet.name: (code,)})
    a_resource(session, title="Secret", audience=Audience.STAFF)
    index_now()

    page = client.get(f"/browse/{facet.name}").text
    assert f'href="/browse/{facet.name}/{code}"' in page
    assert "(1)" in page

    term = client.get(f"/browse/{facet.name}/{code}").text
    assert "Outdoor numeracy" in term
    assert "1 resource" in term


def test_a_term_without_resources_leads_on(client, index_now):
    page = client.get("/browse/stage/s6").text
    assert "Nothing is filed here yet" in page
    assert 'href="/browse/stage"' in page


@pytest.mark.parametrize("path", ["/browse/nonsense", "/browse/stage/p99", "/browse/year"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
