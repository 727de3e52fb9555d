"""The vocabularies of a running app: taken up when they change, kept when they are broken."""

import shutil
import threading

import pytest

from app.formats.live_taxonomy import LiveTaxonomy
from config import PROJECT_DIR
from tests.content_app import TAXONOMY


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PROJECT_DIR / "content/taxonomy", tmp_path / "taxonomy")


@pytest.fixture
def live(folder):
    return LiveTaxonomy(folder, TAXONOMY)


def rename(folder, words):
    path = folder / "costs.yaml"
    path.write_text(path.read_text().replace("label: Low", f"label: {words}"))


def test_nothing_is_read_while_nothing_changed(live):
    assert not live.look(lambda _: pytest.fail("nothing is new"))
    assert live.taxonomy is TAXONOMY


def test_a_changed_file_is_taken_up_once(live, folder):
    used = []
    rename(folder, "A little")
    assert live.look(used.append)
    assert not live.look(used.append)
    assert used == [live.taxonomy]
    assert live.taxonomy.label("costs", "low") == "A little"


def test_requests_look_now_and_then(live, folder, monkeypatch):
    rename(folder, "A little")
    assert not live.glance(lambda _: None)  # somebody looked just now
    monkeypatch.setattr("app.formats.live_taxonomy.LOOK_S", 0)
    assert live.glance(lambda _: None)


def test_a_broken_file_leaves_what_was_read_and_says_why(live, folder):
    path = folder / "costs.yaml"
    held = path.read_text()
    path.write_text("vocabulary: [")
    assert not live.look(lambda _: None)
    assert live.taxonomy is TAXONOMY
    assert "costs.yaml cannot be read" in live.trouble
    path.write_text(held.replace("label: Low", "label: A little"))
    assert live.look(lambda _: None)
    assert live.trouble == ""


def test_words_that_the_search_cannot_use_are_not_taken_up(live, folder):
    def refuse(_):
        raise KeyError("s7")

    rename(folder, "A little")
    assert not live.look(refuse)
    assert live.taxonomy is TAXONOMY
    assert live.trouble


def test_a_folder_that_is_away_changes_nothing(live, folder):
    shutil.move(folder, folder.parent / "elsewhere")
    assert not live.look(lambda _: None)
    assert live.taxonomy is TAXONOMY


def test_of_many_threads_one_reads_and_all_have_the_new_words(live, folder):
    rename(folder, "A little")
    used, seen = [], []

    def ask():
        live.look(used.append)
        seen.append(live.taxonomy.label("costs", "low"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(used) == 1
    assert set(seen) == {"A little"}
