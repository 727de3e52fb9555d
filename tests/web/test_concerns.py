"""Pages of moderation: the link, the report, the decision."""

import pytest

from app.domain.people import Role
from app.models.questions import Concern
from tests.builders import a_person, a_question, a_resource, a_school

WHY = "It says which school the pupil came from."
REASON = "A pupil can be known by it."


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def question(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    asker = a_person(session, Role.TEACHER, school=school, name="Isla Asking")
    return a_question(session, a_resource(session, title="Peat"), asker, answer="With P5.")


@pytest.fixture
def link(question):
    return f"/concerns/new?about=question&thing_id={question.id}"


def test_whoever_may_report_finds_the_link(client, session, question, link, as_person):
    assert "/concerns/new" not in client.get("/resources/peat").text
    page = as_person(a_person(session)).get("/resources/peat").text
    assert link.replace("&", "&amp;") in page
    assert "about=answer" in page


def test_a_report_is_decided_and_readers_see_it_no_more(
    client, session, question, link, lead, as_person
):
    browser = as_person(a_person(session))
    form = {"about": "question", "thing_id": question.id, "words": WHY}
    sent = browser.send("/concerns/new", form, page=link)
    assert sent.location == f"/resources/peat/questions#asked-{question.id}"
    concern = session.query(Concern).one()

    deciding = as_person(lead)
    assert "Moderation" in deciding.get("/").text
    assert "Decide about 1 report" in deciding.get("/").text
    assert WHY in deciding.get("/concerns").text
    path = f"/concerns/{concern.id}"
    page = deciding.get(path).text
    assert question.words in page
    assert "Isla" not in page
    assert deciding.send(path, {"choice": "hide", "reason": REASON}).location == "/concerns"
    assert question.words not in client.get("/resources/peat").text
    assert question.words not in client.get("/resources/peat/questions").text
    assert REASON in deciding.get("/concerns?stage=decided").text

    deciding.send(f"{path}/show-again", page=path)
    assert question.words in client.get("/resources/peat").text


def test_what_is_left_stays(client, session, question, link, lead, as_person):
    form = {"about": "question", "thing_id": question.id, "words": WHY}
    as_person(a_person(session)).send("/concerns/new", form, page=link)
    path = f"/concerns/{session.query(Concern).one().id}"
    deciding = as_person(lead)
    page = deciding.send(path, {"choice": "", "reason": ""})
    assert page.status_code == 422
    assert "Choose what is to become of it" in page.text
    page = deciding.send(path, {"choice": "leave", "reason": "No"})
    assert page.status_code == 422
    assert "Say why, in 5 to 500 characters" in page.text
    deciding.send(path, {"choice": "leave", "reason": "It names nobody."})
    assert "Left as it is" in deciding.get(path).text
    assert question.words in client.get("/resources/peat").text


def test_odd_addresses_are_refused_in_words(session, question, as_person):
    browser = as_person(a_person(session))
    for address, status in (
        ("", 422),
        ("?about=person&thing_id=1", 422),
        ("?about=question", 404),
        ("?about=question&thing_id=99999", 404),
        ("?about=tag&thing_id=x", 404),
    ):
        assert browser.get(f"/concerns/new{address}").status_code == status
    page = browser.send(
        "/concerns/new",
        {"about": "question", "thing_id": question.id, "words": ""},
        page=f"/concerns/new?about=question&thing_id={question.id}",
    )
    assert page.status_code == 422
    assert "Say what is the matter" in page.text
