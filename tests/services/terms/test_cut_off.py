"""A change of a vocabulary that fails or is killed half-way: file and record agree afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from app.domain.errors import WrongState
from app.domain.terms import version_of
from app.formats.vocabulary_turns import Turn
from app.services.terms import turning
from app.services.terms.changing import change, undo
from app.services.terms.mending import mend, mend_vocabularies
from tests.services.terms.deeds import changed, notes_in, term_of


def test_a_commit_that_fails_leaves_the_file_as_it_was(session, keeper, folder):
    text = (folder / "themes.yaml").read_text()

    def fail(_):
        assert (folder / "themes.yaml").read_text() != text, "it is written before"
        raise RuntimeError("the disk of the database is full")

    before = term_of(folder)
    change(session, keeper, folder, "themes", replace(before, label="M"), seen=version_of(before))
    event.listen(session, "before_commit", fail, once=True)
    with pytest.raises(RuntimeError):
        session.commit()
    session.rollback()
    assert (folder / "themes.yaml").read_text() == text
    assert notes_in(folder) == []


def test_a_change_that_is_given_up_before_its_commit_touches_no_file(session, keeper, folder):
    text = (folder / "themes.yaml").read_text()
    before = term_of(folder)
    change(session, keeper, folder, "themes", replace(before, label="M"), seen=version_of(before))
    session.rollback()
    session.commit()
    assert (folder / "themes.yaml").read_text() == text


def test_a_file_that_cannot_be_written_changes_nothing(session, keeper, folder):
    text = (folder / "themes.yaml").read_text()
    before = term_of(folder)
    made = change(
        session, keeper, folder, "themes", replace(before, label="M"), seen=version_of(before)
    )
    # In the place of the note lies a folder: nothing can be written there.
    (folder / f".themes.yaml.{made.id}.done.was").mkdir()
    with pytest.raises(WrongState, match="cannot be written"):
        session.commit()
    session.rollback()
    assert (folder / "themes.yaml").read_text() == text


class Killed(BaseException):
    """What a test ends a process with, at one place."""


@pytest.fixture
def cut_off(session, monkeypatch):
    """Return a function that does a deed and is killed once its file is written."""

    def kill(_):
        raise Killed

    def cut(deed):
        with monkeypatch.context() as patched:
            # What a killed process does not do any more.
            patched.setattr(turning._Hooks, "after_rollback", lambda *_: None)
            deed()
            event.listen(session, "before_commit", kill, once=True)
            with pytest.raises(Killed):
                session.commit()
            session.rollback()

    return cut


def test_killed_between_file_and_record_the_next_start_puts_it_back(
    session, keeper, folder, cut_off
):
    text = (folder / "themes.yaml").read_text()
    before = term_of(folder)
    after = replace(before, label="Half done")
    cut_off(lambda: change(session, keeper, folder, "themes", after, seen=version_of(before)))
    assert term_of(folder).label == "Half done"
    assert len(notes_in(folder)) == 1
    assert mend_vocabularies(folder) == 1
    assert (folder / "themes.yaml").read_text() == text
    assert notes_in(folder) == []
    assert mend_vocabularies(folder) == 0


def test_the_next_change_mends_as_well(session, keeper, folder, cut_off):
    before = term_of(folder)
    after = replace(before, label="Half done")
    cut_off(lambda: change(session, keeper, folder, "themes", after, seen=version_of(before)))
    change(
        session, keeper, folder, "themes", replace(before, label="Whole"), seen=version_of(before)
    )
    session.commit()
    assert term_of(folder).label == "Whole"
    assert notes_in(folder) == []


def test_killed_while_taking_back_the_change_stands(session, keeper, folder, cut_off):
    made = changed(session, keeper, folder, label="New words")
    cut_off(lambda: undo(session, keeper, folder, made.id))
    assert term_of(folder).label != "New words"
    assert mend(session, folder) == 1
    assert term_of(folder).label == "New words"


def test_a_note_beside_a_change_on_record_only_goes(session, keeper, folder):
    text = (folder / "themes.yaml").read_text()
    made = changed(session, keeper, folder, label="On record")
    becomes = (folder / "themes.yaml").read_text()
    Turn(folder / "themes.yaml", made.id, False, text, becomes).begin()  # killed after the commit
    assert mend(session, folder) == 0
    assert term_of(folder).label == "On record"
    assert notes_in(folder) == []


def test_words_written_by_hand_since_are_not_lost_by_mending(session, keeper, folder, cut_off):
    before = term_of(folder)
    after = replace(before, label="Half done")
    cut_off(lambda: change(session, keeper, folder, "themes", after, seen=version_of(before)))
    path = folder / "themes.yaml"
    path.write_text(path.read_text() + "# By hand.\n")
    assert mend(session, folder) == 1
    assert path.read_text().endswith("# By hand.\n")
