"""Programs share, and make secret links, for the person whose token they show."""

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from tests.builders import a_person, a_resource


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


def to(person):
    return {"kind": "person", "value": person.email}


def test_a_share_is_sent_found_and_taken_back(session, program, lead, teacher):
    resource = a_resource(session)
    asking = program(lead)

    sent = asking.post("/shares", {"resource": resource.slug, "to": to(teacher), "message": "Hi"})

    assert (sent.status_code, sent.json["told"]) == (201, 1)
    held = program(teacher).get("/shares").json["shares"]
    assert [(s["thing"]["title"], s["message"]) for s in held] == [("Outdoor numeracy", "Hi")]
    assert asking.get("/shares?side=sent").json["total"] == 1
    assert program(teacher).delete(f"/shares/{sent.json['id']}").status_code == 404
    assert asking.delete(f"/shares/{sent.json['id']}").status_code == 204
    assert program(teacher).get("/shares").json["shares"] == []


def test_what_cannot_be_sent_is_told(session, program, lead, teacher):
    resource = a_resource(session)
    asking = program(lead)
    for wrong in (
        {"to": to(teacher)},
        {"resource": resource.id, "collection": "a", "to": to(teacher)},
        {"resource": resource.id, "to": {"kind": "person", "value": "no@sample.example"}},
        {"resource": resource.id, "to": {"kind": "group", "value": "1"}},
        {"resource": resource.id, "to": {"kind": "region", "value": "atlantis"}},
    ):
        assert asking.post("/shares", wrong).status_code == 422, wrong
    assert asking.post("/shares", {"resource": "none", "to": to(teacher)}).status_code == 404


def test_a_link_is_told_once_and_revoked(session, program, client, lead):
    kept = a_resource(session, audience=Audience.STAFF)
    asking = program(lead)

    made = asking.post("/links", {"resource": kept.id, "uses": None, "days": 30})

    assert made.status_code == 201
    path = made.json["url"].partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    held = asking.get("/links").json["links"]
    assert [(link["url"], link["is_good"]) for link in held] == [(None, True)]
    assert asking.delete(f"/links/{held[0]['id']}").status_code == 204
    assert client.get(f"/{path}").status_code == 410


def test_who_does_not_keep_it_makes_no_link(session, program, teacher):
    kept = a_resource(session, audience=Audience.STAFF)
    assert program(teacher).post("/links", {"resource": kept.id}).status_code == 403


def test_a_token_for_reading_shares_nothing(program, teacher):
    assert program(teacher, TokenScope.READ).get("/shares").status_code == 403
