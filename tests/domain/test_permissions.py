"""The matrix of PRODUCT: every cell is a promise."""

import pytest

from app.domain.audience import Audience, mark_of, marks_for
from app.domain.errors import NotAllowed
from app.domain.people import OPERATOR, VISITOR, Actor, Role
from app.domain.permissions import MATRIX, ROLES, Action, Place, Scope, allows, require
from tests.builders import an_actor

REGIONS = ("tayside", "south-east", "west-partnership")


MINE, SCHOOL, OTHER_SCHOOL, OTHER_AUTHORITY, ELSEWHERE, UNSENT = (
    Place("tayside", "angus", 1, owner_ids=(7,)),
    Place("tayside", "angus", 1, owner_ids=(8,)),
    Place("tayside", "angus", 2, owner_ids=(8,)),
    Place("tayside", "dundee-city", 3, owner_ids=(8,)),
    Place("south-east", "fife", 4, owner_ids=(8,)),
    Place("tayside", "angus", 2, owner_ids=(8,), is_submitted=False),
)
EVERYWHERE = (MINE, SCHOOL, OTHER_SCHOOL, OTHER_AUTHORITY, ELSEWHERE, UNSENT)
# What each scope reaches for somebody in school 1 of Angus, in Tayside.
REACH = {
    Scope.NONE: (),
    Scope.OWN: (MINE,),
    Scope.SCHOOL: (MINE, SCHOOL),
    Scope.AUTHORITY: (MINE, SCHOOL, OTHER_SCHOOL, UNSENT),
    Scope.REGION: (MINE, SCHOOL, OTHER_SCHOOL, OTHER_AUTHORITY, UNSENT),
    Scope.SUBMITTED: (MINE, SCHOOL, OTHER_SCHOOL, OTHER_AUTHORITY),
    Scope.OTHERS: (SCHOOL, OTHER_SCHOOL, OTHER_AUTHORITY, UNSENT),
    Scope.ALL: EVERYWHERE,
}
CELLS = [
    (role, action, MATRIX[action][column]) for action in Action for column, role in enumerate(ROLES)
]


@pytest.mark.parametrize(("role", "action", "scope"), CELLS)
def test_each_cell_of_the_matrix_holds(role, action, scope):
    actor = Actor(role, id=7, region="tayside", authority="angus", school_id=1)

    assert allows(actor, action) is (scope is not Scope.NONE)
    assert tuple(p for p in EVERYWHERE if allows(actor, action, p)) == REACH[scope]


def test_nobody_reaches_anything_by_belonging_nowhere():
    stray = Actor(Role.HEADTEACHER, id=9)
    assert not allows(stray, Action.READ_DRAFT, Place())


def test_a_token_keeps_to_what_it_was_made_for():
    reader = Actor(Role.HEADTEACHER, id=7, school_id=1, may_only=frozenset({Action.READ_DRAFT}))
    assert allows(reader, Action.READ_DRAFT, MINE)
    assert not allows(reader, Action.WRITE_DRAFT, MINE)


def test_a_visitor_reads_public_resources_only():
    assert marks_for(VISITOR, REGIONS) == {"public"}


def test_a_teacher_sees_staff_resources_and_those_of_the_own_region():
    teacher = an_actor(Role.TEACHER, region="tayside")
    assert marks_for(teacher, REGIONS) == {"public", "staff", "region:tayside"}


def test_a_teacher_without_a_region_sees_no_regions_resources():
    assert marks_for(an_actor(region=None), REGIONS) == {"public", "staff"}


def test_a_national_reader_sees_no_region_only_resources():
    assert marks_for(an_actor(Role.NATIONAL_READER), REGIONS) == {"public", "staff"}


def test_the_operator_sees_everything():
    assert marks_for(OPERATOR, REGIONS) == {
        "public",
        "staff",
        *(mark_of(Audience.REGION, region) for region in REGIONS),
    }


def test_a_refusal_says_who_may_not_do_what():
    with pytest.raises(NotAllowed, match="A visitor may not load, write and check the library"):
        require(VISITOR, Action.KEEP)
    with pytest.raises(NotAllowed, match="An authority officer may not"):
        require(an_actor(Role.AUTHORITY_OFFICER), Action.KEEP)
