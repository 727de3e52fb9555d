"""What waits for whom: by their role, and nothing of others."""

from datetime import timedelta

import pytest

from app.domain.events import EventKind, Follower
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.domain.tasks import Task, TaskKind
from app.domain.workflow import State
from app.models.outbox import OutboxEvent
from app.models.people import Invitation
from app.services.tasks import find_tasks
from tests.builders import a_draft, a_person, a_school, actor_for

KIND = TaskKind


def waits(session, person):
    return [
        (task.kind, task.title or task.count) for task in find_tasks(session, actor_for(person), 10)
    ]


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


def test_a_visitor_is_waited_for_by_nothing(session, teacher):
    a_draft(session, teacher)
    assert find_tasks(session, VISITOR, 10) == ()


def test_a_teacher_finishes_drafts_and_makes_changes(session, teacher):
    colleague = a_person(session, Role.TEACHER)
    for author, state, title in (
        (teacher, State.DRAFT, "Mine"),
        (teacher, State.CHANGES_WANTED, "To be changed"),
        (teacher, State.WITH_SCHOOL, "Offered"),
        (teacher, State.SUBMITTED, "Submitted"),
        (colleague, State.DRAFT, "A colleague’s"),
        (colleague, State.CHANGES_WANTED, "A colleague’s, to be changed"),
    ):
        a_draft(session, author, state=state, title=title)
    assert waits(session, teacher) == [
        (KIND.ANSWER_CHANGES, "To be changed"),
        (KIND.FINISH_DRAFT, "Mine"),
    ]


def test_a_headteacher_signs_off_and_sees_what_is_to_be_changed_at_the_school(session, teacher):
    head = a_person(session, Role.HEADTEACHER)
    elsewhere = a_person(session, Role.TEACHER, school=a_school(session, "Other School"))
    for author, state, title in (
        (teacher, State.DRAFT, "Not offered"),
        (teacher, State.WITH_SCHOOL, "Offered"),
        (teacher, State.CHANGES_WANTED, "To be changed"),
        (elsewhere, State.WITH_SCHOOL, "Offered elsewhere"),
        (head, State.DRAFT, "The head’s own"),
    ):
        a_draft(session, author, state=state, title=title)
    assert waits(session, head) == [
        (KIND.ANSWER_CHANGES, "To be changed"),
        (KIND.SIGN_OFF, "Offered"),
        (KIND.FINISH_DRAFT, "The head’s own"),
    ]


def test_a_lead_reviews_what_others_of_the_region_submitted(session, teacher):
    lead, other_lead = (a_person(session, Role.REGIONAL_LEAD) for _ in range(2))
    north = a_person(session, Role.TEACHER, school=a_school(session, "N", "moray", "northern"))
    old = a_draft(session, teacher, state=State.SUBMITTED, title="Old")
    old.submitted_at = utc_now() - timedelta(days=30)
    new = a_draft(session, teacher, state=State.SUBMITTED, title="New")
    new.submitted_at = utc_now()
    a_draft(session, lead, state=State.SUBMITTED, title="The lead’s own")
    a_draft(session, north, state=State.SUBMITTED, title="Elsewhere")
    theirs = a_draft(session, teacher, state=State.SUBMITTED, title="Given to another")
    theirs.assigned_to_id, theirs.submitted_at = other_lead.id, utc_now()
    a_draft(session, teacher, state=State.APPROVED, title="To be published")
    later = a_draft(session, teacher, state=State.APPROVED, title="Published by the clock")
    later.publish_at = utc_now() + timedelta(days=1)
    session.flush()

    found = find_tasks(session, actor_for(lead), 10)

    assert found[0] == Task(KIND.REVIEW, 2, since=old.submitted_at, overdue=1)
    assert [task.title for task in found[1:]] == ["To be published"]


def test_many_of_one_kind_are_one_line(session, teacher):
    for number in range(6):
        a_draft(session, teacher, title=f"Draft {number}")
    (task,) = find_tasks(session, actor_for(teacher), 10)
    assert (task.count, task.thing_id) == (6, None)


def test_an_officer_sees_invitations_that_are_open(session):
    officer = a_person(session, Role.AUTHORITY_OFFICER)
    now = utc_now()
    for n, more in enumerate(({}, {"used_at": now}, {"revoked_at": now}, {"expires_at": now})):
        words = {"expires_at": now + timedelta(days=7), "invited_by_id": officer.id, **more}
        email = f"new-{n}@sample.example"
        session.add(Invitation(email=email, name="Invented", role=Role.TEACHER, **words))
    session.flush()
    assert waits(session, officer) == [(KIND.WATCH_INVITATIONS, 1)]


def test_an_administrator_hears_of_an_index_and_of_letters_that_lag(session):
    administrator = a_person(session, Role.ADMINISTRATOR)
    long_ago = utc_now() - timedelta(hours=1)
    kind = EventKind.PERSON_TOLD
    for follower, more in (
        (Follower.INDEX, {"happened_at": long_ago}),
        (Follower.INDEX, {}),
        (Follower.MAIL, {"happened_at": long_ago}),
        (Follower.MAIL, {"handled_at": utc_now(), "note": "given up: refused"}),
        (Follower.MAIL, {"handled_at": utc_now(), "note": "not wished"}),
        (Follower.MAIL, {}),
    ):
        session.add(OutboxEvent(follower=follower, kind=kind, subject_id="1", **more))
    session.flush()
    assert waits(session, administrator) == [(KIND.MEND_INDEX, 1), (KIND.MEND_MAIL, 2)]


def test_a_national_reader_is_waited_for_by_nothing(session, teacher):
    a_draft(session, teacher, state=State.SUBMITTED)
    assert waits(session, a_person(session, Role.NATIONAL_READER)) == []
