"""Small segments are joined beside the live index: nothing is lost, nothing comes back."""

import pytest

from app.search.engines import whoosh_merging
from app.search.engines.whoosh_merging import MOST_SEGMENTS
from tests.search.documents import LIBRARY, a_document, a_query


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def hits(engine, words):
    return [hit.id for hit in engine.search(a_query(words)).hits]


def test_many_writes_do_not_leave_many_segments(whoosh, folder):
    for n in range(30):
        whoosh.write([a_document(f"d{n}", "Otters", "otters and owls")])
        if whoosh.needs_tending():
            assert whoosh.tend()
    assert len(list(folder.rglob("*.seg"))) <= MOST_SEGMENTS
    assert len(list(folder.rglob("*.arrays"))) <= MOST_SEGMENTS
    page = whoosh.search(a_query('"otters and owls"', per_page=50))
    assert page.total == len(page.hits) == 30
    assert whoosh.search(a_query("arithmetic")).total == 1


def test_what_is_deleted_while_segments_are_joined_stays_deleted(whoosh, monkeypatch):
    for n in range(MOST_SEGMENTS):
        whoosh.write([a_document(f"d{n}", "Otters", f"otters {n}")])
    together = whoosh_merging._written_together

    def slowly(*segments):
        made = together(*segments)
        # Meanwhile one of the joined is changed, one goes, and one comes.
        whoosh.write([a_document("d2", "Badgers")], removed=["d5"])
        return made

    monkeypatch.setattr(whoosh_merging, "_written_together", slowly)
    assert whoosh.tend()
    assert set(hits(whoosh, "otters")) == {"d0", "d1", "d3", "d4", "d6", "d7"}
    assert hits(whoosh, "badgers") == ["d2"]
    assert whoosh.fingerprints().keys() == {d.id for d in LIBRARY} | {
        f"d{n}" for n in range(MOST_SEGMENTS) if n != 5
    }


def test_what_a_killed_joining_left_is_swept(whoosh, folder):
    (live,) = (path for path in folder.iterdir() if path.is_dir())
    left = live / "merging-0123456789ab"
    left.mkdir()
    assert whoosh.needs_tending()
    whoosh.tend()
    assert not left.exists()
    assert not whoosh.needs_tending()
