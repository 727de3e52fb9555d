"""flask index: follow, rebuild, check, status."""

import dataclasses

import pytest

from app.domain.errors import AlreadyRunning
from app.followers.place import Place
from tests.content_app import IDS, a_file


@pytest.fixture
def loaded(library):
    library.put("files/a.md", a_file(id=IDS[0]))
    holder = Place(library.settings.index_dir)
    holder.take()
    library.run("content", "load", library.folder / "files")
    holder.leave()
    return library


def test_follow_once_carries_what_waits(loaded):
    assert loaded.run("index", "follow", "--once").stdout == "2 changes carried.\n"
    assert loaded.run("index", "follow", "--once").stdout == "0 changes carried.\n"
    assert set(loaded.search.documents) == {IDS[0]}


def test_a_second_follower_says_so_and_stops(loaded):
    holder = Place(loaded.settings.index_dir)
    holder.take()
    for options in ([], ["--once"]):
        done = loaded.run("index", "follow", *options)
        assert done.exit_code == 1
        assert "Another process carries changes" in done.stderr
    holder.leave()


def test_rebuild_tells_how_many_documents_there_are(loaded):
    assert loaded.run("index", "rebuild").stdout == "1 documents in the new index.\n"


def test_check_lets_what_waits_be_carried_and_finds_agreement(loaded):
    done = loaded.run("index", "check")
    assert (done.exit_code, done.stdout) == (0, "The index and the database: all agree.\n")


def test_check_prints_the_difference_and_fails(loaded):
    loaded.run("index", "check")
    held = loaded.search.documents.pop(IDS[0])
    loaded.search.documents[IDS[1]] = held
    done = loaded.run("index", "check")
    assert done.exit_code == 1
    assert f"{IDS[0]}: published, and not in the index" in done.stdout
    assert f"{IDS[1]}: in the index, and not published" in done.stdout
    loaded.search.documents = {IDS[0]: dataclasses.replace(held, fingerprint="x")}
    assert "other words in the index" in loaded.run("index", "check").stdout
    loaded.run("index", "rebuild")
    assert loaded.run("index", "check").exit_code == 0


def test_status_tells_how_the_index_stands_and_what_waits(loaded):
    before = loaded.run("index", "status").stdout
    assert "index: Search is being put in order." in before
    assert "waiting for the index: 1\n" in before
    loaded.run("index", "follow", "--once")
    after = loaded.run("index", "status").stdout
    assert "documents: 1\nupdated: not known\nsize: 2 KiB\nwaiting for the index: 0\n" in after
    assert "follower: not running" in after


def test_tend_says_whether_there_was_anything_to_do(loaded):
    assert loaded.run("index", "tend").stdout == "The index is in order.\n"
    loaded.search.untended = 2
    assert loaded.run("index", "tend").stdout == "The index is in order again.\n"
    assert loaded.search.untended == 0


def test_a_second_rebuild_waits_for_the_first(loaded, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    rebuild, busy = loaded.search.rebuild, [True, True]

    def after_the_other(*args):
        if busy:
            busy.pop()
            raise AlreadyRunning("Another process draws the index anew just now.")
        return rebuild(*args)

    monkeypatch.setattr(loaded.search, "rebuild", after_the_other)
    done = loaded.run("index", "rebuild")
    assert done.stdout == "1 documents in the new index.\n"
    assert done.stderr.count("Waiting for it to end.") == 1
