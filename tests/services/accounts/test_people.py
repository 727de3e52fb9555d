"""Accounts as an administrator keeps them; the last administrator stays."""

from datetime import timedelta

import pytest

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, OPERATOR, Role
from app.models.audit import AuditEntry
from app.models.notifications import Notification
from app.services.accounts import people, sessions
from app.services.accounts.actors import actor_of
from app.services.accounts.people import Filter
from app.services.accounts.places import RolePlace, Wanted, place_role
from app.services.accounts.sessions import Limits
from tests.builders import a_person, a_school, actor_for

LIMITS = Limits(timedelta(hours=2), timedelta(hours=12))
KEEPERS = [people.end_role, people.disable]


@pytest.fixture
def keeper(session):
    return a_person(session, Role.ADMINISTRATOR)


def is_in(session, token):
    return sessions.recognise(session, token, LIMITS, utc_now()) is not None


def test_a_new_role_takes_the_place_of_the_old_and_ends_what_was_open(session, taxonomy, keeper):
    person = a_person(session, Role.TEACHER)
    token = sessions.begin(session, person, "A test", utc_now())
    placed = place_role(session, taxonomy, Wanted(Role.REGIONAL_LEAD, region="tayside"))
    people.grant(session, actor_for(keeper), person.id, placed, now=utc_now())
    assert actor_for(person).role is Role.REGIONAL_LEAD
    assert [g.ended_at is None for g in person.grants] == [False, True]
    assert not is_in(session, token)
    assert session.query(Notification).one().person_id == person.id
    done = [e.action for e in session.query(AuditEntry)]
    assert done == [AuditAction.ROLE_ENDED, AuditAction.ROLE_GRANTED]


def test_a_role_lapses_by_itself(session, keeper):
    person, now = a_person(session), utc_now()
    placed, ends = RolePlace(Role.NATIONAL_READER), now + timedelta(days=1)
    people.grant(session, actor_for(keeper), person.id, placed, now=now, ends_at=ends)
    assert actor_of(person, now) is not None
    assert actor_of(person, ends) is None
    with pytest.raises(InvalidInput):
        people.grant(session, actor_for(keeper), person.id, placed, now=now, ends_at=now)


@pytest.mark.parametrize("deed", KEEPERS)
def test_shut_out_is_out_at_once(session, keeper, deed):
    person = a_person(session)
    token = sessions.begin(session, person, "A test", utc_now())
    deed(session, actor_for(keeper), person.id, utc_now())
    assert actor_of(person, utc_now()) is None
    assert not is_in(session, token)


def test_shut_and_opened_again(session, keeper):
    person, actor = a_person(session), actor_for(keeper)
    people.disable(session, actor, person.id, utc_now())
    people.disable(session, actor, person.id, utc_now())
    people.enable(session, actor, person.id, utc_now())
    assert actor_of(person, utc_now()) is not None
    done = [e.action for e in session.query(AuditEntry)]
    assert done == [AuditAction.DISABLED, AuditAction.ENABLED]


@pytest.mark.parametrize("deed", KEEPERS)
def test_the_last_administrator_stays(session, keeper, deed):
    actor = actor_for(keeper)
    for who in (actor, OPERATOR):
        with pytest.raises(WrongState, match="only administrator"):
            deed(session, who, keeper.id, utc_now())
    with pytest.raises(WrongState):
        people.grant(session, actor, keeper.id, RolePlace(Role.NATIONAL_READER), now=utc_now())
    again, ends = RolePlace(Role.ADMINISTRATOR), utc_now() + timedelta(days=1)
    with pytest.raises(WrongState):
        people.grant(session, actor, keeper.id, again, now=utc_now(), ends_at=ends)


@pytest.mark.parametrize("deed", KEEPERS)
def test_an_administrator_may_go_when_another_is_left(session, keeper, deed):
    other = a_person(session, Role.ADMINISTRATOR)
    deed(session, actor_for(other), keeper.id, utc_now())
    with pytest.raises(WrongState):
        deed(session, actor_for(other), other.id, utc_now())


def test_an_administrator_whose_role_lapses_is_not_one_to_be_left_with(session, keeper):
    other = a_person(session, Role.ADMINISTRATOR)
    other.grants[0].ends_at = utc_now() + timedelta(days=1)
    session.flush()
    with pytest.raises(WrongState):
        people.disable(session, actor_for(other), keeper.id, utc_now())


@pytest.mark.parametrize("role", [r for r in BELONGS_TO if r is not Role.ADMINISTRATOR])
def test_nobody_else_keeps_accounts(session, keeper, role):
    actor = actor_for(a_person(session, role))
    placed, now = RolePlace(Role.ADMINISTRATOR), utc_now()
    for deed in (*KEEPERS, people.enable):
        with pytest.raises(NotAllowed):
            deed(session, actor, keeper.id, now)
    with pytest.raises(NotAllowed):
        people.grant(session, actor, actor.id, placed, now=now)


def test_each_sees_the_people_of_their_reach_and_no_others(session, keeper):
    mine, near = a_school(session, "Mine"), a_school(session, "Near")
    far = a_school(session, "Far", "dundee-city")
    away = a_school(session, "Away", "highland", "northern-alliance")
    teachers = [a_person(session, school=s, name=f"T {s.name}") for s in (mine, near, far, away)]
    reach = {
        a_person(session, Role.HEADTEACHER, school=mine): 1,
        a_person(session, Role.AUTHORITY_OFFICER): 2,
        a_person(session, Role.REGIONAL_LEAD): 3,
        keeper: 4,
    }
    for person, count in reach.items():
        actor = actor_for(person)
        found = people.find(session, actor, Filter("t ", Role.TEACHER)).people
        assert found == sorted(teachers[:count], key=lambda p: p.name)
        for teacher in teachers[:count]:
            assert people.read(session, actor, teacher.id) is teacher
        for teacher in teachers[count:]:
            with pytest.raises(NotFound):
                people.read(session, actor, teacher.id)


def test_finding_takes_words_as_they_are(session, keeper):
    a_person(session, name="100% Invented_Name")
    a_person(session, name="Somebody Else")
    for words, count in (("100%", 1), ("d_n", 1), ("%", 1), ("o", 2), ("\0", 3), ("else some", 1)):
        assert people.find(session, actor_for(keeper), Filter(words)).total == count, words


def test_pages_hold_fifty(session, keeper):
    for n in range(51):
        a_person(session, name=f"Invented {n:02}")
    found = people.find(session, actor_for(keeper), Filter("invented", Role.TEACHER, 2))
    assert (found.total, found.pages, len(found.people)) == (51, 2, 1)


def test_teachers_and_readers_see_no_list(session):
    for role in (Role.TEACHER, Role.NATIONAL_READER):
        with pytest.raises(NotAllowed):
            people.find(session, actor_for(a_person(session, role)), Filter())
