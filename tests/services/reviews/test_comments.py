"""What reviewers and writers say to one another, who may resolve it, and who is told."""

import pytest

from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.people import Role
from app.domain.workflow import State
from app.models.notifications import Notification
from app.models.submissions import DraftVersion
from app.services.reviews import comments
from tests.builders import a_draft, a_person, actor_for


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def submitted(session, head):
    return a_draft(session, head, state=State.SUBMITTED)


def say(session, person, revision, words="Which term was it?", **more):
    return comments.comment(session, actor_for(person), revision.id, words, **more)


def told(session):
    return [(n.person_id, n.path) for n in session.query(Notification).order_by(Notification.id)]


def test_the_writer_is_told_of_a_comment_and_its_reviewer_of_the_answer(
    session, head, lead, submitted
):
    asked = say(session, lead, submitted, section="context")
    comments.answer(session, actor_for(head), asked.id, "The autumn term.")
    assert told(session) == [
        (head.id, f"/submissions/{submitted.id}"),
        (lead.id, f"/reviews/{submitted.id}"),
    ]


def test_an_answer_to_an_answer_stands_below_what_was_said_first(session, head, lead, submitted):
    asked = say(session, lead, submitted, section="context")
    first = comments.answer(session, actor_for(head), asked.id, "The autumn term.")
    second = comments.answer(session, actor_for(lead), first.id, "Then say so.")
    assert (second.answers_id, second.section) == (asked.id, "context")


def test_a_blocking_comment_is_resolved_by_a_reviewer_and_not_by_its_writer(
    session, head, lead, submitted
):
    asked = say(session, lead, submitted, is_blocking=True)
    with pytest.raises(NotAllowed, match="Only a reviewer"):
        comments.resolve(session, actor_for(head), asked.id)
    comments.resolve(session, actor_for(lead), asked.id)
    assert asked.resolved_by_id == lead.id
    comments.resolve(session, actor_for(lead), asked.id, is_resolved=False)
    assert asked.resolved_at is None


def test_a_lead_who_wrote_a_part_neither_comments_nor_resolves_what_blocks(
    session, head, lead, submitted
):
    asked = say(session, lead, submitted, is_blocking=True)
    other = a_person(session, Role.REGIONAL_LEAD)
    session.add(
        DraftVersion(revision_id=submitted.id, version=1, person_id=other.id, fields_json="{}")
    )
    session.flush()
    with pytest.raises(NotAllowed, match="Only a reviewer"):
        comments.resolve(session, actor_for(other), asked.id)
    with pytest.raises(NotAllowed, match="own work"):
        say(session, other, submitted)


@pytest.mark.parametrize(
    ("words", "section", "sentence"),
    [
        (" \0 ", "", "Write your comment"),
        ("x" * 4001, "", "at most 4000"),
        ("Well.", "what-this-is", "Choose a section"),  # of the other kind
    ],
)
def test_what_is_no_comment_is_refused_in_a_sentence(
    session, lead, submitted, words, section, sentence
):
    with pytest.raises(InvalidInput, match=sentence):
        say(session, lead, submitted, words, section=section)


@pytest.mark.parametrize("state", [State.DECLINED, State.PUBLISHED, State.SUPERSEDED])
def test_what_is_out_of_review_is_not_commented_on(session, head, lead, state):
    with pytest.raises(WrongState, match="nothing to comment on"):
        say(session, lead, a_draft(session, head, state=state))


def test_comments_are_for_those_who_may_see_the_draft(session, head, lead, submitted):
    asked = say(session, lead, submitted)
    strangers = [
        a_person(session, Role.TEACHER),
        a_person(session, Role.REGIONAL_LEAD, region="south-east"),
        a_person(session, Role.ADMINISTRATOR),
    ]
    for stranger in map(actor_for, strangers):
        with pytest.raises(NotFound):
            comments.find_comments(session, stranger, submitted.id)
        with pytest.raises(NotFound, match="no such comment"):
            comments.answer(session, stranger, asked.id, "Well?")
        with pytest.raises(NotFound, match="no such comment"):
            comments.resolve(session, stranger, asked.id)
    assert comments.find_comments(session, actor_for(head), submitted.id) == [asked]
