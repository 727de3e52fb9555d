"""Whatever is typed, every door that searches answers, soon, over a real index."""

import time
from dataclasses import replace
from urllib.parse import quote

import pytest

from app.domain.search import LONGEST_QUERY
from app.search.engines.whoosh_engine import WhooshEngine
from tests.search.documents import LIBRARY
from tests.search.odd_queries import ODD_QUERIES

LONGEST_S = 1.0


@pytest.fixture
def on_whoosh(app, tmp_path):
    """Let the app search the small library by Whoosh."""
    parts = app.extensions["parts"]
    engine = WhooshEngine(tmp_path / "index", parts.taxonomy)
    engine.rebuild(LIBRARY)
    app.extensions["parts"] = replace(parts, search=engine)
    yield
    app.extensions["parts"] = parts


@pytest.mark.parametrize("door", ["/search", "/search/suggestions", "/api/v1/search"])
def test_every_odd_query_is_answered_soon(client, on_whoosh, door):
    for text in ODD_QUERIES:
        typed = quote(text.encode("utf-8", "surrogatepass"))
        # Programs are told where a query is too long; people's is cut.
        is_refused = door.startswith("/api") and len(text) > LONGEST_QUERY
        began = time.perf_counter()
        answer = client.get(f"{door}?q={typed}")
        took_s = time.perf_counter() - began
        assert (answer.status_code, took_s < LONGEST_S) == (422 if is_refused else 200, True), text
