"""At the API a token says who asks; a cookie says nothing."""

import logging

import pytest

from app.domain.audience import Audience
from app.domain.people import Role
from app.domain.tokens import TokenScope
from app.services.accounts import tokens as service
from tests.builders import a_person, a_resource, actor_for


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def secret(session, teacher):
    return service.make(session, actor_for(teacher), "A program", [TokenScope.READ], 30)


@pytest.fixture
def staff_only(session):
    resource = a_resource(session, title="For staff", audience=Audience.STAFF)
    return f"/api/v1/resources/{resource.slug}"


def bearer(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_reads_what_its_person_may_read(client, staff_only, secret):
    assert client.get(staff_only).status_code == 404
    answer = client.get(staff_only, headers=bearer(secret))
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert "Authorization" in answer.headers["Vary"]


def test_what_is_the_same_for_all_is_kept_for_nobody_who_shows_a_token(client, secret):
    path = "/api/v1/openapi.json"
    assert "public" in client.get(path).headers["Cache-Control"]
    assert "private" in client.get(path, headers=bearer(secret)).headers["Cache-Control"]


def test_a_cookie_counts_for_nothing(as_person, teacher, staff_only):
    assert as_person(teacher).get(staff_only).status_code == 404


@pytest.mark.parametrize(
    "shown",
    [
        "Bearer gpl_" + "x" * 43,
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "gpl_" + "x" * 43,
        "",
        "Bearer é",
    ],
)
def test_what_is_no_good_token_is_refused_as_a_problem(client, shown):
    answer = client.get("/api/v1/search", headers={"Authorization": shown})
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert "not good" in answer.json["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_revoked_token_is_refused(client, session, teacher, secret):
    service.revoke(session, actor_for(teacher), 1)
    assert client.get("/api/v1/search", headers=bearer(secret)).status_code == 401


def test_the_use_of_a_token_is_noted(client, session, teacher, secret):
    client.get("/api/v1/search", headers=bearer(secret))
    session.expire_all()
    assert service.find_mine(session, actor_for(teacher))[0].used_at


def test_a_token_opens_no_page(client, secret):
    assert client.get("/account/tokens", headers=bearer(secret)).status_code == 403
    assert client.get("/notifications", headers=bearer(secret)).status_code == 403


def test_a_token_is_in_no_log(client, secret, caplog):
    caplog.set_level(logging.DEBUG)
    client.get("/api/v1/search", headers=bearer(secret))
    client.get("/api/v1/search", headers=bearer(secret + "x"))
    client.get("/api/v1/nowhere", headers=bearer(secret))
    assert secret not in caplog.text
