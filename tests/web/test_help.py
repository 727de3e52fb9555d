"""The user guide."""

import re

import pytest


def test_every_page_of_the_guide_can_be_opened(client):
    index = client.get("/help").text
    names = re.findall(r'href="/help/([\w-]+)"', index)
    assert "searching" in names
    for name in names:
        assert client.get(f"/help/{name}").status_code == 200


def test_links_in_the_guide_lead_somewhere(client, index_now):
    names = set(re.findall(r'href="/help/([\w-]+)"', client.get("/help").text))
    links = {
        link
        for name in names
        for link in re.findall(r'href="(/[^"#]*)"', client.get(f"/help/{name}").text)
    }
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []


@pytest.mark.parametrize("name", ["nonsense", "..%2f..%2fREADME", "1-searching"])
def test_only_pages_of_the_guide_are_shown(client, name):
    assert client.get(f"/help/{name}").status_code == 404
