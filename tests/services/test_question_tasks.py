"""Questions and reports as tasks: whose they are, and when they are late."""

from datetime import timedelta

import pytest

from app.domain.concerns import ConcernAbout
from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.tasks import TaskKind
from app.models.questions import Concern
from app.services.tasks import find_tasks
from tests.builders import a_person, a_question, a_resource, a_school, actor_for

LONG_AGO = timedelta(days=30)
KINDS = (TaskKind.ANSWER_QUESTION, TaskKind.ROUTE_QUESTION, TaskKind.JUDGE_CONCERN)


def waits(session, person):
    tasks = find_tasks(session, actor_for(person), 10, question_due_days=5)
    return [(task.kind, task.count, task.overdue) for task in tasks if task.kind in KINDS]


@pytest.fixture
def resource(session):
    school = a_school(session)
    return a_resource(session, authority="angus", school_id=school.id)


@pytest.fixture
def asker(session):
    other = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=other)


def test_the_school_is_waited_for_at_once_and_the_lead_when_it_is_late(session, resource, asker):
    teacher, lead = (a_person(session, role) for role in (Role.TEACHER, Role.REGIONAL_LEAD))
    elsewhere = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    question = a_question(session, resource, asker)
    assert waits(session, teacher) == [(TaskKind.ANSWER_QUESTION, 1, 0)]
    assert waits(session, lead) == []

    question.asked_at = utc_now() - LONG_AGO
    session.flush()
    assert waits(session, teacher) == [(TaskKind.ANSWER_QUESTION, 1, 1)]
    assert waits(session, lead) == [(TaskKind.ROUTE_QUESTION, 1, 1)]
    assert waits(session, elsewhere) == []
    assert waits(session, asker) == [], "it is nothing of their school's"


@pytest.mark.parametrize("column", ["answered_at", "hidden_at"])
def test_what_is_answered_or_hidden_waits_for_nobody(session, resource, asker, column):
    question = a_question(session, resource, asker, asked_at=utc_now() - LONG_AGO)
    setattr(question, column, utc_now())
    session.flush()
    for role in (Role.TEACHER, Role.REGIONAL_LEAD):
        assert waits(session, a_person(session, role)) == []


def test_reports_wait_for_the_leads_of_their_region_and_for_administrators(session, asker):
    session.add(
        Concern(
            about=ConcernAbout.QUESTION,
            thing_id="1",
            region="tayside",
            words="It names a child.",
            raised_by_id=asker.id,
        )
    )
    session.flush()
    due = [(TaskKind.JUDGE_CONCERN, 1, 0)]
    assert waits(session, a_person(session, Role.REGIONAL_LEAD)) == due
    assert waits(session, a_person(session, Role.ADMINISTRATOR)) == due
    assert waits(session, a_person(session, Role.REGIONAL_LEAD, region="south-east")) == []
    assert waits(session, a_person(session, Role.TEACHER)) == []
