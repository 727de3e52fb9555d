"""Deciding, scheduling and the clock; what is scheduled shows through no door."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import NotFound, WrongState
from app.domain.people import OPERATOR, Role
from app.domain.rubric import CODES
from app.domain.workflow import State, Step
from app.models.notifications import Notification
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
