"""The life of a revision: one table of steps, and nothing else changes a state."""

from enum import StrEnum

from app.domain.errors import WrongState


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


STEPS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.OFFER): State.WITH_SCHOOL,
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.WITH_SCHOOL, Step.SIGN_OFF): State.SUBMITTED,
    (State.SUBMITTED, Step.ASK_FOR_CHANGES): State.CHANGES_WANTED,
    (State.SUBMITTED, Step.DECLINE): State.DECLINED,
    (State.SUBMITTED, Step.APPROVE): State.APPROVED,
    (State.CHANGES_WANTED, Step.SUBMIT): State.SUBMITTED,
    (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
    # A file loaded by the operator was reviewed where it came from.
    (State.DRAFT, Step.LOAD): State.PUBLISHED,
    (State.PUBLISHED, Step.SUPERSEDE): State.SUPERSEDED,
    (State.PUBLISHED, Step.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Step.RESTORE): State.PUBLISHED,
}


def after(state: State, step: Step) -> State:
    """Return the state that the step leads to.

    Raises:
        WrongState: when the step cannot be taken from this state.
    """
    try:
        return STEPS[state, step]
    except KeyError:
        sentence = f"A revision that is {state} cannot {step}.".replace("_", " ")
        raise WrongState(sentence) from None
