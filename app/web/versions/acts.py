"""What whoever is there may do with a published resource: the buttons on its pages."""

from dataclasses import dataclass

from flask import current_app

from app.domain.permissions import Action, Thing, allows
from app.domain.workflow import State, Step, steps_for
from app.web.edge import current_actor

EDIT = "submissions.start_from"


@dataclass(frozen=True)
class Acts:
    """Which buttons are drawn; the services ask again."""

    may_edit: bool
    may_withdraw: bool
    may_restore: bool

    def __bool__(self) -> bool:
        return self.may_edit or self.may_withdraw or self.may_restore


def acts_on(thing: Thing, state: State) -> Acts:
    """Return what the person at the browser may do with a revision in this state."""
    actor = current_actor()
    steps = steps_for(actor, state, thing)
    is_out = state is State.PUBLISHED
    return Acts(
        may_edit=is_out
        and EDIT in current_app.view_functions
        and allows(actor, Action.WRITE_DRAFT, thing),
        may_withdraw=Step.WITHDRAW in steps,
        may_restore=Step.RESTORE in steps,
    )
