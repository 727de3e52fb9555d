"""What the library says about itself."""

import pytest


@pytest.mark.parametrize("path", ["/about", "/accessibility", "/privacy"])
def test_the_page_opens(client, path):
    assert client.get(path).status_code == 200


def test_every_page_leads_to_the_accessibility_statement(client, index_now):
    assert 'href="/accessibility"' in client.get("/browse").text
