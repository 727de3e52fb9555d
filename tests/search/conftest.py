"""Engines to search with: the same library behind each that keeps the port's promises."""

import pytest

from app.domain.taxonomy import Taxonomy
from app.search.engines.memory_engine import MemoryEngine
from app.search.engines.whoosh_engine import WhooshEngine
from tests.search.documents import LIBRARY, PUBLIC, STAFF
from tests.search.random_library import fill

# Another engine behind the port needs one more line here, and passes test_engines.py.
ENGINES = {
    "memory": lambda folder, taxonomy: MemoryEngine(taxonomy),
    "whoosh": WhooshEngine,
    "plain whoosh": lambda folder, taxonomy: WhooshEngine(folder, taxonomy, is_plain=True),
}

SEEDS = range(3)  # of the libraries made by chance
TURNS = {"drawn": 60, "plain": 12}  # questions of each kind, to each seed and each reader
NOTHING_KNOWN = Taxonomy({})


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


@pytest.fixture(scope="module", params=SEEDS)
def library(request, tmp_path_factory):
    """A library made by chance, of several segments, with updates and deletions."""
    folder = tmp_path_factory.mktemp("library") / "index"
    return fill(WhooshEngine(folder, NOTHING_KNOWN), request.param)


@pytest.fixture(scope="module", params=TURNS)
def asked(request, library):
    """An engine that reads it, from arrays or plainly, and how much it is to be asked."""
    folder = library.engine._store.folder
    engine = WhooshEngine(folder, NOTHING_KNOWN, is_plain=request.param == "plain")
    return engine, TURNS[request.param]


@pytest.fixture(scope="module", params=[PUBLIC, STAFF], ids=["public", "staff"])
def marks(request):
    """What a reader of the library made by chance may see."""
    return request.param
