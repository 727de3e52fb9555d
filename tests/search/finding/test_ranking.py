"""The score is the formula that its room names, and both engines reckon it alike."""

from math import log

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.taxonomy import Taxonomy
from app.search.engines.memory_engine import MemoryEngine
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.finding.shelf import K1, WEIGHTS, B
from tests.search.documents import STAFF, a_document, a_query

NOTHING_KNOWN = Taxonomy({})


def test_a_score_is_bm25f_over_the_weighted_fields():
    engine = MemoryEngine(NOTHING_KNOWN)
    engine.write(
        [
            a_document("a", "Otters", "otters swim otters"),
            a_document("b", "Badgers dig", "badgers"),
            a_document("c", "Owls", "an owl"),
        ]
    )
    title_average, body_average = (1 + 2 + 1) / 3, (3 + 1 + 1) / 3
    weight = WEIGHTS["title"] * 1 / (1 - B + B * 1 / title_average) + WEIGHTS["body"] * 2 / (
        1 - B + B * 3 / body_average
    )
    expected = (log(3 / (1 + 1)) + 1) * weight * (K1 + 1) / (weight + K1)
    (hit,) = engine.search(a_query("otters")).hits
    assert hit.score == pytest.approx(expected)


_WORD = st.sampled_from(["otter", "badger", "owl", "stoat", "heron", "wren", "the"])
_TEXT = st.lists(_WORD, max_size=6).map(" ".join)
_DOCUMENTS = st.lists(
    st.builds(
        lambda n, title, body, mark: a_document(f"d{n}", title, body, mark=mark),
        st.integers(0, 5),
        _TEXT,
        _TEXT,
        st.sampled_from(["public", "staff"]),
    ),
    max_size=4,
)
_QUERY = st.lists(
    st.one_of(
        _WORD, st.sampled_from(['"otter badger"', "-owl", "title:heron", "sto*", "wren-owl"])
    ),
    max_size=4,
).map(" ".join)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(commits=st.lists(_DOCUMENTS, min_size=1, max_size=4), query=_QUERY, gone=st.integers(0, 5))
def test_whoosh_reads_what_memory_holds(tmp_path_factory, commits, query, gone):
    memory = MemoryEngine(NOTHING_KNOWN)
    whoosh = WhooshEngine(tmp_path_factory.mktemp("index"), NOTHING_KNOWN)
    for engine in (memory, whoosh):
        engine.rebuild([])
        for documents in commits:
            engine.write(documents)
        engine.write([], removed=[f"d{gone}"])
    for marks in (frozenset({"public"}), STAFF):
        one, other = (e.search(a_query(query, marks)) for e in (memory, whoosh))
        assert (one.total, one.facet_counts) == (other.total, other.facet_counts)
        assert [h.id for h in one.hits] == [h.id for h in other.hits]
        assert [h.score for h in one.hits] == pytest.approx([h.score for h in other.hits])
        shown = [(h.title_fragments, h.snippet, h.facets) for h in one.hits]
        assert shown == [(h.title_fragments, h.snippet, h.facets) for h in other.hits]
