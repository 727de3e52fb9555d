"""Every door to a draft's files: open to those who write and judge it, closed to all others."""

import json

import pytest

from app.domain.people import Role
from app.domain.workflow import State
from app.models.submissions import Original
from app.services.submissions.attachments import add_attachment
from app.services.submissions.pictures import add_picture
from tests.builders import a_person, a_school, actor_for
from tests.formats.attachment_files import PDF
from tests.services.submissions.pictures_for_tests import a_picture

REPORT = {"placed": [], "pictures": 0, "notes": [], "waiting": [], "authors": []}
DOORS = (
    "/submissions/{id}/files",
    "/submissions/{id}/privacy",
    "/submissions/{id}/taken-in",
    "/submissions/{id}/original",
    "/submissions/{id}/pictures/secret.png",
    "/submissions/{id}/attachments/secret.pdf",
    "/pictures/secret.png",
)
# By address and by id, a file of a draft is nobody's to read as a published one.
CLOSED = (
    "/resources/{slug}/attachments/secret.pdf",
    "/resources/{resource}/attachments/secret.pdf",
)
POSTS = (
    "take-in",
    "taken-in",
    "pictures",
    "pictures/secret.png/alt",
    "pictures/secret.png/remove",
    "attachments",
    "attachments/secret.pdf/remove",
    "attachments/secret.pdf/move",
    "privacy/replace",
    "privacy/answer",
    "privacy/withdraw",
)


@pytest.fixture
def held(session, head, draft):
    """A draft with a picture, a file and an original."""
    actor = actor_for(head)
    more = {"data": a_picture(), "alt": "A secret", "section": "impact", "limit_mb": 2}
    add_picture(session, actor, draft.id, file_name="secret.png", **more)
    more = {"data": PDF, "label": "Secret", "limit_mb": 2}
    add_attachment(session, actor, draft.id, file_name="secret.pdf", **more)
    original = Original(
        person_id=head.id, file_name="secret.md", sha256="0", size=1, data=b"x",
        report_json=json.dumps(REPORT),
    )  # fmt: skip
    draft.originals.append(original)
    session.flush()
    return draft


@pytest.fixture
def others(session, as_person, client):
    """Return clients of people who must not see a draft that was never submitted."""
    elsewhere = a_school(session, "Invented Academy", authority="dundee-city")
    far = {"authority": "highland", "region": "northern"}
    people = {
        "a teacher of the same school": a_person(session, Role.TEACHER),
        "a head of another school": a_person(session, Role.HEADTEACHER, school=elsewhere),
        "the region's lead": a_person(session, Role.REGIONAL_LEAD),
        "another region's lead": a_person(session, Role.REGIONAL_LEAD, **far),
        "an officer": a_person(session, Role.AUTHORITY_OFFICER),
        "a national reader": a_person(session, Role.NATIONAL_READER),
        "an administrator": a_person(session, Role.ADMINISTRATOR),
    }
    return {"a visitor": client, **{who: as_person(p) for who, p in people.items()}}


def paths(held, doors):
    named = {"id": held.id, "slug": held.resource.slug, "resource": held.resource_id}
    return [door.format(**named) for door in doors]


# Who may never read a draft is told so at the door of the drafts; nobody learns which there are.
HIDDEN = (403, 404)


def hides(client, path):
    answer = client.get(path)
    missing = client.get(
        path.replace("secret", "missing").replace("/submissions/", "/submissions/9")
    )
    return answer.status_code in HIDDEN and answer.status_code == missing.status_code


def test_the_writer_finds_every_door_open(browser, held):
    for path in paths(held, DOORS):
        assert browser.get(path).status_code == 200, path
    for path in paths(held, CLOSED):
        assert browser.get(path).status_code == 404, path


def test_nobody_else_finds_one_before_it_is_submitted(others, held):
    for who, client in others.items():
        for path in paths(held, DOORS + CLOSED):
            assert hides(client, path), f"{who}: {path}"


def test_those_who_may_read_drafts_elsewhere_meet_404_and_never_403(others, held):
    for who in ("a teacher of the same school", "a head of another school", "the region's lead"):
        for path in paths(held, DOORS + CLOSED):
            assert others[who].get(path).status_code == 404, f"{who}: {path}"


def test_the_lead_of_its_region_finds_them_once_it_is_submitted(others, held, session):
    held.state = State.SUBMITTED
    session.flush()
    for path in paths(held, DOORS):
        assert others["the region's lead"].get(path).status_code == 200, path
    for who in set(others) - {"the region's lead"}:
        for path in paths(held, DOORS + CLOSED):
            assert hides(others[who], path), f"{who}: {path}"


def test_nobody_else_changes_anything(others, held, app):
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        for who, client in others.items():
            for door in POSTS:
                answer = client.post(f"/submissions/{held.id}/{door}", data={})
                assert answer.status_code in HIDDEN, f"{who}: {door}"
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert held.version == 3


def test_a_reviewer_may_look_and_not_change(others, held, session, app):
    held.state = State.SUBMITTED
    session.flush()
    lead = others["the region's lead"]
    page = lead.get(f"/submissions/{held.id}/files").text
    assert "Add a picture" not in page
    assert "Remove" not in page
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        answer = lead.post(f"/submissions/{held.id}/attachments/secret.pdf/remove")
    finally:
        app.config["WTF_CSRF_ENABLED"] = True
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/submissions/100000000000000000000/files",
        "/submissions/{id}/pictures/a%00b",
        "/submissions/{id}/original?file=100000000000000000000",
        "/pictures/a%00b",
        "/resources/x/attachments/a%00b",
    ],
)
def test_addresses_that_no_database_can_look_up_lead_nowhere(browser, held, path):
    assert browser.get(path.format(id=held.id)).status_code == 404
