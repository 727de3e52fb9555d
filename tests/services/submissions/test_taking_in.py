"""A file becomes a draft, and nothing of it is lost."""

import json

import pytest
from sqlalchemy import select

from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.people import Role
from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.domain.workflow import State
from app.formats import intake
from app.formats.intake import Concern, Intake, Note, Piece, TakenPicture
from app.models.pictures import Picture
from app.models.submissions import DraftVersion
from app.services.submissions.pictures import find_pictures
from app.services.submissions.taking_in import (
    LEAVE_OUT,
    SentFile,
    find_originals,
    first_sentences,
    put_pieces,
    take_in_file,
    take_in_more,
)
from tests.builders import a_draft, a_person, actor_for
from tests.formats.intake.word_files import realistic
from tests.services.submissions.pictures_for_tests import a_picture

NOTE = Note(Concern.KEPT_OUT, "comment", "One comment was kept out, near “Context”.", 1)
PLAN = TakenPicture("plan.png", "image/png", a_picture(), "A plan")


def a_file(*pieces, title="Number talks", pictures=(PLAN,), notes=(NOTE,)):
    given = pieces or (
        Piece(
            "Context", 2, "We are a small school. We wanted talk.\n\n![A plan](pictures/plan.png)"
        ),
        Piece("Our holiday", 2, "It rained."),
        Piece("Impact", 2, "Learners talk more."),
    )
    intake = Intake(title, given, pictures, notes, ("Invented Author",))
    return SentFile("C:\\work\\talks.docx", b"the bytes", intake)


@pytest.fixture
def draft(session, actor):
    return take_in_file(session, actor, a_file(), Kind.CASE_STUDY)


def test_sections_title_and_summary_come_from_the_file(draft, head):
    assert draft.title == "Number talks"
    assert draft.summary == "We are a small school. We wanted talk."
    assert draft.body_markdown == (
        "## Context\n\nWe are a small school. We wanted talk.\n\n![A plan](pictures/plan.png)\n\n"
        "## Impact\n\nLearners talk more.\n"
    )
    assert (draft.author_id, draft.state) == (head.id, State.DRAFT)
    assert (draft.school, draft.authority) == ("Balquhinnie Primary School", "angus")
    assert [picture.name for picture in draft.pictures] == ["plan.png"]


def test_the_original_and_its_report_are_kept_and_the_authors_never_in_the_words(
    session, actor, draft
):
    [(original, report)] = find_originals(session, actor, draft.id)
    assert (original.file_name, original.data) == ("talks.docx", b"the bytes")
    assert report.notes == (NOTE,)
    assert report.authors == ("Invented Author",)
    assert [(p.heading, p.body.strip(), bool(p.suggested)) for p in report.waiting] == [
        ("Our holiday", "It rained.", True)
    ]
    assert "Invented Author" not in draft.body_markdown


def test_the_first_version_is_kept_for_merging(session, draft):
    [version] = session.scalars(select(DraftVersion).filter_by(revision_id=draft.id))
    assert version.version == draft.version == 1
    assert json.loads(version.fields_json)["title"] == "Number talks"


def test_a_waiting_piece_goes_where_it_is_put(session, actor, draft):
    [(original, _)] = find_originals(session, actor, draft.id)
    put_pieces(session, actor, draft.id, original.id, {1: "impact"})
    assert draft.body_markdown.endswith("Learners talk more.\n\n### Our holiday\n\nIt rained.\n")
    assert find_originals(session, actor, draft.id)[0][1].waiting == ()
    assert draft.version == 2


def test_a_piece_that_nobody_chose_goes_on_waiting_and_one_left_out_is_gone(session, actor, draft):
    [(original, report)] = find_originals(session, actor, draft.id)
    put_pieces(session, actor, draft.id, original.id, {})
    assert find_originals(session, actor, draft.id)[0][1] == report
    put_pieces(session, actor, draft.id, original.id, {1: LEAVE_OUT})
    assert find_originals(session, actor, draft.id)[0][1].waiting == ()
    assert "rained" not in draft.body_markdown


def test_a_picture_of_a_piece_that_is_left_out_goes_with_it(session, actor):
    sent = a_file(Piece("Our holiday", 2, "![A plan](pictures/plan.png)"))
    draft = take_in_file(session, actor, sent, Kind.CASE_STUDY)
    assert len(draft.pictures) == 1
    [(original, _)] = find_originals(session, actor, draft.id)
    put_pieces(session, actor, draft.id, original.id, {1: LEAVE_OUT})
    assert draft.pictures == []
    assert session.get(Picture, "plan.png") is None


def test_an_unknown_section_is_refused(session, actor, draft):
    [(original, _)] = find_originals(session, actor, draft.id)
    with pytest.raises(InvalidInput):
        put_pieces(session, actor, draft.id, original.id, {1: "nowhere"})


def test_a_second_file_goes_behind_the_words_of_each_section(session, actor, draft):
    take_in_more(session, actor, draft.id, a_file(Piece("Impact", 2, "And more.")))
    assert draft.body_markdown.endswith("Learners talk more.\n\nAnd more.\n")
    assert draft.title == "Number talks"
    assert len(find_originals(session, actor, draft.id)) == 2
    assert draft.version == 2


def test_a_picture_whose_name_is_taken_is_renamed_in_the_words_too(session, actor, draft):
    other = TakenPicture("plan.png", "image/png", a_picture(colour="red"), "Another")
    sent = a_file(Piece("Context", 2, "![Another](pictures/plan.png)"), pictures=(other,))
    second = take_in_file(session, actor, sent, Kind.CASE_STUDY)
    [picture] = second.pictures
    assert picture.name != "plan.png"
    assert f"![Another](pictures/{picture.name})" in second.body_markdown


def test_a_submitted_draft_takes_no_more(session, actor, head):
    draft = a_draft(session, head, state=State.SUBMITTED)
    with pytest.raises(WrongState):
        take_in_more(session, actor, draft.id, a_file())


@pytest.mark.parametrize("role", [Role.NATIONAL_READER, Role.AUTHORITY_OFFICER])
def test_roles_that_write_nothing_take_nothing_in(session, role):
    with pytest.raises(NotAllowed):
        take_in_file(session, actor_for(a_person(session, role)), a_file(), Kind.CASE_STUDY)


def test_another_teacher_knows_nothing_of_it(session, draft):
    other = actor_for(a_person(session, Role.TEACHER))
    with pytest.raises(NotFound):
        find_originals(session, other, draft.id)


def test_a_real_word_file_becomes_a_draft_with_nothing_retyped(session, actor):
    data = realistic()
    read = intake.take_in("Talks.docx", data)
    draft = take_in_file(session, actor, SentFile("Talks.docx", data, read), Kind.CASE_STUDY)
    [(_, report)] = find_originals(session, actor, draft.id)
    assert set(report.placed) == {section.code for section in SECTIONS[Kind.CASE_STUDY]}
    assert report.waiting == ()
    assert len(draft.pictures) == report.pictures == 6
    assert all(picture.is_shown and picture.alt for picture in find_pictures(draft))
    assert 0 < len(draft.summary.split()) <= 60
    assert report.authors
    assert not any(author in draft.body_markdown for author in report.authors)


def test_a_summary_keeps_whole_sentences_and_sixty_words():
    long = "One two three. " * 30
    assert len(first_sentences(long).split()) == 60
    assert first_sentences("word " * 61) == ""
    assert first_sentences("It works! Does it? Yes.") == "It works! Does it? Yes."
