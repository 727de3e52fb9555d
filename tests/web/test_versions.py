"""Versions of a resource: the list, old words, differences; withdrawing and restoring."""

import pytest

from app.domain.people import Role
from app.domain.workflow import State, Step
from app.models.resources import FormerSlug
from app.services.moving import move
from tests.builders import a_draft, a_person, a_resource, actor_for

WHY = "The club that it tells of has closed."


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def resource(session, head):
    """A resource in its second version."""
    lead = actor_for(a_person(session, Role.REGIONAL_LEAD))
    first = a_draft(session, head, state=State.APPROVED, title="Peat", body="## Context\n\nOld.\n")
    move(session, lead, first, Step.PUBLISH)
    second = a_draft(session, head, state=State.APPROVED, title="x", body="## Context\n\nNew.\n")
    second.title, second.resource_id, second.number = "Peat", first.resource_id, 2
    session.flush()
    session.expire_all()
    move(session, lead, second, Step.PUBLISH)
    session.flush()
    return second.resource


def test_everybody_sees_that_there_were_versions_and_only_the_writers_read_old_ones(
    client, resource, head, as_person
):
    page = client.get("/resources/peat/versions")
    assert "Version 2" in page.text
    assert "Superseded" in page.text
    assert "/versions/1" not in page.text
    assert client.get("/resources/peat/versions/1").status_code == 404
    assert client.get("/resources/peat/versions/1...2").status_code == 404

    writer = as_person(head)
    assert "Old." in writer.get("/resources/peat/versions/1").text
    assert "New." in writer.get("/resources/peat/versions/1...2").text


def test_a_draft_has_no_versions_page(client, session, head, as_person):
    draft = a_draft(session, head)
    for person in (client, as_person(head)):
        assert person.get(f"/resources/{draft.resource_id}/versions").status_code == 404


def test_what_is_withdrawn_leaves_a_page_with_day_and_reason(client, resource, head, as_person):
    writer = as_person(head)
    assert "Say why" in writer.send("/resources/peat/withdraw", {"reason": ""}).text

    writer.send("/resources/peat/withdraw", {"reason": WHY})

    page = client.get("/resources/peat")
    assert page.status_code == 410
    assert WHY in page.text
    assert "Peat" not in page.text
    assert client.get("/resources/peat.md").status_code == 410
    assert client.get("/api/v1/resources/peat").status_code == 410
    assert client.get("/resources/peat/versions").status_code == 404

    writer.send("/resources/peat/restore", {"reason": "The club has opened again."})
    assert client.get("/resources/peat").status_code == 200


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.TEACHER, {}, 403),
        (Role.AUTHORITY_OFFICER, {}, 403),
        (Role.REGIONAL_LEAD, {"region": "south-east"}, 403),
        (Role.REGIONAL_LEAD, {}, 200),
        (Role.ADMINISTRATOR, {}, 200),
    ],
)
def test_who_may_withdraw(session, resource, as_person, role, place, status):
    person = as_person(a_person(session, role, **place))
    assert person.get("/resources/peat/withdraw").status_code == status


def test_who_withdraws_finds_the_way_back(session, resource, as_person):
    client = as_person(a_person(session, Role.ADMINISTRATOR))
    answer = client.send("/resources/peat/withdraw", {"reason": WHY})
    page = client.get(answer.location).text
    assert "/resources/peat/restore" in page
    assert "/versions/1" not in page, "the words are for its writers and reviewers"


def test_a_withdrawn_page_says_the_day_and_the_role_and_no_name(
    session, client, resource, as_person
):
    head = a_person(session, Role.HEADTEACHER, name="Morag Invented")
    as_person(head).send("/resources/peat/withdraw", {"reason": WHY})
    told = client.get("/resources/peat").text
    assert "by a headteacher. The reason given: " in told
    assert "Morag" not in told


def test_the_list_says_by_role_what_happened_to_whom_may_know(client, resource, head, as_person):
    said = client.get("/resources/peat/versions").text
    assert said.count("by a regional lead") == 2
    assert "<li>Superseded" not in said
    assert "<li>Superseded" in as_person(head).get("/resources/peat/versions").text


@pytest.mark.parametrize(
    ("role", "place", "may_withdraw"),
    [
        (Role.TEACHER, {}, False),
        (Role.HEADTEACHER, {}, True),
        (Role.REGIONAL_LEAD, {}, True),
        (Role.REGIONAL_LEAD, {"region": "south-east"}, False),
        (Role.NATIONAL_READER, {}, False),
    ],
)
def test_the_page_offers_what_the_reader_may_do(
    session, client, resource, as_person, role, place, may_withdraw
):
    page = as_person(a_person(session, role, **place)).get("/resources/peat").text
    assert ("/resources/peat/withdraw" in page) is may_withdraw
    assert "withdraw" not in client.get("/resources/peat").text


def test_a_slug_in_use_goes_before_the_same_slug_in_anothers_past(session, client, resource):
    session.add(FormerSlug(slug="peat", resource_id=a_resource(session, title="Moss").id))
    session.flush()
    page = client.get("/resources/peat/versions").text
    assert "Versions of “Peat”" in page
    assert page.count("plain-list__heading") == 2


def test_an_older_version_is_restored_as_a_new_one(session, resource, head, as_person, client):
    page = "/resources/peat/versions"
    writer = as_person(head)
    assert "Restore as a new version" in writer.get(page).text
    assert "Restore as a new version" not in client.get(page).text
    answer = writer.send("/resources/peat/edit", {"number": "1"}, page=page)
    assert answer.location.startswith("/submissions/")
    assert "Old." in writer.get(f"{answer.location}/preview").text
