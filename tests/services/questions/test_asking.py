"""Ask about a resource and answer: who may, who is told, what is refused."""

from datetime import timedelta

import pytest

from app.domain.audience import Audience
from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, TooManyTries
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.services.questions import asking
from app.services.questions.asking import accept, answer, ask
from app.services.questions.words import MOST_ANSWERS, MOST_QUESTIONS, MayIdentify, Said
from tests.builders import a_person, a_question, a_resource, a_school, actor_for

WORDS = Said("How long did it take to get going?")
REPLY = Said("About three weeks, with ten minutes a day.")


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER)


@pytest.fixture
def writer(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def resource(session, writer):
    school = a_school(session)
    return a_resource(
        session,
        title="Peat",
        authority="angus",
        school=school.name,
        school_id=school.id,
        author_id=writer.id,
        body="## Context\n\nOld.\n\n## What we did\n\nNew.\n",
    )


@pytest.fixture
def asker(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=school)


def told(session, person):
    rows = session.query(Notification).filter_by(person_id=person.id)
    return [(str(row.kind), row.path) for row in rows]


def test_the_school_and_the_leads_of_the_region_are_told(session, resource, head, writer, asker):
    lead = a_person(session, Role.REGIONAL_LEAD)
    elsewhere = a_person(session, Role.REGIONAL_LEAD, region="south-east")
    question = ask(session, actor_for(asker), "peat", WORDS, "context")
    path = f"/resources/peat/questions#asked-{question.id}"
    for person in (head, writer, lead):
        assert told(session, person) == [("asked", path)]
    assert told(session, elsewhere) == told(session, asker) == []
    assert question.section == "context"
    assert question.region == "tayside"


def test_who_asked_is_told_of_an_answer_and_says_that_it_helped(session, resource, head, asker):
    question = a_question(session, resource, asker)
    given = answer(session, actor_for(head), question.id, REPLY)
    assert given.is_by_school
    assert question.answered_at is not None
    assert [kind for kind, _ in told(session, asker)] == ["answered"]

    with pytest.raises(NotAllowed, match="person who asked"):
        accept(session, actor_for(head), given.id)
    accept(session, actor_for(asker), given.id)
    assert question.accepted_id == given.id
    accept(session, actor_for(asker), given.id, is_accepted=False)
    assert question.accepted_id is None


def test_a_colleague_elsewhere_answers_too_and_is_not_the_school(session, resource, asker):
    question = a_question(session, resource, asker)
    officer = a_person(session, Role.AUTHORITY_OFFICER)
    assert not answer(session, actor_for(officer), question.id, REPLY).is_by_school


def test_adding_to_ones_own_question_does_not_answer_it(session, resource, asker):
    question = a_question(session, resource, asker)
    answer(session, actor_for(asker), question.id, REPLY)
    assert question.answered_at is None
    assert told(session, asker) == []


def test_what_one_may_not_read_can_be_neither_asked_about_nor_answered(session, resource, asker):
    resource.published.audience = Audience.REGION
    question = a_question(session, resource)
    given = answer(session, actor_for(a_person(session, Role.TEACHER)), question.id, REPLY)
    session.flush()
    outside = actor_for(asker)
    for act in (
        lambda: ask(session, outside, "peat", WORDS),
        lambda: answer(session, outside, question.id, REPLY),
        lambda: accept(session, outside, given.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_what_is_hidden_is_as_if_it_were_not_there(session, resource, asker, head):
    question = a_question(session, resource, asker, answer="With P5 and P6.")
    question.answers[0].hidden_at = utc_now()
    session.flush()
    with pytest.raises(NotFound):
        accept(session, actor_for(asker), question.answers[0].id)
    question.hidden_at = utc_now()
    session.flush()
    with pytest.raises(NotFound):
        answer(session, actor_for(head), question.id, REPLY)
    for number in (0, -1, 2**40):
        with pytest.raises(NotFound):
            answer(session, actor_for(head), number, REPLY)


def test_roles_that_ask_or_answer_nothing_are_refused(session, resource, asker):
    question = a_question(session, resource, asker)
    reader = actor_for(a_person(session, Role.NATIONAL_READER))
    officer = actor_for(a_person(session, Role.AUTHORITY_OFFICER))
    for actor in (VISITOR, reader, officer):
        with pytest.raises(NotAllowed):
            ask(session, actor, "peat", WORDS)
    for actor in (VISITOR, reader):
        with pytest.raises(NotAllowed):
            answer(session, actor, question.id, REPLY)


@pytest.mark.parametrize("words", ["", "   \0  ", "Why?", "x" * 2001])
def test_too_few_or_too_many_words_are_refused(session, resource, asker, words):
    with pytest.raises(InvalidInput, match="Write 10 to 2,000 characters"):
        ask(session, actor_for(asker), "peat", Said(words))


def test_a_part_that_the_text_has_not_is_refused(session, resource, asker):
    with pytest.raises(InvalidInput, match="part of the text"):
        ask(session, actor_for(asker), "peat", WORDS, "nowhere")


def test_words_that_may_point_to_somebody_are_asked_about_once(session, resource, asker):
    doubtful = "Ring me at 01382 123456, or write to jo.bloggs@example.org please."
    with pytest.raises(MayIdentify) as raised:
        ask(session, actor_for(asker), "peat", Said(doubtful))
    assert raised.value.findings
    assert ask(session, actor_for(asker), "peat", Said(doubtful, is_sure=True)).words == doubtful


def test_the_name_of_a_school_is_no_trace_of_a_pupil(session, resource, asker):
    a_school(session, "Achvarrich Primary School", "highland", "northern-alliance")
    ask(session, actor_for(asker), "peat", Said("Would it work at Achvarrich Primary School?"))


def test_nobody_asks_or_answers_without_end(session, resource, asker, head):
    for _ in range(MOST_QUESTIONS):
        question = a_question(session, resource, asker)
    with pytest.raises(TooManyTries, match="Go on tomorrow"):
        ask(session, actor_for(asker), "peat", WORDS)
    question.asked_at = utc_now() - timedelta(days=2)
    session.flush()
    ask(session, actor_for(asker), "peat", WORDS)

    for _ in range(MOST_ANSWERS):
        answer(session, actor_for(head), question.id, REPLY)
    with pytest.raises(TooManyTries):
        answer(session, actor_for(head), question.id, REPLY)


def test_each_step_is_on_record_without_its_words(session, resource, asker, head):
    question = ask(session, actor_for(asker), "peat", WORDS)
    given = answer(session, actor_for(head), question.id, REPLY)
    accept(session, actor_for(asker), given.id)
    rows = session.query(AuditEntry).filter_by(subject=f"question:{question.id}").all()
    steps = [AuditAction.ASKED, AuditAction.ANSWERED, AuditAction.ANSWER_ACCEPTED]
    assert [row.action for row in rows] == steps
    assert not any("week" in row.detail or "long" in row.detail for row in rows)


def test_the_parts_that_can_be_asked_about_are_the_headings(resource):
    parts = asking.sections_of(resource.published)
    assert parts == {"context": "Context", "what-we-did": "What we did"}
