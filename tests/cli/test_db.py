"""flask db, and the database that every command finds ready."""

import sqlite3

from tests.content_app import a_file


def test_upgrade_brings_a_new_database_up_to_date(library):
    assert "up to date, at 0003" in library.run("db", "upgrade").stdout
    assert "up to date, at 0003" in library.run("db", "upgrade").stdout


def test_a_command_on_an_empty_database_makes_it_by_itself(library):
    library.put("files/a.md", a_file())
    assert "1 new" in library.run("content", "load", library.folder / "files").stdout


def test_a_database_behind_its_migrations_ends_in_one_sentence(library):
    library.run("db", "upgrade")
    with sqlite3.connect(library.folder / "library.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    done = library.run("index", "status")
    assert done.exit_code == 1
    assert done.stderr.startswith("The database is behind")


def test_a_disk_that_says_no_ends_in_one_sentence(library):
    library.put("files/a.md", a_file())
    library.put("content", "a file where the folder should be")
    done = library.run("content", "load", library.folder / "files")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert str(library.content_dir) in done.stderr
