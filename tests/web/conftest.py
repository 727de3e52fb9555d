"""What the tests of the pages share."""

import pytest

from app.domain.people import Role
from app.formats.signed_links import Purpose, make_link_token
from app.services.accounts import passwords
from tests.builders import a_person
from tests.fake_search import FakeSearch, searching_with
from tests.signing_in import WORDS


@pytest.fixture
def without_search(app):
    """Take the index away for one test."""
    engine = FakeSearch()
    engine.is_away = True
    with searching_with(app, engine):
        yield


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, password_hash=passwords.hash_of(WORDS))


@pytest.fixture
def link(app):
    def make(purpose, row):
        path = {Purpose.RESET: "reset", Purpose.INVITATION: "invitations"}[purpose]
        token = make_link_token(app.extensions["parts"].settings.secret_key, purpose, row.id)
        return f"/{path}/{token}"

    return make
