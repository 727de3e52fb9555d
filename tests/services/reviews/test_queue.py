"""The queue of a region, and who sees to what."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.domain.errors import InvalidInput, NotAllowed, WrongState
from app.domain.people import OPERATOR, Role
from app.domain.workflow import State
from app.models.notifications import Notification
from app.models.submissions import DraftVersion
from app.services.reviews import queue
from app.services.reviews.queue import QueueFilters, Stage
from tests.builders import a_draft, a_person, actor_for, utc_now

DUE_DAYS = 10


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


def waiting(session, head, title="Peat", days=0, **more):
    at = utc_now() - timedelta(days=days)
    return a_draft(session, head, state=State.SUBMITTED, title=title, submitted_at=at, **more)


def titles(session, lead, **filters):
    found = queue.find_waiting(session, actor_for(lead), QueueFilters(**filters), DUE_DAYS)
    return [line.revision.title for line in found.lines]


def test_the_oldest_comes_first_and_what_is_overdue_is_marked(session, head, lead):
    waiting(session, head, "New", days=1)
    waiting(session, head, "Old", days=30)
    found = queue.find_waiting(session, actor_for(lead), QueueFilters(), DUE_DAYS)
    assert [(w.revision.title, w.is_overdue) for w in found.lines] == [
        ("Old", True),
        ("New", False),
    ]
    assert (found.total, found.overdue, found.authorities) == (2, 1, ("angus",))


def test_the_queue_is_narrowed(session, head, lead):
    mine = waiting(session, head, "Mine")
    waiting(session, head, "Nobody’s")
    a_draft(session, head, state=State.APPROVED, title="Approved")
    queue.assign(session, actor_for(lead), mine.id, lead.id)
    assert titles(session, lead, whose="mine") == ["Mine"]
    assert titles(session, lead, whose="nobody") == ["Nobody’s"]
    assert titles(session, lead, authority="fife") == []
    assert titles(session, lead, stage=Stage.APPROVED) == ["Approved"]


def test_a_page_of_the_queue_takes_few_questions_to_the_database(session, head, lead):
    for number in range(queue.PER_PAGE + 5):
        waiting(session, head, f"Title {number}", days=number)
    actor, asked = actor_for(lead), []
    session.expire_all()
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(session.get_bind(), "before_cursor_execute", listen)
    found = queue.find_waiting(session, actor, QueueFilters(page=2), DUE_DAYS)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert (len(found.lines), found.total) == (5, queue.PER_PAGE + 5)
    assert len(asked) <= 4


def test_what_a_lead_wrote_a_part_of_is_marked(session, head, lead):
    revision = waiting(session, head)
    session.add(
        DraftVersion(revision_id=revision.id, version=1, person_id=lead.id, fields_json="{}")
    )
    session.flush()
    found = queue.find_waiting(session, actor_for(lead), QueueFilters(), DUE_DAYS)
    assert [line.may_judge for line in found.lines] == [False]


def test_who_is_given_a_review_is_told(session, head, lead):
    other = a_person(session, Role.REGIONAL_LEAD)
    revision = waiting(session, head)
    queue.assign(session, actor_for(lead), revision.id, other.id)
    assert [(n.person_id, n.kind) for n in session.query(Notification)] == [(other.id, "assigned")]
    queue.assign(session, actor_for(lead), revision.id, None)
    assert revision.assigned_to_id is None


def test_a_review_is_given_to_leads_of_the_region_only_and_while_there_is_one(session, head, lead):
    revision = waiting(session, head)
    for person in (head, a_person(session, Role.REGIONAL_LEAD, region="south-east")):
        with pytest.raises(InvalidInput, match="Choose a lead"):
            queue.assign(session, actor_for(lead), revision.id, person.id)
    published = a_draft(session, head, state=State.PUBLISHED)
    with pytest.raises(WrongState, match="nobody need see to it"):
        queue.assign(session, actor_for(lead), published.id, lead.id)


def test_only_the_operator_lists_every_region(session, head, lead):
    revision = waiting(session, head, days=30)
    found = queue.find_open(session, OPERATOR, DUE_DAYS)
    assert [(w.revision.id, w.is_overdue) for w in found] == [(revision.id, True)]
    with pytest.raises(NotAllowed):
        queue.find_open(session, actor_for(lead), DUE_DAYS)
