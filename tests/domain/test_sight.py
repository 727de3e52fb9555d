"""Who can see this: the sentences say what the matrix does."""

import pytest

from app.domain.audience import ACTIONS, Audience
from app.domain.people import Actor, Role
from app.domain.permissions import Action, Place, allows
from app.domain.sight import EVERYBODY, SIGNED_IN, WRITER, plural, who_can_see
from app.domain.workflow import AT_SCHOOL, State

PLACES = {"region": "Tayside", "authority": "Angus", "school": "Sample Primary"}


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_a_role_is_named_exactly_where_the_matrix_lets_it_see_what_others_wrote(
    role, state, audience
):
    said = who_can_see(state, audience, **PLACES)
    if said in ((EVERYBODY,), (SIGNED_IN,)):
        named = role is not Role.VISITOR or said == (EVERYBODY,)
    else:
        named = any(s.startswith(plural(role)) and "once it is" not in s for s in said)
    action = ACTIONS[audience] if state is State.PUBLISHED else Action.READ_DRAFT
    thing = Place("tayside", "angus", 1, (7,), is_submitted=state not in AT_SCHOOL)
    actor = Actor(role, id=8, region="tayside", authority="angus", school_id=1)
    assert named is allows(actor, action, thing)


def test_a_draft_is_the_writers_and_the_schools_until_it_is_submitted():
    assert who_can_see(State.DRAFT, Audience.PUBLIC, **PLACES) == (
        WRITER,
        "Headteachers of Sample Primary",
        "Regional leads of Tayside, once it is submitted",
    )
    submitted = who_can_see(State.SUBMITTED, Audience.PUBLIC, **PLACES)
    assert submitted[-1] == "Regional leads of Tayside"


def test_without_a_school_no_headteacher_sees_it_for_the_schools_sake():
    said = who_can_see(State.DRAFT, Audience.PUBLIC, region="Tayside")
    assert not any("Headteachers" in sentence for sentence in said)


def test_what_is_published_is_for_its_audience():
    def published(audience):
        return who_can_see(State.PUBLISHED, audience, **PLACES)

    assert published(Audience.PUBLIC) == (EVERYBODY,)
    assert published(Audience.STAFF) == (SIGNED_IN,)
    assert "Teachers of Tayside" in published(Audience.REGION)
    assert "Administrators" in published(Audience.REGION)
    assert not any("National" in sentence for sentence in published(Audience.REGION))
