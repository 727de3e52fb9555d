"""Engines to search with: the same library behind each that keeps the port's promises."""

import pytest

from app.search.memory_engine import MemoryEngine
from app.search.whoosh_engine import WhooshEngine
from tests.search.documents import LIBRARY

# Another engine behind the port needs one more line here, and passes test_engines.py.
ENGINES = {
    "memory": lambda folder, taxonomy: MemoryEngine(taxonomy),
    "whoosh": WhooshEngine,
    "plain whoosh": lambda folder, taxonomy: WhooshEngine(folder, taxonomy, is_plain=True),
}


@pytest.fixture(params=ENGINES)
def empty_engine(request, tmp_path, taxonomy):
    """Each engine, with an index that holds nothing."""
    engine = ENGINES[request.param](tmp_path / "index", taxonomy)
    engine.rebuild([])
    return engine


@pytest.fixture(scope="module", params=ENGINES)
def engine(request, tmp_path_factory, taxonomy):
    """Each engine, with the small library; for tests that only ask."""
    engine = ENGINES[request.param](tmp_path_factory.mktemp("search") / "index", taxonomy)
    engine.rebuild(LIBRARY)
    return engine


@pytest.fixture
def whoosh(tmp_path, taxonomy):
    """A Whoosh engine with the small library, to be written to and broken."""
    engine = WhooshEngine(tmp_path / "index", taxonomy)
    engine.rebuild(LIBRARY)
    return engine
