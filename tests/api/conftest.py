"""What the tests of the API share."""

import pytest

from tests.api.program import Program, a_token
from tests.fake_search import FakeSearch, searching_with


@pytest.fixture
def search(app):
    """The engine that the API asks in this test."""
    with searching_with(app, FakeSearch()) as engine:
        yield engine


@pytest.fixture
def program(app, session):
    """Return a function that gives a program with a token: program(teacher), program() for none."""

    def of(person=None, *scopes):
        client = app.test_client()
        return Program(client, a_token(session, person, *scopes) if person else None)

    return of
