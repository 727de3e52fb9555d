"""The matrix of PRODUCT: every cell is a promise."""

import pytest

from app.domain.audience import Audience, mark_of, marks_for
from app.domain.errors import NotAllowed
from app.domain.people import OPERATOR, VISITOR, Role
from app.domain.permissions import MATRIX, ROLES, Action, Scope, allows, require
from tests.builders import an_actor

REGIONS = ("tayside", "south-east", "west-partnership")


class Thing:
    def __init__(self, region):
        self.region = region


CELLS = [
    (role, action, MATRIX[action][column]) for action in Action for column, role in enumerate(ROLES)
]


@pytest.mark.parametrize(("role", "action", "scope"), CELLS)
def test_each_cell_of_the_matrix_holds(role, action, scope):
    actor = an_actor(role, region="tayside")

    assert allows(actor, action, Thing("tayside")) is (scope is not Scope.NONE)
    assert allows(actor, action, Thing("south-east")) is (scope is Scope.ALL)


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
