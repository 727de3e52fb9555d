"""The pages of what people were told."""

import pytest

from app.domain.notifications import NotificationKind
from app.domain.people import Role
from app.formats.signed_links import Purpose, make_link_token
from app.models.notifications import Notification
from app.services import notifications as service
from app.services.telling import tell
from tests.builders import a_person, a_resource, actor_for


@pytest.fixture
def teacher(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def told(session, teacher):
    """Return a function that tells the teacher something, and gives its id."""

    def say(sentence="It is published.", path="/about", kind=NotificationKind.PUBLISHED):
        reason = "You wrote it."
        tell(session, [teacher.id], kind, sentence=sentence, reason=reason, path=path)
        return session.query(Notification).order_by(Notification.id.desc()).first().id

    return say


def unread(session, teacher):
    session.expire_all()
    return service.count_unread(session, actor_for(teacher))


def test_a_visitor_has_no_notifications(client):
    for path in ("/notifications", "/notifications/settings"):
        assert client.get(path).status_code == 403


def test_what_is_not_read_is_marked_and_counted_in_the_header(as_person, session, teacher, told):
    told("Only this.")
    client = as_person(teacher)
    page = client.get("/notifications").text
    assert "1 notification not read yet" in page
    assert "told--unread" in page
    assert "You are told because you wrote it." in page
    assert '<span class="unread-count">1' in client.get("/help").text


def test_the_header_counts_nothing_once_all_is_read(as_person, session, teacher, told):
    newest = told()
    client = as_person(teacher)
    answer = client.send("/notifications/read", {"newest_id": newest}, page="/notifications")
    assert answer.status_code == 303
    assert unread(session, teacher) == 0
    page = client.get("/notifications").text
    assert "unread-count" not in page
    assert "You have read everything." in page


def test_opening_one_marks_it_and_goes_on(as_person, session, teacher, told):
    one = told(path="/help/searching")
    answer = as_person(teacher).send(f"/notifications/{one}/open", page="/notifications")
    assert (answer.status_code, answer.location) == (303, "/help/searching")
    assert unread(session, teacher) == 0


def test_visiting_the_thing_marks_it_too(as_person, session, teacher, told):
    resource = a_resource(session, title="Number talks")
    told(path=f"/resources/{resource.slug}#comments")
    told(path="/no-such-page")
    client = as_person(teacher)
    client.get("/no-such-page")
    assert unread(session, teacher) == 2
    client.get(f"/resources/{resource.slug}")
    assert unread(session, teacher) == 1


def test_somebody_elses_is_not_found(as_person, session, teacher, told):
    one = told()
    other = a_person(session, Role.TEACHER)
    tell(session, [other.id], NotificationKind.APPROVED, sentence="x", reason="y", path="/")
    answer = as_person(other).send(f"/notifications/{one}/open", page="/notifications")
    assert answer.status_code == 404
    assert unread(session, teacher) == 1


def test_many_come_in_pages(as_person, teacher, told):
    for number in range(31):
        told(f"Number {number}.")
    client = as_person(teacher)
    assert "Number 0." not in client.get("/notifications").text
    assert "Number 0." in client.get("/notifications?page=2").text
    for odd in ("x", "0", "-1", "9" * 5000, "٣"):
        assert client.get(f"/notifications?page={odd}").status_code == 200


def test_mails_are_turned_off_and_on(as_person, session, teacher):
    client = as_person(teacher)
    answer = client.send("/notifications/settings", {"kinds": ["published", "declined"]})
    assert answer.status_code == 303
    page = client.get("/notifications/settings").text
    assert page.count(" checked") == 2
    assert client.send("/notifications/settings", {"kinds": ["account"]}).status_code == 422


def stop_link(app, notification_id):
    key = app.extensions["parts"].settings.secret_key
    return f"/notifications/stop/{make_link_token(key, Purpose.MAIL_OFF, notification_id)}"


def test_a_letters_link_asks_first_and_stops_without_sign_in(app, client, session, teacher, told):
    link = stop_link(app, told())
    mailed = lambda: service.find_mailed(session, actor_for(teacher))  # noqa: E731

    assert "Stop these mails?" in client.get(link).text
    assert NotificationKind.PUBLISHED in mailed(), "a program that follows links stops nothing"
    # As a mail program sends it (RFC 8058): no cookie, no secret of a form.
    answer = client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert NotificationKind.PUBLISHED not in mailed()


def test_a_link_that_is_none_stops_nothing(app, client, told):
    link = stop_link(app, told())
    for odd in (link + "x", "/notifications/stop/1", stop_link(app, 10**6)):
        assert client.get(odd).status_code == 404
        assert client.post(odd).status_code == 404


def test_nothing_else_is_sent_without_the_secret_of_a_form(as_person, teacher, told):
    one, client = told(), as_person(teacher)
    for path in (f"/notifications/{one}/open", "/notifications/read", "/notifications/settings"):
        assert client.post(path).status_code == 400


def test_a_number_that_no_row_can_have_leads_nowhere(as_person, teacher, told):
    told()
    client = as_person(teacher)
    for odd in (2**31, 10**30):
        answer = client.send(f"/notifications/{odd}/open", page="/notifications")
        assert answer.status_code == 404
    answer = client.send("/notifications/read", {"newest_id": 10**30}, page="/notifications")
    assert answer.status_code == 303
