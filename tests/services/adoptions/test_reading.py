"""What schools said is counted, read and listed; what is hidden or deleted is in nothing."""

from datetime import date

import pytest
from sqlalchemy import event

from app.domain.audience import Audience
from app.domain.errors import NotFound
from app.domain.evidence import Outcome, Rung
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Role
from app.services.adoptions import reading
from tests.builders import a_person, a_resource, a_school, actor_for, an_adoption

SCHOOLS = (
    ("Invented Bay Primary School", "angus", "tayside"),
    ("Invented Hill Primary School", "angus", "tayside"),
    ("Invented Links Primary School", "fife", "south-east"),
)


def tried_in(session, resource, *places, **more):
    return [
        an_adoption(
            session,
            resource,
            a_person(session, Role.TEACHER, school=a_school(session, *place)),
            **more,
        )
        for place in places
    ]


def read(session, resource, actor=VISITOR):
    return reading.read_on_resource(session, actor, resource)


def test_the_third_school_in_a_second_authority_moves_it_up_and_taken_back_it_moves_down(
    session, resource
):
    *_, third = tried_in(session, resource, *SCHOOLS)
    found = read(session, resource)
    assert found.tried.rung is Rung.ADOPTED_ELSEWHERE
    tally = found.tried.tally
    assert (tally.schools, tally.authorities, tally.regions) == (3, 2, 2)

    third.deleted_at = utc_now()
    session.flush()
    assert read(session, resource).tried.rung is Rung.REPEATED


def test_what_moderators_hid_is_in_no_count_and_no_list(session, resource):
    hidden, _, _ = tried_in(session, resource, *SCHOOLS, changes="Shorter.")
    hidden.hidden_at = utc_now()
    session.flush()

    found = read(session, resource)
    assert found.tried.rung is Rung.REPEATED
    assert hidden not in found.latest
    listed = reading.find_on_resource(session, VISITOR, resource)
    assert (listed.total, hidden in listed.adoptions) == (2, False)


def test_a_school_that_tried_twice_is_one_school(session, resource):
    tried_in(session, resource, SCHOOLS[0], SCHOOLS[0])
    found = read(session, resource)
    assert found.tried.tally.schools == 1
    assert found.total == 2


def test_regions_are_told_with_how_it_went_the_most_schools_first(session, resource):
    tried_in(session, resource, SCHOOLS[2], outcome=Outcome.NOT)
    tried_in(session, resource, *SCHOOLS[:2])

    regions = read(session, resource).by_region

    assert list(regions) == ["tayside", "south-east"]
    assert regions["tayside"].outcomes == {
        Outcome.WORKED: 2,
        Outcome.PARTLY: 0,
        Outcome.NOT: 0,
    }
    assert regions["south-east"].outcomes[Outcome.NOT] == 1


def test_all_are_listed_the_latest_first_and_may_be_narrowed(session, resource):
    tried_in(session, resource, SCHOOLS[0], tried_on=date(2026, 1, 1))
    tried_in(session, resource, SCHOOLS[2], tried_on=date(2026, 5, 1), outcome=Outcome.NOT)

    def schools(**asked):
        found = reading.find_on_resource(session, VISITOR, resource, **asked)
        return [adoption.school.name for adoption in found.adoptions]

    assert schools() == [SCHOOLS[2][0], SCHOOLS[0][0]]
    assert schools(region="tayside") == [SCHOOLS[0][0]]
    assert schools(outcome=Outcome.NOT) == [SCHOOLS[2][0]]
    assert schools(page=2) == []


def test_tries_follow_who_may_see_the_resource(session):
    restricted = a_resource(session, title="Only here", audience=Audience.REGION)
    tried_in(session, restricted, SCHOOLS[0])
    here, elsewhere = (
        actor_for(a_person(session, Role.TEACHER, school=a_school(session, *place)))
        for place in (SCHOOLS[1], SCHOOLS[2])
    )
    assert read(session, restricted, here).total == 1
    for actor in (VISITOR, elsewhere):
        for ask in (reading.read_on_resource, reading.read_tried, reading.find_on_resource):
            with pytest.raises(NotFound):
                ask(session, actor, restricted)


def test_a_hundred_tries_take_no_more_questions_than_one(session, engine, resource):
    def asked():
        statements = []
        listen = lambda *told: statements.append(told[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        session.expire_all()
        resource.published  # noqa: B018 - the page has it already
        session.refresh(resource.published)
        statements.clear()
        found = read(session, resource)
        [adoption.school.name for adoption in found.latest]
        event.remove(engine, "before_cursor_execute", listen)
        return len(statements)

    teacher = a_person(session, Role.TEACHER, school=a_school(session, *SCHOOLS[0]))
    an_adoption(session, resource, teacher)
    few = asked()
    for _ in range(99):
        an_adoption(session, resource, teacher)
    assert asked() == few <= 4


def test_teachers_list_their_own_and_headteachers_their_school(session, resource, teacher, school):
    colleague = a_person(session, Role.TEACHER, school=school)
    head = a_person(session, Role.HEADTEACHER, school=school)
    for person in (teacher, colleague):
        an_adoption(session, resource, person)
    tried_in(session, resource, SCHOOLS[0])

    assert reading.find_mine(session, actor_for(teacher))[0].total == 1
    assert reading.find_mine(session, actor_for(head))[0].total == 2


def test_the_title_of_what_one_may_read_no_more_is_not_listed(session, teacher):
    resource = a_resource(session, title="Made narrower since")
    an_adoption(session, resource, teacher)
    resource.revisions[0].audience = Audience.REGION
    session.flush()
    _, [line] = reading.find_mine(session, actor_for(teacher))
    assert line.revision is None
