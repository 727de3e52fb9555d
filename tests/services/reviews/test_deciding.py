"""Deciding, scheduling and the clock; what is scheduled shows through no door."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.audit import AuditAction
from app.domain.errors import NotAllowed, NotFound, WrongState
from app.domain.moments import day_in_scotland
from app.domain.people import OPERATOR, Role
from app.domain.rubric import CODES
from app.domain.workflow import State, Step
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.models.submissions import DraftVersion
from app.services.reviews import deciding
from app.services.reviews.queue import due_at
from tests.builders import a_draft, a_person, actor_for

MARKS = dict.fromkeys(CODES, 3)
WHY = "It says what changed, and how they know."
SECRET = "zephyrmarmalade"  # a word that stands nowhere else


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


def approve(session, lead, revision):
    return deciding.decide(
        session,
        actor_for(lead),
        revision.id,
        Step.APPROVE,
        seen_version=revision.version,
        comment=WHY,
        marks=MARKS,
    )


def test_the_writer_is_told_and_not_the_reviewer(session, head, lead):
    approve(session, lead, a_draft(session, head, state=State.SUBMITTED))
    told = session.query(Notification).all()
    assert [(n.person_id, n.kind) for n in told] == [(head.id, "approved")]


def test_marks_are_kept_with_the_step(session, head, lead):
    revision = approve(session, lead, a_draft(session, head, state=State.SUBMITTED))
    assert revision.steps[-1].review.clarity == 3


def test_what_is_due_is_published_once(session, head, lead):
    revision = approve(session, lead, a_draft(session, head, state=State.SUBMITTED))
    later = datetime.now(UTC) + timedelta(hours=1)
    deciding.publish(session, actor_for(lead), revision.id, later)

    assert deciding.find_due(session, datetime.now(UTC)) == []
    assert not deciding.publish_due(session, OPERATOR, revision.id, datetime.now(UTC))
    after = later + timedelta(minutes=1)
    assert deciding.find_due(session, after) == [revision.id]
    assert deciding.publish_due(session, OPERATOR, revision.id, after)
    assert revision.state is State.PUBLISHED
    assert not deciding.publish_due(session, OPERATOR, revision.id, after)


def test_only_what_is_approved_has_a_day(session, head, lead):
    revision = a_draft(session, head, state=State.SUBMITTED)
    with pytest.raises(WrongState, match="only what is approved"):
        deciding.publish(
            session, actor_for(lead), revision.id, datetime.now(UTC) + timedelta(days=1)
        )


def test_a_lead_of_another_region_decides_nothing_here(session, head):
    other = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    with pytest.raises(NotFound):
        approve(session, other, a_draft(session, head, state=State.SUBMITTED))


@pytest.mark.parametrize(
    ("submitted", "days", "due"),
    [
        ("2026-11-23", 1, "2026-11-24"),  # Monday to Tuesday
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday to Monday
        ("2026-11-23", 10, "2026-12-07"),
    ],
)
def test_a_review_is_due_after_so_many_working_days(submitted, days, due):
    begun = datetime.fromisoformat(f"{submitted}T10:00:00+00:00")
    assert due_at(begun, days).date().isoformat() == due


@pytest.fixture
def scheduled(session, head, lead):
    revision = a_draft(
        session,
        head,
        state=State.SUBMITTED,
        title=f"About {SECRET}",
        summary=SECRET,
        body=f"## Context\n\n{SECRET}\n",
        tags=(SECRET,),
    )
    approve(session, lead, revision)
    deciding.publish(session, actor_for(lead), revision.id, datetime.now(UTC) + timedelta(days=30))
    return revision


DOORS = (
    "/",
    f"/search?q={SECRET}",
    f"/search/suggestions?q={SECRET[:6]}",
    "/search/suggestions?q=about",
    "/browse",
    "/browse/region/tayside",
    f"/api/v1/search?q={SECRET}",
    "/api/v1/taxonomy",
    "/health",
)


@pytest.mark.parametrize("who", ["visitor", "teacher", "head elsewhere", "lead elsewhere", "admin"])
def test_what_waits_for_its_day_shows_through_no_door(
    session, scheduled, client, as_person, index_now, who
):
    people = {
        "teacher": (Role.TEACHER, {}),
        "head elsewhere": (Role.HEADTEACHER, {"authority": "fife", "region": "south-east"}),
        "lead elsewhere": (Role.REGIONAL_LEAD, {"region": "south-east"}),
        "admin": (Role.ADMINISTRATOR, {}),
    }
    index_now()
    if who != "visitor":
        role, place = people[who]
        client = as_person(a_person(session, role, **place))
    for door in DOORS:
        text = client.get(door).text.replace(f'value="{SECRET}"', "")
        assert f"About {SECRET}" not in text, door
    for name in (scheduled.resource_id, scheduled.resource.slug, f"about-{SECRET}"):
        for tail in ("", ".md", "/versions", "/versions/1"):
            assert client.get(f"/resources/{name}{tail}").status_code == 404
        assert client.get(f"/api/v1/resources/{name}").status_code == 404
    if who != "head elsewhere":
        assert client.get(f"/reviews/{scheduled.id}").status_code in (403, 404)


def test_who_comes_second_is_told_where_it_stands(session, head, lead):
    revision = a_draft(session, head, state=State.SUBMITTED)
    approve(session, lead, revision)
    with pytest.raises(WrongState, match=r"A colleague was quicker.*“approved”"):
        approve(session, lead, revision)


def test_a_comment_keeps_nothing_that_postgresql_refuses(session, head, lead):
    revision = a_draft(session, head, state=State.SUBMITTED)
    deciding.decide(
        session,
        actor_for(lead),
        revision.id,
        Step.DECLINE,
        seen_version=revision.version,
        comment=f"{WHY}\0",
        marks=MARKS,
    )
    assert revision.steps[-1].comment == WHY


def test_the_record_says_when_a_day_was_set_and_taken_back(session, head, lead):
    revision = approve(session, lead, a_draft(session, head, state=State.SUBMITTED))
    deciding.publish(session, actor_for(lead), revision.id, datetime(2099, 7, 1, 8, 0, tzinfo=UTC))
    deciding.unschedule(session, actor_for(lead), revision.id)
    asked = select(AuditEntry.detail).where(AuditEntry.action == AuditAction.SCHEDULED)
    assert list(session.scalars(asked.order_by(AuditEntry.number))) == [
        "not before 2099-07-01 08:00 UTC",
        "its day was taken back",
    ]


def test_who_wrote_a_part_neither_publishes_nor_takes_the_day_back(session, head, lead):
    revision = approve(session, lead, a_draft(session, head, state=State.SUBMITTED))
    session.add(
        DraftVersion(revision_id=revision.id, version=1, person_id=lead.id, fields_json="{}")
    )
    session.flush()
    for act in (deciding.publish, deciding.unschedule):
        with pytest.raises(NotAllowed, match="own work"):
            act(session, actor_for(lead), revision.id)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-01T00:30:00+01:00", date(2026, 7, 1)),  # still June in UTC
        ("2026-12-31T23:30:00+00:00", date(2026, 12, 31)),
    ],
)
def test_the_day_is_scotlands(moment, day):
    assert day_in_scotland(datetime.fromisoformat(moment).astimezone(UTC)) == day
