"""Changing a term: the file, the record and what must follow, together or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.events import EventKind
from app.domain.people import Role
from app.domain.taxonomy import Term
from app.domain.terms import TermChanged, WrongTerm, version_of
from app.formats.taxonomy_files import read_taxonomy
from app.models.audit import AuditEntry
from app.models.outbox import OutboxEvent
from app.models.terms import TermChange
from app.services.terms.changing import change, undo
from tests.builders import a_person, a_resource, a_school, actor_for
from tests.services.terms.deeds import changed, lines_changed, notes_in, term_of

NEW = version_of(None)


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


def test_a_last_day_to_come_leaves_a_term_in_use(session, keeper, folder):
    changed(session, keeper, folder, valid_to=date(2999, 7, 31))
    assert term_of(folder).is_offered
    changed(session, keeper, folder, valid_to=date(2020, 7, 31))
    assert term_of(folder).is_retired
