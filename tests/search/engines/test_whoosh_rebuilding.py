"""The index is drawn anew beside the live one, and nothing that happens meanwhile is lost."""

import threading

import pytest
from filelock import FileLock

from app.domain.errors import AlreadyRunning
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.engines.whoosh_schema import layout
from app.search.port import Changes
from tests.search.documents import LIBRARY, a_document, a_query


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def titles(engine):
    page = engine.search(a_query("", per_page=50))
    return {hit.title for hit in page.hits}


def test_what_is_published_while_it_is_drawn_is_found_at_once_and_after_the_swap(whoosh):
    late = [Changes(), Changes()]

    def documents():
        yield a_document("a", "Otters")
        whoosh.write([a_document("b", "Badgers")])
        assert "Badgers" in titles(whoosh)  # in the old index, while the new one is drawn
        late[0] = Changes((a_document("b", "Badgers"),))
        yield a_document("c", "Owls")

    assert whoosh.rebuild(documents(), meanwhile=lambda: late.pop(0)) == 2
    assert titles(whoosh) == {"Otters", "Badgers", "Owls"}


def test_changed_and_withdrawn_meanwhile_are_so_after_the_swap(whoosh):
    late = [
        Changes((a_document("a", "Otters anew"),)),
        Changes((a_document("b", "Badgers anew"),), frozenset({"c"})),
    ]
    drawn = [a_document("a", "Otters"), a_document("b", "Badgers"), a_document("c", "Owls")]
    whoosh.rebuild(drawn, meanwhile=lambda: late.pop(0))
    assert titles(whoosh) == {"Otters anew", "Badgers anew"}


def test_the_last_look_is_taken_with_the_writers_kept_waiting(whoosh, folder):
    is_free = []

    def meanwhile():
        lock = FileLock(folder / "writing.lock", timeout=0)
        try:
            with lock:
                is_free.append(True)
        except TimeoutError:
            is_free.append(False)
        return Changes()

    whoosh.rebuild(LIBRARY, meanwhile=meanwhile)
    assert is_free == [True, False]


def test_a_writer_that_waited_for_the_swap_writes_into_the_new_index(whoosh):
    writers = []

    def meanwhile():
        writer = threading.Thread(target=whoosh.write, args=([a_document("new", "Otters")],))
        writer.start()
        writers.append(writer)
        return Changes()

    whoosh.rebuild(LIBRARY[:1], meanwhile=meanwhile)
    for writer in writers:
        writer.join()
    assert whoosh.search(a_query("otters")).total == 1


def test_a_second_drawing_is_told_of_the_first(whoosh, folder, taxonomy):
    other = WhooshEngine(folder, taxonomy)

    def documents():
        yield LIBRARY[0]
        with pytest.raises(AlreadyRunning, match="draws the index anew just now"):
            other.rebuild(LIBRARY)
        # Nor does anybody sweep what is being drawn.
        assert not other.needs_tending()
        other.tend()
        yield LIBRARY[1]

    assert whoosh.rebuild(documents()) == 2
    assert whoosh.fingerprints().keys() == {LIBRARY[0].id, LIBRARY[1].id}


def test_what_a_killed_drawing_left_is_swept_by_tending(whoosh, folder):
    left = folder / f"{layout()}-{'0' * 12}"
    left.mkdir()
    assert whoosh.needs_tending()
    assert whoosh.tend()
    assert not left.exists()
    assert not whoosh.needs_tending()


def test_how_far_it_is_is_told_on_the_way(whoosh):
    told = []
    whoosh.rebuild(LIBRARY, tell=told.append)
    assert told == list(range(1, len(LIBRARY) + 1))


def test_a_rebuild_is_one_segment(whoosh, folder):
    whoosh.rebuild(LIBRARY)
    assert len(list(folder.rglob("*.seg"))) == len(list(folder.rglob("*.arrays"))) == 1
