"""The life of a revision: one table of moves, and nothing else changes a state."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import InvalidInput, WrongState
from app.domain.people import Actor
from app.domain.permissions import Action, Thing, allows


class State(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    WITH_SCHOOL = "with_school"
    SUBMITTED = "submitted"
    CHANGES_WANTED = "changes_wanted"
    DECLINED = "declined"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in words: changes wanted."""
        return self.value.replace("_", " ")


class Step(StrEnum):
    """What may be done to a revision."""

    OFFER = "offer"
    SIGN_OFF = "sign_off"
    SUBMIT = "submit"
    ASK_FOR_CHANGES = "ask_for_changes"
    DECLINE = "decline"
    APPROVE = "approve"
    PUBLISH = "publish"
    LOAD = "load"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


@dataclass(frozen=True)
class Move:
    """One row of the table: from where, by what, to where, who may, and whether they say why."""

    start: State
    step: Step
    end: State
    action: Action | None  # None: it follows from another step, and nobody does it
    needs_comment: bool = False


SAID = True  # with a comment

# fmt: off
MOVES = (
    Move(State.DRAFT,          Step.OFFER,           State.WITH_SCHOOL,    Action.OFFER),
    Move(State.DRAFT,          Step.SUBMIT,          State.SUBMITTED,      Action.SUBMIT),
    Move(State.WITH_SCHOOL,    Step.SIGN_OFF,        State.SUBMITTED,      Action.SUBMIT),
    Move(State.SUBMITTED,      Step.ASK_FOR_CHANGES, State.CHANGES_WANTED, Action.REVIEW, SAID),
    Move(State.SUBMITTED,      Step.DECLINE,         State.DECLINED,       Action.REVIEW, SAID),
    Move(State.SUBMITTED,      Step.APPROVE,         State.APPROVED,       Action.REVIEW, SAID),
    Move(State.CHANGES_WANTED, Step.SUBMIT,          State.SUBMITTED,      Action.SUBMIT),
    Move(State.APPROVED,       Step.PUBLISH,         State.PUBLISHED,      Action.REVIEW),
    # A file loaded by the operator was reviewed where it came from.
    Move(State.DRAFT,          Step.LOAD,            State.PUBLISHED,      Action.KEEP),
    Move(State.PUBLISHED,      Step.SUPERSEDE,       State.SUPERSEDED,     None),
    Move(State.PUBLISHED,      Step.WITHDRAW,        State.WITHDRAWN,      Action.WITHDRAW, SAID),
    Move(State.WITHDRAWN,      Step.RESTORE,         State.PUBLISHED,      Action.WITHDRAW, SAID),
)
# fmt: on
TABLE: Mapping[tuple[State, Step], Move] = {(move.start, move.step): move for move in MOVES}

EDITABLE = frozenset({State.DRAFT, State.WITH_SCHOOL, State.CHANGES_WANTED})
# Not yet decided for good: a resource has at most one such revision at a time.
OPEN = EDITABLE | {State.SUBMITTED, State.APPROVED}
# Never left the school.
AT_SCHOOL = frozenset({State.DRAFT, State.WITH_SCHOOL})
SHORTEST_COMMENT = 10  # characters: a sentence, not “ok”


def move_of(state: State, step: Step) -> Move:
    """Return the row of the table.

    Raises:
        WrongState: when the step cannot be taken from this state.
    """
    try:
        return TABLE[state, step]
    except KeyError:
        sentence = f"A revision that is {state} cannot {step}.".replace("_", " ")
        raise WrongState(sentence) from None


def after(state: State, step: Step) -> State:
    """Return the state that the step leads to.

    Raises:
        WrongState: when the step cannot be taken from this state.
    """
    return move_of(state, step).end


def steps_for(actor: Actor, state: State, thing: Thing) -> tuple[Step, ...]:
    """Return the steps that this actor may take from here, in the order of the table."""
    return tuple(
        move.step
        for move in MOVES
        if move.start is state
        and move.action
        and allows(actor, move.action, thing)
        and move.step is not Step.LOAD
    )


def require_comment(state: State, step: Step, comment: str) -> None:
    """Do nothing where the comment says enough.

    Raises:
        InvalidInput: the step needs a comment, and this is none.
    """
    if move_of(state, step).needs_comment and len(comment.strip()) < SHORTEST_COMMENT:
        raise InvalidInput("Say why, in a sentence that the others can act on.")
