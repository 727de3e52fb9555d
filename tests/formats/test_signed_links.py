"""Links in mails: signed for one purpose, and worth nothing for another."""

import pytest

from app.formats.signed_links import Purpose, make_link_token, read_link_token

KEY = "a key of the tests"


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_leads_back_to_its_row(purpose):
    token = make_link_token(KEY, purpose, 17)
    assert read_link_token(KEY, purpose, token) == 17
    assert token.replace("-", "").replace("_", "").replace(".", "").isalnum()


def test_a_link_of_one_purpose_opens_nothing_of_another():
    token = make_link_token(KEY, Purpose.INVITATION, 17)
    assert read_link_token(KEY, Purpose.RESET, token) is None


@pytest.mark.parametrize("token", ["", "17", "a.b", "MTc.x", "é", "\0", "x" * 5000])
def test_a_link_that_was_not_made_here_is_none(token):
    assert read_link_token(KEY, Purpose.RESET, token) is None


def test_a_link_under_another_key_is_none():
    token = make_link_token("another key", Purpose.RESET, 17)
    assert read_link_token(KEY, Purpose.RESET, token) is None
