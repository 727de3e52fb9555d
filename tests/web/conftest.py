"""What the tests of the pages share."""

import pytest

from tests.fake_search import FakeSearch, searching_with


@pytest.fixture
def without_search(app):
    """Take the index away for one test."""
    engine = FakeSearch()
    engine.is_away = True
    with searching_with(app, engine):
        yield
