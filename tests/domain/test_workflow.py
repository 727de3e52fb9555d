"""The life of a revision: what may follow what."""

import itertools

import pytest

from app.domain.errors import WrongState
from app.domain.workflow import TABLE, State, Step, after


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
def test_only_the_steps_of_the_table_can_be_taken(state, step):
    if (state, step) in TABLE:
        assert after(state, step) is TABLE[state, step].end
    else:
        with pytest.raises(WrongState, match=r"A revision that is .* cannot .*"):
            after(state, step)


def test_every_state_but_draft_can_be_reached():
    assert {move.end for move in TABLE.values()} == set(State) - {State.DRAFT}


def test_only_an_approved_or_loaded_revision_becomes_published():
    assert {key for key, move in TABLE.items() if move.end is State.PUBLISHED} == {
        (State.APPROVED, Step.PUBLISH),
        (State.DRAFT, Step.LOAD),
        (State.WITHDRAWN, Step.RESTORE),
    }
