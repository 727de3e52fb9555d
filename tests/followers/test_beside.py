"""What takes long is done by processes beside the one that follows; slow: they are real."""

import dataclasses

import pytest

from app.followers.child import Child
from app.followers.runner import Followers, waiting
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.engines.whoosh_merging import MOST_SEGMENTS
from tests.content_app import IDS, TAXONOMY, Library, a_file
from tests.followers.test_runner import comes_true
from tests.loading import take_in_texts
from tests.search.documents import a_document

WITHIN_S = 30.0  # a process must begin on a busy machine


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path, is_empty=True)
    assert library.run("db", "upgrade").exit_code == 0
    library.search = WhooshEngine(library.settings.index_dir, TAXONOMY)
    library.parts = dataclasses.replace(library.parts, search=library.search)
    yield library
    library.close()


@pytest.fixture
def followers(library):
    followers = Followers(library.parts)
    yield followers
    followers.stop()


def held(library):
    return set(library.search.fingerprints()) if library.search.is_present() else None


def test_a_missing_index_is_drawn_beside_and_what_waited_is_carried(library, followers):
    take_in_texts(library, a_file(id=IDS[0]))
    followers.start()
    assert comes_true(lambda: held(library) == {IDS[0]}, WITHIN_S)
    take_in_texts(library, a_file("Another", id=IDS[1]))
    assert comes_true(lambda: held(library) == {IDS[0], IDS[1]})
    assert comes_true(lambda: not any(waiting().values()))


def test_a_long_backlog_is_carried_beside_and_the_place_taken_again(
    library, followers, monkeypatch
):
    monkeypatch.setattr("app.followers.runner.LONG_BACKLOG", 3)
    followers.carry()
    monkeypatch.setattr("app.followers.runner.index.catch_up", lambda *_: 0)  # not by this process
    followers.place.take()
    take_in_texts(library, *(a_file(f"Title {n}") for n in range(8)))
    followers.start()
    assert comes_true(lambda: len(held(library)) == 8, WITHIN_S)
    assert comes_true(lambda: not any(waiting().values()))
    assert comes_true(followers.place.is_held)


def test_many_small_segments_are_joined_beside(library, followers):
    library.search.rebuild([])
    for n in range(MOST_SEGMENTS):
        library.search.write([a_document(f"d{n}")])
    assert library.search.needs_tending()
    followers._is_compared = True  # these documents are of no database
    followers.start()
    assert comes_true(lambda: not library.search.needs_tending(), WITHIN_S)


def test_a_child_that_fails_is_told_and_keeps_no_publication_waiting(library, followers, caplog):
    followers.carry()
    for n in range(MOST_SEGMENTS):
        library.search.write([a_document(f"d{n}")])
    followers._is_compared = True
    followers._tender = Child(library.settings, "index", "no-such-command")
    followers.start()
    take_in_texts(library, a_file(id=IDS[0]))
    assert comes_true(lambda: IDS[0] in held(library))
    assert comes_true(
        lambda: "cannot keep the index in order; trying again" in caplog.text, WITHIN_S
    )


def test_a_stop_ends_what_runs_beside(library, followers):
    followers.start()
    assert comes_true(lambda: followers._drawer._process is not None)
    process = followers._drawer._process
    followers.stop()
    assert process.poll() is not None
