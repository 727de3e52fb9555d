"""What the tests of the API share."""

import pytest

from tests.fake_search import FakeSearch, searching_with


@pytest.fixture
def search(app):
    """The engine that the API asks in this test."""
    with searching_with(app, FakeSearch()) as engine:
        yield engine
