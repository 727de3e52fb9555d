"""A revision's life, as services move it: locks, history, audit entries, events."""

import pytest
from sqlalchemy import select

from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.people import Role
from app.domain.workflow import State, Step
from app.models.audit import AuditEntry
from app.models.outbox import OutboxEvent
from app.services.moving import move, read_revision
from tests.builders import a_draft, a_person, actor_for

WHY = "It says what changed, and how they know."


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


def events(session):
    return [(e.kind, e.follower) for e in session.scalars(select(OutboxEvent))]


def test_from_draft_to_published_each_step_is_in_the_history_and_in_the_audit_log(
    session, head, lead
):
    revision = a_draft(session, head, title="Peat and percentages")

    move(session, actor_for(head), revision, Step.SUBMIT)
    move(session, actor_for(lead), revision, Step.APPROVE, WHY)
    move(session, actor_for(lead), revision, Step.PUBLISH)

    assert revision.state is State.PUBLISHED
    assert [(s.step, s.person_id, s.comment) for s in revision.steps] == [
        (Step.SUBMIT, head.id, ""),
        (Step.APPROVE, lead.id, WHY),
        (Step.PUBLISH, lead.id, ""),
    ]
    assert [e.action for e in session.scalars(select(AuditEntry).order_by(AuditEntry.number))] == [
        "revision.submit",
        "revision.approve",
        "revision.publish",
    ]
    assert revision.resource.slug == "peat-and-percentages"
    assert revision.published_at is not None
    assert revision.published_on is not None
    assert events(session) == [
        ("resource.published", "index"),
        ("resource.published", "content"),
    ]


def test_a_new_version_supersedes_the_one_before(session, head, lead):
    first = a_draft(session, head, state=State.PUBLISHED)
    second = a_draft(session, head, state=State.APPROVED, title="Another")
    second.resource_id, second.number = first.resource_id, 2
    session.flush()
    session.expire_all()

    move(session, actor_for(lead), second, Step.PUBLISH)

    assert (first.state, second.state) == (State.SUPERSEDED, State.PUBLISHED)
    assert first.steps[-1].step is Step.SUPERSEDE


def test_a_decision_without_a_reason_is_refused(session, head, lead):
    revision = a_draft(session, head, state=State.SUBMITTED)
    with pytest.raises(InvalidInput, match="Say why"):
        move(session, actor_for(lead), revision, Step.DECLINE, " no ")
    assert revision.state is State.SUBMITTED


def test_nobody_reviews_their_own_work(session):
    lead = a_person(session, Role.REGIONAL_LEAD)
    revision = a_draft(session, lead, state=State.SUBMITTED)
    with pytest.raises(NotAllowed):
        move(session, actor_for(lead), revision, Step.APPROVE, WHY)


def test_the_second_of_two_decisions_meets_the_first(session, head, lead):
    revision = a_draft(session, head, state=State.SUBMITTED)
    move(session, actor_for(lead), revision, Step.APPROVE, WHY)
    with pytest.raises(WrongState, match="approved cannot ask for changes"):
        move(session, actor_for(lead), revision, Step.ASK_FOR_CHANGES, WHY)


def test_an_older_version_is_not_restored_over_a_newer_one(session, head):
    old = a_draft(session, head, state=State.WITHDRAWN)
    new = a_draft(session, head, state=State.PUBLISHED, title="Another")
    new.resource_id, new.number = old.resource_id, 2
    session.flush()
    session.expire_all()
    with pytest.raises(WrongState, match="newer version"):
        move(session, actor_for(head), old, Step.RESTORE, WHY)


def test_a_draft_of_others_is_as_if_it_were_not_there(session, head):
    revision = a_draft(session, a_person(session))
    strangers = [
        a_person(session, Role.TEACHER),
        a_person(session, Role.REGIONAL_LEAD),
        a_person(session, Role.ADMINISTRATOR),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound, match="no such draft"):
            read_revision(session, actor_for(stranger), revision.id)
    assert read_revision(session, actor_for(head), revision.id) is revision
