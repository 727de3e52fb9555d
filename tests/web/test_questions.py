"""Pages of questions: asked, answered, accepted, and those that wait."""

import pytest

from app.domain.people import Role
from app.models.questions import Answer, Question
from app.services.questions.words import MOST_QUESTIONS
from tests.builders import a_person, a_question, a_resource, a_school

WORDS = "How long did it take to get going?"
REPLY = "About three weeks, with ten minutes a day."


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Una Named")


@pytest.fixture
def resource(session):
    school = a_school(session)
    return a_resource(
        session,
        title="Peat",
        authority="angus",
        school=school.name,
        school_id=school.id,
        body="## Context\n\nOld.\n\n## What we did\n\nNew.\n",
    )


@pytest.fixture
def asker(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=school, name="Isla Asking")


def test_a_question_is_asked_answered_and_seen_by_everybody_without_names(
    client, session, resource, asker, head, as_person
):
    browser = as_person(asker)
    assert "Ask about it" in browser.get("/resources/peat").text
    sent = browser.send("/resources/peat/ask", {"words": WORDS, "section": "what-we-did"})
    question = session.query(Question).one()
    assert sent.location == f"/resources/peat/questions#asked-{question.id}"
    assert WORDS in as_person(head).get("/questions").text

    answering = as_person(head)
    sent = answering.send(f"/questions/{question.id}/answer", {"words": REPLY})
    assert sent.location == f"/resources/peat/questions#asked-{question.id}"
    given = session.query(Answer).one()
    path = f"/questions/answers/{given.id}/accept"
    browser.send(path, {"is_accepted": "yes"}, page="/resources/peat/questions")

    for path in ("/resources/peat", "/resources/peat/questions"):
        page = client.get(path).text
        assert WORDS in page
        assert REPLY in page
        assert "a teacher at Invented Links Primary School, Fife" in page
        assert "from the school" in page
        assert "this helped" in page
        assert "#what-we-did" in page
        assert "Isla" not in page
        assert "Una" not in page


def test_a_resource_without_questions_says_nothing_to_a_visitor(client, resource, asker, as_person):
    assert "asked-here" not in client.get("/resources/peat").text
    assert "Nobody has asked" in as_person(asker).get("/resources/peat").text
    assert "Nobody has asked" in client.get("/resources/peat/questions").text


def test_five_stand_at_the_resource_and_all_on_their_page(client, session, resource, asker):
    for number in range(7):
        a_question(session, resource, asker, words=f"Question number {number}?")
    page = client.get("/resources/peat").text
    assert page.count("Question number") == 5
    assert "All 7 questions" in page
    assert client.get("/resources/peat/questions").text.count("Question number") == 7


def test_a_former_or_permanent_address_leads_to_the_present_one(client, resource):
    sent = client.get(f"/resources/{resource.id}/questions")
    assert (sent.status_code, sent.location) == (301, "/resources/peat/questions")


def test_too_few_words_are_told_at_the_field_and_nothing_is_lost(resource, asker, as_person):
    browser = as_person(asker)
    for words, sentence in (("", "Write your question"), ("Why?", "Write 10 to 2,000 characters")):
        page = browser.send("/resources/peat/ask", {"words": words, "section": "context"})
        assert page.status_code == 422
        assert sentence in page.text
        assert 'selected value="context"' in page.text
        assert f"{words}</textarea>" in page.text


def test_words_that_may_point_to_somebody_are_shown_with_a_box(session, resource, asker, as_person):
    browser = as_person(asker)
    words = "Please ring me at 01382 123456 about it."
    page = browser.send("/resources/peat/ask", {"words": words})
    assert page.status_code == 422
    assert "01382 123456" in page.text
    assert "is_sure" in page.text
    assert words in page.text
    assert browser.send("/resources/peat/ask", {"words": words, "is_sure": "y"}).status_code == 302
    question = session.query(Question).one()
    page = browser.send(f"/questions/{question.id}/answer", {"words": words})
    assert page.status_code == 422
    assert "is_sure" in page.text


def test_who_asked_too_much_keeps_the_words(session, resource, asker, as_person):
    for _ in range(MOST_QUESTIONS):
        a_question(session, resource, asker)
    page = as_person(asker).send("/resources/peat/ask", {"words": WORDS})
    assert page.status_code == 429
    assert "Go on tomorrow" in page.text
    assert WORDS in page.text


def test_the_list_says_what_waits_and_what_one_asked(session, resource, asker, as_person):
    a_question(session, resource, asker, words=WORDS)
    lead = as_person(a_person(session, Role.REGIONAL_LEAD))
    page = lead.get("/questions").text
    assert WORDS in page
    assert "to be answered by" in page
    mine = as_person(asker).get("/questions").text
    assert "No question waits" in mine
    assert WORDS in mine
    assert "not answered yet" in mine


def test_the_home_page_tells_the_school(session, resource, asker, head, as_person):
    a_question(session, resource, asker)
    assert "Answer 1 question about your school’s resources" in as_person(head).get("/").text
