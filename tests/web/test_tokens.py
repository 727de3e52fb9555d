"""The pages where a person makes tokens for their programs."""

import re

import pytest

from app.domain.people import Role
from app.domain.tokens import TokenScope
from app.services.accounts import tokens as service
from tests.builders import a_person, actor_for

PAGE = "/account/tokens"
GIVEN = {"name": "Council website", "scope": "read", "days": "90"}


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


def test_a_token_is_shown_once_and_kept_by_nobody_between(as_person, teacher):
    client = as_person(teacher)
    made = client.send(PAGE, GIVEN)
    secret = re.search(r"gpl_[\w-]{43}", made.text)[0]
    assert made.headers["Cache-Control"] == "no-store"
    shown = client.get(PAGE)
    assert "Council website" in shown.text
    assert secret not in shown.text
    assert "Never used." in shown.text


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"name": " "}, "Name the token"),
        ({"scope": ""}, "Choose what the token is for"),
        ({"scope": "everything"}, "Not a valid choice"),
        ({"days": "4000"}, "Not a valid choice"),
    ],
)
def test_a_form_that_cannot_be_used_is_told(as_person, teacher, odd, said):
    answer = as_person(teacher).send(PAGE, GIVEN | odd)
    assert answer.status_code == 422
    assert said in answer.text


def test_too_many_tokens_are_told(as_person, session, teacher):
    for number in range(service.MOST_AT_A_TIME):
        service.make(session, actor_for(teacher), f"No. {number}", [TokenScope.READ], 1)
    answer = as_person(teacher).send(PAGE, GIVEN)
    assert answer.status_code == 422
    assert "You have 20 tokens" in answer.text


def test_a_revoked_token_is_shown_as_such(as_person, session, teacher):
    service.make(session, actor_for(teacher), "Old", [TokenScope.WRITE], 1)
    token = service.find_mine(session, actor_for(teacher))[0]
    client = as_person(teacher)
    assert client.send(f"{PAGE}/{token.id}/revoke", page=PAGE).status_code == 303
    assert "Revoked on" in client.get(PAGE).text


def test_somebody_elses_token_is_not_there(as_person, session, teacher):
    service.make(session, actor_for(teacher), "Mine", [TokenScope.READ], 1)
    token = service.find_mine(session, actor_for(teacher))[0]
    other = as_person(a_person(session, Role.TEACHER))
    assert other.send(f"{PAGE}/{token.id}/revoke", page=PAGE).status_code == 404
    assert "Mine" not in other.get(PAGE).text


def test_a_visitor_has_none(client):
    assert client.get(PAGE).status_code == 403
