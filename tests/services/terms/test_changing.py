"""Changing a term: the file, the record and what must follow, together or not at all."""

import difflib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.events import EventKind
from app.domain.people import Role
from app.domain.taxonomy import Term
from app.domain.terms import TermChanged, WrongTerm, version_of
from app.formats.taxonomy_files import read_taxonomy
from app.formats.vocabulary_turns import Turn
from app.models.audit import AuditEntry
from app.models.outbox import OutboxEvent
from app.models.terms import TermChange
from app.services.terms import turning
from app.services.terms.changing import change, undo
from app.services.terms.mending import mend, mend_vocabularies
from tests.builders import a_person, a_resource, a_school, actor_for

NEW = version_of(None)


def term_of(folder, vocabulary="themes", code="attendance"):
    return read_taxonomy(folder).vocabularies[vocabulary].by_code[code]


def changed(session, keeper, folder, vocabulary="themes", code="attendance", **values):
    before = term_of(folder, vocabulary, code)
    made = change(
        session, keeper, folder, vocabulary, replace(before, **values), seen=version_of(before)
    )
    session.commit()
    return made


def lines_changed(old, new):
    return [
        line
        for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def notes_in(folder):
    return [path.name for path in folder.iterdir() if path.suffix != ".yaml"]


def test_a_new_label_stands_in_the_file_once_it_is_committed(session, keeper, folder):
    text = (folder / "themes.yaml").read_text()
    before = term_of(folder)
    made = change(
        session,
        keeper,
        folder,
        "themes",
        replace(before, label="Being there"),
        seen=version_of(before),
    )
    assert (folder / "themes.yaml").read_text() == text
    session.commit()
    assert lines_changed(text, (folder / "themes.yaml").read_text()) == [
        f"-  label: {before.label}",
        "+  label: Being there",
    ]
    assert term_of(folder).label == "Being there"
    assert notes_in(folder) == []
    assert (made.vocabulary, made.code, made.person_id) == ("themes", "attendance", keeper.id)
    entry = session.query(AuditEntry).one()
    assert (entry.action, entry.subject) == (AuditAction.TERM_CHANGED, "term:themes/attendance")


def test_what_is_filed_under_a_relabelled_term_is_indexed_anew(session, keeper, folder):
    mine = a_resource(session, terms={"theme": ("attendance",)})
    a_resource(session, title="Another", terms={"theme": ("pef",)})
    changed(session, keeper, folder, label="Being there")
    events = session.query(OutboxEvent).all()
    assert [(e.kind, e.subject_id) for e in events] == [(EventKind.RESOURCE_RELABELLED, mine.id)]


def test_another_name_needs_no_new_index(session, keeper, folder):
    a_resource(session, terms={"theme": ("attendance",)})
    aliases = (*term_of(folder).aliases, "turning up")
    changed(session, keeper, folder, aliases=aliases)
    assert term_of(folder).aliases == aliases
    assert session.query(OutboxEvent).count() == 0


def test_a_region_is_renamed_for_all_that_stands_in_it(session, keeper, folder):
    here = a_resource(session, region="tayside")
    a_resource(session, title="Away", region="south-east")
    changed(session, keeper, folder, "regions", "tayside", label="Tay")
    assert [e.subject_id for e in session.query(OutboxEvent)] == [here.id]


def test_a_change_is_taken_back_to_the_very_bytes(session, keeper, folder):
    text = (folder / "stages.yaml").read_text()
    made = changed(session, keeper, folder, "stages", "p7", label="Primary seven", note="x: y")
    assert (folder / "stages.yaml").read_text() != text
    undo(session, keeper, folder, made.id)
    session.commit()
    assert (folder / "stages.yaml").read_text() == text
    assert made.undone_at is not None
    assert notes_in(folder) == []
    with pytest.raises(WrongState, match="taken back already"):
        undo(session, keeper, folder, made.id)


def test_an_earlier_change_is_not_taken_back_beneath_a_later_one(session, keeper, folder):
    first = changed(session, keeper, folder, label="One")
    second = changed(session, keeper, folder, label="Two")
    with pytest.raises(WrongState, match="changed again since"):
        undo(session, keeper, folder, first.id)
    undo(session, keeper, folder, second.id)
    session.commit()
    undo(session, keeper, folder, first.id)
    session.commit()
    assert session.query(TermChange).filter_by(undone_at=None).count() == 0


def test_a_new_term_stands_behind_the_one_that_was_named(session, keeper, folder):
    term = Term("beach-schools", "Beach schools", aliases=("beach",), broader=("curriculum",))
    change(session, keeper, folder, "themes", term, seen=NEW, behind="pef")
    session.commit()
    codes = read_taxonomy(folder).codes("themes")
    assert codes[codes.index("pef") + 1] == "beach-schools"
    assert term_of(folder, code="beach-schools") == term


def test_a_new_term_of_the_stages_stands_before_their_spans(session, keeper, folder):
    term = Term("s7", "S7", broader=("senior",))
    made = change(session, keeper, folder, "stages", term, seen=NEW)
    session.commit()
    assert read_taxonomy(folder).codes("stages")[-1] == "s7"
    undo(session, keeper, folder, made.id)
    session.commit()
    assert "s7" not in read_taxonomy(folder).codes("stages")


def test_a_new_term_that_was_used_is_not_taken_back(session, keeper, folder):
    term = Term("beach-schools", "Beach schools", broader=("curriculum",))
    made = change(session, keeper, folder, "themes", term, seen=NEW)
    session.commit()
    a_resource(session, terms={"theme": ("beach-schools",)})
    with pytest.raises(WrongState, match="has been used since"):
        undo(session, keeper, folder, made.id)


def test_a_new_authority_with_a_school_is_not_taken_back(session, keeper, folder):
    term = Term("new-town", "New Town", broader=("tayside",))
    made = change(session, keeper, folder, "authorities", term, seen=NEW)
    session.commit()
    a_school(session, "New Town Primary School", authority="new-town")
    with pytest.raises(WrongState, match="has been used since"):
        undo(session, keeper, folder, made.id)


def test_a_successor_keeps_a_new_term_from_being_taken_back(session, keeper, folder):
    term = Term("beach-schools", "Beach schools", broader=("curriculum",))
    made = change(session, keeper, folder, "themes", term, seen=NEW)
    session.commit()
    changed(session, keeper, folder, replaced_by="beach-schools")
    with pytest.raises(WrongState, match="has been used since"):
        undo(session, keeper, folder, made.id)


def test_the_second_of_two_is_told_and_shown_how_it_is_now(session, keeper, folder):
    before = term_of(folder)
    changed(session, keeper, folder, label="Theirs")
    with pytest.raises(TermChanged) as refusal:
        change(
            session,
            keeper,
            folder,
            "themes",
            replace(before, label="Mine"),
            seen=version_of(before),
        )
    assert refusal.value.now.label == "Theirs"


def test_a_change_by_hand_is_noticed_too(session, keeper, folder):
    before = term_of(folder)
    path = folder / "themes.yaml"
    path.write_text(path.read_text().replace(before.label, "By hand"))
    with pytest.raises(TermChanged):
        change(
            session, keeper, folder, "themes", replace(before, label="M"), seen=version_of(before)
        )


def test_what_is_wrong_is_told_by_field(session, keeper, folder):
    with pytest.raises(WrongTerm) as refusal:
        changed(session, keeper, folder, label="", replaced_by="attendance")
    assert set(refusal.value.fields) == {"label", "replaced_by"}


def test_nothing_changed_is_said_so(session, keeper, folder):
    with pytest.raises(InvalidInput, match="nothing to save"):
        changed(session, keeper, folder)


def test_a_kind_can_be_renamed_but_none_added(session, keeper, folder):
    changed(session, keeper, folder, "kinds", "case-study", label="Story")
    with pytest.raises(InvalidInput, match="own rules"):
        change(session, keeper, folder, "kinds", Term("film", "Film"), seen=NEW)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.VISITOR, Role.ADMINISTRATOR}]
)
def test_only_an_administrator_changes_terms(session, folder, role):
    actor = actor_for(a_person(session, role))
    before = term_of(folder)
    with pytest.raises(NotAllowed):
        change(
            session, actor, folder, "themes", replace(before, label="M"), seen=version_of(before)
        )
    with pytest.raises(NotAllowed):
        undo(session, actor, folder, 1)


def test_what_is_not_there_is_told(session, keeper, folder):
    with pytest.raises(NotFound):
        change(session, keeper, folder, "../themes", Term("a", "A"), seen="x")
    with pytest.raises(NotFound):
        change(session, keeper, folder, "themes", Term("nothing", "A"), seen="x")
    with pytest.raises(NotFound):
        undo(session, keeper, folder, 17)


# When something fails between


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


def test_a_last_day_to_come_leaves_a_term_in_use(session, keeper, folder):
    changed(session, keeper, folder, valid_to=date(2999, 7, 31))
    assert term_of(folder).is_offered
    changed(session, keeper, folder, valid_to=date(2020, 7, 31))
    assert term_of(folder).is_retired
