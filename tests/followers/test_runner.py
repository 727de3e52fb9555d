"""Following: within two seconds, one holder, mending the index, trying again later."""

import shutil
import subprocess
import sys
import time

import pytest

from app.domain.errors import AlreadyRunning
from app.domain.events import Follower
from app.followers import runner
from app.followers.place import Place
from app.followers.runner import Followers, Retried, waiting
from tests.content_app import IDS, PROJECT, a_file


@pytest.fixture
def followers(library):
    followers = Followers(library.parts)
    yield followers
    followers.stop()


def comes_true(question, within_s=5.0):
    until = time.monotonic() + within_s
    while not question():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_a_published_change_is_in_the_index_and_the_folder_within_two_seconds(
    library, load, followers
):
    followers.start()
    assert comes_true(library.search.is_present)
    load(a_file(id=IDS[0]))
    file = library.content_dir / "case-studies/number-talks.md"
    assert comes_true(lambda: IDS[0] in library.search.documents and file.exists(), 2.0)
    assert comes_true(lambda: not any(waiting().values()))


def test_a_missing_index_is_drawn_anew_without_being_asked(library, load, followers):
    load(a_file(id=IDS[0]))
    followers.start()
    assert comes_true(lambda: IDS[0] in library.search.documents)
    library.search.is_there, library.search.documents = False, {}
    assert comes_true(lambda: IDS[0] in library.search.documents)
    assert library.search.rebuilds == 2


def test_an_index_of_another_copy_of_the_database_is_drawn_anew(library, load, followers):
    load(a_file(id=IDS[0]))
    followers.carry()
    library.search.documents["01JD8Q2V7NFTK9M4C3XH6RBWZZ"] = "left by another copy"
    library.search.fingerprints = lambda: dict.fromkeys(library.search.documents, "")
    followers.start()
    assert comes_true(lambda: list(library.search.documents) == [IDS[0]])


def test_an_index_that_agrees_is_not_drawn_anew(library, load, followers):
    load(a_file(id=IDS[0]))
    followers.carry()
    drawn = library.search.rebuilds
    followers.start()
    assert not comes_true(lambda: library.search.rebuilds > drawn, 1.5)


def test_an_index_that_cannot_be_written_again_and_again_is_drawn_anew(
    library, load, followers, monkeypatch
):
    monkeypatch.setattr("app.followers.runner.LOOK_S", 0.05)
    library.search.rebuild([])
    library.search.fails = 2
    load(a_file(id=IDS[0]))
    followers.start()
    assert comes_true(lambda: IDS[0] in library.search.documents, 8.0)
    assert library.search.rebuilds == 2


def test_work_that_fails_is_tried_again_later_and_later(caplog):
    calls = []

    def fail():
        calls.append(1)
        raise OSError("the disk is full")

    work = Retried(fail, "the index")
    assert (work.try_now(), work.try_now()) == (0, 0)
    assert len(calls) == 1  # the second came too early
    assert "trying again in 1 s" in caplog.text


def test_a_folder_that_cannot_be_written_keeps_no_change_from_the_index(library, load, followers):
    library.put("content", "a file where the folder should be")
    load(a_file(id=IDS[0]))
    followers.start()
    assert comes_true(lambda: IDS[0] in library.search.documents)
    time.sleep(0.1)
    assert waiting() == {Follower.INDEX: 0, Follower.CONTENT: 1, Follower.MAIL: 0}


def test_there_is_one_place(library, followers):
    followers.place.take()
    followers.place.take()  # harmless
    other = Followers(library.parts)
    with pytest.raises(AlreadyRunning, match="Another process"):
        other.carry()
    assert other.place.is_taken()
    followers.place.leave()
    assert not other.place.is_taken()
    assert other.carry() == 0


def test_a_second_copy_in_a_server_waits_and_takes_over(library, load, followers, monkeypatch):
    monkeypatch.setattr("app.followers.runner.TAKE_OVER_S", 0.05)
    first = Place(library.settings.index_dir)
    first.take()
    followers.start()
    load(a_file(id=IDS[0]))
    assert not comes_true(lambda: IDS[0] in library.search.documents, 0.3)
    first.leave()
    assert comes_true(lambda: IDS[0] in library.search.documents)


def test_a_deleted_folder_is_made_anew_and_its_place_taken_again(library, load, followers):
    followers.start()
    assert comes_true(followers.place.is_held)
    shutil.rmtree(library.settings.index_dir)
    assert not followers.place.is_held()
    assert comes_true(followers.place.is_held)


def test_a_killed_holder_leaves_the_place_free(library):
    script = (
        "import sys, time; from pathlib import Path; from app.followers.place import Place\n"
        "place = Place(Path(sys.argv[1])); place.take(); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(library.settings.index_dir)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline() == b"held\n"
    place = Place(library.settings.index_dir)
    assert place.is_taken()
    holder.kill()
    holder.communicate()
    assert comes_true(lambda: not place.is_taken())


def test_carrying_takes_all_that_waits_and_leaves_the_place(library, load, followers):
    load(*(a_file(f"Title {number}") for number in range(3)))
    assert followers.carry() == 6
    assert len(library.search.documents) == 3
    assert followers.carry() == 0
    assert not followers.place.is_held()


def test_an_index_in_disorder_is_tended_while_following_and_after_carrying(library, followers):
    followers.carry()
    library.search.untended = 2
    followers.carry()
    assert library.search.untended == 0
    library.search.untended = 1
    followers.start()
    assert comes_true(lambda: library.search.untended == 0)


def test_settling_waits_for_the_one_that_follows(library, load, followers):
    load(a_file())
    holder = Place(library.settings.index_dir)
    holder.take()
    assert not followers.settle(timeout_s=0.1)
    holder.leave()
    assert followers.settle()
    assert not any(waiting().values())


def a_clock_that_counts(followers, monkeypatch):
    """Let nothing but the clock be looked at; return the list that it adds to."""
    started = []
    monkeypatch.setattr(runner, "is_anything_due", lambda: True)
    monkeypatch.setattr(followers._publisher, "start", lambda: started.append(True))
    return started


def test_what_is_due_is_published_by_a_command_within_a_second(followers, monkeypatch):
    started = a_clock_that_counts(followers, monkeypatch)
    followers.start()
    assert comes_true(lambda: started, 1.0)


def test_the_clock_goes_on_while_a_long_backlog_is_carried(followers, monkeypatch):
    started = a_clock_that_counts(followers, monkeypatch)
    monkeypatch.setattr(followers, "_hand_over", lambda: True)
    followers._backlog = Retried(followers._hand_over, "hand over")
    followers.start()
    assert comes_true(lambda: started, 1.0)
