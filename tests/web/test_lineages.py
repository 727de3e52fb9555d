"""Pages of building on a resource, and of its family."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.workflow import State, Step
from app.models.resources import Revision
from app.services.moving import move
from tests.builders import a_person, a_resource, a_school, actor_for

BODY = "## Context\n\nA small school.\n\n## What we did\n\nWe talked.\n"


@pytest.fixture
def teacher(session):
    school = a_school(session, "Achvarrich Primary School", "highland", "northern-alliance")
    return a_person(session, Role.TEACHER, school=school)


@pytest.fixture
def parent(session):
    return a_resource(
        session, title="Peat", body=BODY, authority="angus", licence="CC-BY-SA-4.0", summary="Old."
    )


def test_a_draft_is_begun_published_and_seen_on_both_pages(
    client, session, parent, teacher, as_person
):
    browser = as_person(teacher)
    assert "Build on it" in browser.get("/resources/peat").text
    page = browser.get("/resources/peat/build-on").text
    assert "CC BY-SA 4.0" in page
    assert "How we know" in page
    sent = browser.send("/resources/peat/build-on")
    draft = session.query(Revision).filter_by(adapted_from=parent.id).one()
    assert sent.location == f"/submissions/{draft.id}/edit"
    line = "Built on “Peat”, Angus, version 1, CC BY-SA 4.0"
    assert line in browser.get(f"/submissions/{draft.id}").text
    page = browser.get(f"/submissions/{draft.id}/compare-with-parent")
    assert page.status_code == 200
    assert "What is different" in page.text

    draft.state = State.SUBMITTED
    session.flush()
    lead = a_person(session, Role.REGIONAL_LEAD, region="northern-alliance")
    assert line in as_person(lead).get(f"/reviews/{draft.id}").text
    draft.state = State.APPROVED
    session.flush()
    move(session, actor_for(lead), draft, Step.PUBLISH)
    session.flush()
    session.expire_all()
    slug = draft.resource.slug
    page = client.get(f"/resources/{slug}").text
    assert line in page
    assert "/resources/peat" in page
    assert line in client.get(f"/resources/{slug}.md").text
    assert client.get(f"/api/v1/resources/{slug}").json["attribution"] == line
    assert "Peat (adapted)" in client.get("/resources/peat").text
    page = client.get(f"/resources/{slug}/compare-with-parent")
    assert "What is different" in page.text


def test_a_licence_that_forbids_it_is_told_and_nothing_begun(session, parent, teacher, as_person):
    parent.published.licence = "CC-BY-ND-4.0"
    session.flush()
    page = as_person(teacher).get("/resources/peat/build-on").text
    assert "no derivatives" in page
    assert "Begin my draft" not in page
    browser = as_person(teacher)
    sent = browser.send("/resources/peat/build-on", page="/resources/peat")
    assert sent.status_code == 422
    assert "no derivatives" in sent.text
    assert session.query(Revision).filter_by(adapted_from=parent.id).count() == 0


def test_a_narrow_parent_says_that_the_draft_begins_as_narrow(session, parent, teacher, as_person):
    parent.published.audience = Audience.STAFF
    session.flush()
    assert "your draft begins as narrow" in as_person(teacher).get("/resources/peat/build-on").text


def test_what_was_built_on_nothing_cannot_be_compared(client, parent):
    page = client.get("/resources/peat/compare-with-parent")
    assert page.status_code == 409
    assert "not built on another resource" in page.text
