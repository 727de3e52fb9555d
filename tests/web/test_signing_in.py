"""Signing in and out, as people and those who guess meet it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.audit import AuditAction
from app.domain.moments import utc_now
from app.domain.people import OPERATOR, Role
from app.models.audit import AuditEntry
from app.models.sign_ins import SignInDelay
from app.services.accounts import demo, people
from tests.builders import a_person, actor_for
from tests.signing_in import WORDS, cookie_of, is_in, knocker, sign_in


def test_somebody_signs_in_sees_who_they_are_and_signs_out(client, head):
    assert sign_in(client, head.email).location == "/"
    page = client.get("/account")
    assert head.name in page.text
    assert "Headteacher" in page.text
    assert "by the operator" in page.text
    assert client.send("/sign-out", page="/account").location == "/"
    assert not is_in(client)


def test_signing_out_twice_is_harmless(client, head):
    sign_in(client, head.email)
    client.send("/sign-out", page="/account")
    assert client.send("/sign-out", page="/sign-in").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, head):
    texts = []
    for email in (head.email, "nobody@sample.example"):
        answer = sign_in(client, email, "wrong")
        assert answer.status_code == 422
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert texts[0] == texts[1]
    assert "do not fit together" in texts[0]


def test_what_is_left_out_is_asked_for_and_linked(client):
    answer = sign_in(client, "", "")
    assert answer.status_code == 422
    assert '<a href="#email">Enter your e-mail address</a>' in answer.text
    assert '<a href="#password">' in answer.text


@pytest.mark.parametrize(
    ("wished", "leads"),
    [
        ("/people?q=a", "/people?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/%0d%0aSet-Cookie:x", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_on_to_pages_of_ours_only(client, head, wished, leads):
    path = f"/sign-in?next={wished}"
    assert sign_in(client, head.email, path=path).location == leads


def test_many_wrong_tries_are_slowed_and_the_right_password_works_after(client, head, session):
    knock = knocker(client)
    answers = [knock(head.email) for _ in range(40)]
    statuses = [answer.status_code for answer in answers]
    assert statuses[:5] == [422] * 5
    assert statuses.count(422) <= 8  # a second or two may pass meanwhile
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) >= 1
    assert "Wait" in last.text
    assert knock(head.email, WORDS).status_code == 429
    session.execute(update(SignInDelay).values(failed_at=utc_now() - timedelta(hours=1)))
    assert sign_in(client, head.email).status_code == 302


def test_many_accounts_from_one_address_are_slowed_whatever_a_header_says(client):
    knock = knocker(client)
    statuses = [
        knock(f"{n}@sample.example", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code
        for n in range(70)
    ]
    assert statuses[:50] == [422] * 50
    assert statuses.count(422) < 60  # 200 and 300 of them: tests/services/accounts/test_delays.py


def test_the_owner_comes_in_by_a_known_browser_while_a_stranger_attacks(app, client, head):
    sign_in(client, head.email)
    client.send("/sign-out", page="/account")
    stranger = app.test_client()
    for _ in range(7):
        last = sign_in(stranger, head.email, "wrong")
    assert last.status_code == 429
    assert sign_in(client, head.email).status_code == 302


def test_the_mark_of_a_known_browser_is_good_for_its_own_name_only(app, client, head, session):
    other = a_person(session)
    sign_in(client, head.email)
    client.send("/sign-out", page="/account")
    statuses = [sign_in(client, other.email, "wrong").status_code for _ in range(7)]
    assert 429 in statuses
    again = [sign_in(app.test_client(), other.email, "wrong").status_code for _ in range(2)]
    assert again == [429, 429]


def test_a_forged_mark_counts_for_nothing(client, head):
    statuses = []
    for n in range(7):
        client.set_cookie("known_browser", f"{n}.forged", path="/sign-in")
        statuses.append(sign_in(client, head.email, "wrong").status_code)
    assert 429 in statuses


def test_the_browser_gets_a_new_secret_at_each_sign_in(client, head):
    client.get("/sign-in")
    before = cookie_of(client)
    sign_in(client, head.email)
    first = cookie_of(client)
    client.send("/sign-out", page="/account")
    sign_in(client, head.email)
    assert len({before, first, cookie_of(client)}) == 3


def test_a_session_put_into_a_browser_beforehand_is_not_the_one_signed_in(app, client, head):
    client.get("/sign-in")
    planted = cookie_of(client)
    sign_in(client, head.email)
    attacker = app.test_client()
    attacker.set_cookie("session", planted)
    assert not is_in(attacker)


def test_the_cookie_of_somebody_who_signed_out_is_worth_nothing(app, client, head):
    sign_in(client, head.email)
    kept = cookie_of(client)
    replay = app.test_client()
    replay.set_cookie("session", kept)
    assert is_in(replay)
    client.send("/sign-out", page="/account")
    replay.set_cookie("session", kept)
    assert not is_in(replay)


@pytest.mark.parametrize("deed", [people.disable, people.end_role])
def test_shut_out_means_out_of_every_browser(as_person, session, head, deed):
    client = as_person(head)
    assert is_in(client)
    deed(session, actor_for(a_person(session, Role.ADMINISTRATOR)), head.id, utc_now())
    assert not is_in(client)


def test_pages_for_people_are_not_kept_by_the_browser(client, as_person, head):
    for path in ("/", "/account", "/people", "/search", "/no-such-page"):
        assert as_person(head).get(path).headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_a_visitor_who_may_not_open_a_page_is_led_to_sign_in_and_back(client, head):
    answer = client.get("/people?q=x")
    assert answer.status_code == 403
    assert 'href="/sign-in?next=/people?q%3Dx"' in answer.text


def test_while_the_database_is_away_the_error_page_is_drawn_for_somebody_with_a_cookie(
    app, as_person, head, monkeypatch
):
    from sqlalchemy.exc import OperationalError

    client = as_person(head)

    def away(*_):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("app.services.accounts.sessions.recognise", away)
    answer = client.get("/account")
    assert answer.status_code == 503
    assert "cannot be reached just now" in answer.text


def test_a_refusal_is_on_record_once_a_minute_and_visitors_are_not(client, as_person, session):
    teacher = a_person(session)
    browser = as_person(teacher)
    for _ in range(3):
        assert browser.get("/people").status_code == 403
        assert client.get("/people").status_code == 403
    assert browser.get("/schools").status_code == 403
    entries = session.query(AuditEntry).filter_by(action=AuditAction.REFUSED).all()
    assert [e.detail for e in entries] == [
        "invite people",
        "keep everybody's accounts, roles and schools",
    ]
    assert {e.actor_id for e in entries} == {teacher.id}


def test_no_secret_and_no_address_stands_in_the_record(client, session, head):
    sign_in(client, head.email, "wrong secret here")
    sign_in(client, head.email)
    told = " ".join(f"{e.subject} {e.detail}" for e in session.query(AuditEntry))
    assert "secret" not in told
    assert "@" not in told
    assert WORDS not in told


def test_demo_people_are_offered_and_let_in_by_a_press(app, client, session, taxonomy):
    demo.set_up(session, OPERATOR, taxonomy, utc_now())
    page = client.get("/sign-in")
    assert "invented" in page.text
    assert demo.PASSWORD in page.text
    email = demo.ADDRESS.format(demo.PEOPLE[0].local)
    answer = client.send("/sign-in/demo", {"email": email}, page="/sign-in")
    assert answer.location == "/"
    assert demo.PEOPLE[0].name in client.get("/account").text
