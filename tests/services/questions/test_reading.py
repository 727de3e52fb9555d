"""Questions as readers see them, and those that wait."""

from datetime import timedelta

import pytest

from app.domain.audience import Audience
from app.domain.errors import NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.domain.workflow import State
from app.domain.working_days import NO_HOLIDAYS
from app.models.questions import Answer
from app.services.questions.reading import find_all, find_on, find_waiting
from tests.builders import a_person, a_question, a_resource, a_school, actor_for


@pytest.fixture
def resource(session):
    school = a_school(session)
    return a_resource(session, title="Peat", authority="angus", school_id=school.id)


@pytest.fixture
def asker(session):
    school = a_school(session, "Invented Links Primary School", "fife", "south-east")
    return a_person(session, Role.TEACHER, school=school, name="Isla Reported")


def words_of(found):
    return [question.words for question in found.questions]


def test_the_unanswered_stand_first_the_newest_of_them_at_the_top(session, resource, asker):
    now = utc_now()
    for hours, words, answer in ((3, "Old", ""), (1, "New", ""), (0, "Done", "Yes, it was.")):
        at = now - timedelta(hours=hours)
        a_question(session, resource, asker, answer=answer, words=words, asked_at=at)
    found = find_all(session, VISITOR, "peat")
    assert words_of(found) == ["New", "Old", "Done"]
    assert words_of(find_on(session, VISITOR, resource, resource.published, 2)) == ["New", "Old"]
    assert (found.total, found.may_ask, found.may_answer) == (3, False, False)


def test_a_role_and_a_school_are_told_and_no_name(session, resource, asker):
    a_question(session, resource, asker, answer="With P5 and P6.")
    [question] = find_all(session, VISITOR, "peat").questions
    assert question.speaker.role is Role.TEACHER
    assert question.speaker.school == "Invented Links Primary School"
    assert "Isla" not in repr((question, question.answers))


def test_what_helped_stands_first_and_what_is_hidden_nowhere(session, resource, asker):
    question = a_question(session, resource, asker, answer="The first answer.")
    for words in ("The second answer.", "The third answer."):
        session.add(Answer(question_id=question.id, person_id=asker.id, words=words))
    session.flush()
    session.expire_all()
    first, second, third = question.answers
    question.accepted_id, first.hidden_at = third.id, utc_now()
    session.flush()
    [seen] = find_all(session, VISITOR, "peat").questions
    assert [answer.id for answer in seen.answers] == [third.id, second.id]
    question.hidden_at = utc_now()
    session.flush()
    assert find_all(session, VISITOR, "peat").total == 0


def test_questions_are_seen_by_whoever_may_read_the_resource(session, resource, asker):
    a_question(session, resource)
    resource.published.audience = Audience.REGION
    session.flush()
    for actor in (VISITOR, actor_for(asker)):
        with pytest.raises(NotFound):
            find_all(session, actor, "peat")
    assert find_all(session, actor_for(a_person(session)), "peat").total == 1


def test_a_part_that_is_gone_from_the_text_is_not_linked(session, resource, asker):
    a_question(session, resource, asker, section="context")
    [question] = find_all(session, VISITOR, "peat").questions
    assert (question.section, question.heading) == ("context", "Context")
    resource.published.body_markdown = "## Other\n\nWords.\n"
    session.flush()
    [question] = find_all(session, VISITOR, "peat").questions
    assert (question.section, question.heading) == ("", "")


def waiting(session, person):
    return find_waiting(session, actor_for(person), 5, NO_HOLIDAYS)


def test_each_sees_what_is_theirs_to_see_to_oldest_first(session, resource, asker):
    now = utc_now()
    a_question(session, resource, asker, words="Newer")
    a_question(session, resource, asker, words="Older", asked_at=now - timedelta(days=30))
    a_question(session, resource, asker, words="Answered", answer="Yes, it was.")
    for role in (Role.TEACHER, Role.HEADTEACHER, Role.REGIONAL_LEAD, Role.AUTHORITY_OFFICER):
        found = waiting(session, a_person(session, role))
        assert words_of(found) == ["Older", "Newer"]
        assert [question.is_overdue for question in found.questions] == [True, False]
        assert found.overdue == 1
    mine = waiting(session, asker)
    assert words_of(mine) == []
    assert [question.words for question, _ in mine.asked] == ["Answered", "Newer", "Older"]


def test_what_is_withdrawn_or_no_longer_theirs_to_read_waits_for_nobody(session, resource, asker):
    a_question(session, resource, asker)
    revision = resource.published
    revision.audience = Audience.REGION
    session.flush()
    assert waiting(session, asker).asked == ()
    revision.state = State.WITHDRAWN
    session.flush()
    assert waiting(session, a_person(session)).questions == ()


def test_who_answers_nothing_has_no_such_list(session):
    for actor in (VISITOR, actor_for(a_person(session, Role.NATIONAL_READER))):
        with pytest.raises(NotAllowed):
            find_waiting(session, actor, 5, NO_HOLIDAYS)
