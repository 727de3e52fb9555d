import sqlite3
import sys
from contextlib import closing

import pytest

from config import Settings
from scripts.setup.library import Library, settings_for_development
from scripts.setup.steps import StepFailed

# Stands in for the product's own commands: does what the set-up looks at, notes its name.
FLASK = """
import pathlib, sqlite3, sys, time
folder, command = pathlib.Path(sys.argv[1]), " ".join(sys.argv[2:])
with (folder / "done").open("a") as done:
    print(command, file=done)
with sqlite3.connect(folder / "library.sqlite") as database:
    if command == "db upgrade":
        database.execute("CREATE TABLE alembic_version (version_num)")
        database.execute("CREATE TABLE resources (created_at)")
        database.execute("CREATE TABLE people (created_at, is_sample)")
        database.execute("INSERT INTO alembic_version VALUES ('0001')")
    if command == "accounts demo":
        database.execute("INSERT INTO people VALUES (?, 1)", [time.time_ns()])
    if command == "content load":
        if (folder / "content/bad.md").exists():
            sys.exit("bad.md:1: no title")
        database.execute("INSERT INTO resources VALUES (?)", [time.time_ns()])
database.close()
if command == "index rebuild":
    (folder / "index").mkdir(exist_ok=True)
    (folder / "index/current").write_text("1")
"""
ALL = [
    "db upgrade",
    "content load",
    "accounts demo",
    "submissions demo",
    "demo play",
    "index rebuild",
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("a")
    return tmp_path


@pytest.fixture
def prepare(folder, steps):
    """Return a function that sets the library up and says which commands that took."""
    settings = Settings(
        database_url=f"sqlite:///{folder}/library.sqlite",
        content_dir=folder / "content",
        taxonomy_dir=folder / "taxonomy",
        index_dir=folder / "index",
    )
    flask = (sys.executable, "-c", FLASK, folder)
    library = Library(settings, flask, steps.notes)

    def run():
        (folder / "done").write_text("")
        run.problem = library.prepare(steps)
        return (folder / "done").read_text().splitlines()

    return run


def test_a_first_start_does_all_and_a_second_nothing(prepare):
    assert prepare() == ALL
    assert prepare() == []


def test_content_that_changed_is_loaded_again(prepare, folder):
    prepare()
    (folder / "content/b.md").write_text("b")
    assert prepare() == ["content load"]


def test_a_database_that_was_deleted_is_made_again(prepare, folder):
    prepare()
    (folder / "library.sqlite").unlink()
    assert prepare() == ALL


def test_a_database_emptied_behind_our_back_is_loaded_again(prepare, folder):
    prepare()
    with closing(sqlite3.connect(folder / "library.sqlite")) as database:
        database.execute("DELETE FROM resources")
        database.commit()
    assert prepare() == ["content load", "index rebuild"]


def test_an_index_that_was_deleted_is_made_again(prepare, folder):
    prepare()
    (folder / "index/current").unlink()
    (folder / "index/follower.lock").write_text("")
    assert prepare() == ["index rebuild"]


def test_a_changed_vocabulary_makes_the_index_anew(prepare, folder):
    prepare()
    (folder / "taxonomy").mkdir()
    (folder / "taxonomy/themes.yaml").write_text("new")
    assert prepare() == ["index rebuild"]


def test_a_bad_file_is_told_every_time_and_keeps_nothing_from_serving(prepare, folder):
    prepare()
    (folder / "content/bad.md").write_text("bad")
    for _ in range(2):
        assert prepare() == ["content load"]
        assert prepare.problem.output == "bad.md:1: no title"


def test_without_a_content_folder_the_library_starts_empty(prepare, folder, printed):
    (folder / "content").rename(folder / "elsewhere")
    assert prepare() == [one for one in ALL if one != "content load"]
    assert "the library starts empty" in printed.getvalue()


def test_production_is_not_set_up_by_this_command(monkeypatch):
    monkeypatch.setenv("ENVIRONMENT", "production")
    with pytest.raises(StepFailed, match="for development only") as failure:
        settings_for_development()
    assert "docs/operations.md" in failure.value.advice


def test_a_setting_that_cannot_be_used_is_told(monkeypatch):
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setenv("FILE_LIMIT_MB", "many")
    with pytest.raises(StepFailed, match="FILE_LIMIT_MB must be a whole number"):
        settings_for_development()
