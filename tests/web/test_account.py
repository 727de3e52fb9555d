"""One's own account: the password, the browsers, the way back in, the invitation."""

from app.domain.events import EventKind
from app.domain.people import Role
from app.formats.signed_links import Purpose
from app.models.outbox import OutboxEvent
from app.models.sign_ins import PasswordReset, SignIn
from tests.builders import a_person
from tests.signing_in import NEW, WORDS, cookie_of, is_in, sign_in


def test_a_new_password_needs_the_present_one_and_signs_other_browsers_out(
    app, client, as_person, head
):
    other = as_person(head)
    sign_in(client, head.email)
    wrong = client.send("/account/password", {"old": "wrong", "password": NEW, "again": NEW})
    assert (wrong.status_code, '<a href="#old">' in wrong.text) == (422, True)
    weak = client.send(
        "/account/password", {"old": WORDS, "password": "123456789012", "again": "123456789012"}
    )
    assert '<a href="#password">That password is easily guessed' in weak.text
    before = cookie_of(client)
    done = client.send("/account/password", {"old": WORDS, "password": NEW, "again": NEW})
    assert done.location == "/account"
    assert cookie_of(client) != before
    assert is_in(client)
    assert not is_in(other)
    assert sign_in(app.test_client(), head.email, NEW).status_code == 302


def test_guessing_the_present_password_at_an_open_browser_is_slowed(as_person, head):
    client = as_person(head)
    form = {"old": "wrong", "password": NEW, "again": NEW}
    statuses = [client.send("/account/password", form).status_code for _ in range(7)]
    assert statuses[:5] == [422] * 5
    assert 429 in statuses


def test_browsers_are_listed_and_signed_out_one_by_one_and_all(client, as_person, session, head):
    other = as_person(head)
    sign_in(client, head.email, headers={"User-Agent": "Mozilla/5.0 (Windows NT) Firefox/140"})
    page = client.get("/account/devices")
    assert "Firefox on Windows" in page.text
    assert "A test" in page.text
    theirs = session.query(SignIn).filter_by(device="A test").one()
    client.send(f"/account/devices/{theirs.id}/end", page="/account/devices")
    assert not is_in(other)
    client.send("/account/devices/end-all", page="/account/devices")
    assert not is_in(client)


def test_forgotten_says_the_same_to_everybody(client, session, head):
    head.is_sample = False  # else the page offers them as a demo person
    session.flush()
    texts = []
    for email in (head.email, "nobody@sample.example"):
        answer = client.send("/forgotten-password", {"email": email}, follow_redirects=True)
        texts.append(answer.text.replace(head.email, "").replace(email, ""))
    assert texts[0] == texts[1]
    assert "If there is an account" in texts[0]
    assert [e.kind for e in session.query(OutboxEvent)] == [EventKind.RESET_ASKED]


def test_a_link_gives_a_new_password_once(client, session, head, link):
    client.send("/forgotten-password", {"email": head.email})
    path = link(Purpose.RESET, session.query(PasswordReset).one())
    short = client.send(path, {"password": "short", "again": "short"})
    assert short.status_code == 422
    differ = client.send(path, {"password": NEW, "again": WORDS})
    assert "not the same" in differ.text
    assert client.send(path, {"password": NEW, "again": NEW}).status_code == 302
    assert is_in(client)
    assert client.get(path).status_code == 404
    assert client.get("/reset/forged").status_code == 404


def test_looking_at_a_link_does_not_use_it(client, session, head, link):
    client.send("/forgotten-password", {"email": head.email})
    path = link(Purpose.RESET, session.query(PasswordReset).one())
    for _ in range(3):
        assert client.get(path).status_code == 200


def test_an_invitation_becomes_an_account(client, as_person, session, link):
    from app.models.people import Invitation

    head = a_person(session, Role.HEADTEACHER)
    guest = {"name": "Invented Guest", "email": "guest@sample.example", "role": "teacher"}
    assert as_person(head).send("/people/invite", guest).location == "/people"
    path = link(Purpose.INVITATION, session.query(Invitation).one())
    page = client.get(path)
    assert "guest@sample.example" in page.text
    assert 'value="Invented Guest"' in page.text
    form = {"name": "Guest of Ours", "password": WORDS, "again": WORDS}
    assert client.send(path, form).status_code == 302
    assert "Guest of Ours" in client.get("/account").text
    assert client.get(path).status_code == 404


def test_an_account_says_who_may_see_what_one_writes(as_person, session, head):
    page = as_person(head).get("/account").text
    assert "Headteachers of Balquhinnie Primary School" in page
    assert "Regional leads of Tayside" in page
    assert "once it is submitted" in page
    reader = a_person(session, Role.NATIONAL_READER)
    assert "what I write" not in as_person(reader).get("/account").text


def test_the_password_boxes_help_password_managers(client, session, head, link):
    page = client.get("/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    client.send("/forgotten-password", {"email": head.email})
    page = client.get(link(Purpose.RESET, session.query(PasswordReset).one())).text
    assert page.count('autocomplete="new-password"') == 2
