"""What the tests of the pages share."""

from dataclasses import replace

import pytest

from app.domain.errors import SearchUnavailable


class SearchAway:
    """An engine whose index is not there."""

    def _away(self, *_, **__):
        raise SearchUnavailable("Search is being put in order and will be back within a minute.")

    search = suggest = similar = status = write = fingerprints = _away

    def is_present(self):
        return False


@pytest.fixture
def without_search(app):
    """Take the engine away for one test."""
    parts = app.extensions["parts"]
    app.extensions["parts"] = replace(parts, search=SearchAway())
    yield
    app.extensions["parts"] = parts
