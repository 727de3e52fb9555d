"""What a reader may go on to do with a resource: the links below its title."""

from typing import NamedTuple

from flask import current_app

from app.domain.people import Actor
from app.domain.permissions import Action, allows


class Act(NamedTuple):
    """A link to a page that takes the resource's address, for those who may ever do the action."""

    endpoint: str
    text: str
    action: Action


ACTS = (
    Act("adoptions.new", "I tried this", Action.ADOPT),
    Act("collections.add", "Add to a collection", Action.COLLECT),
    Act("shares.show", "Share", Action.READ_PUBLIC),
    Act("lineages.new", "Build on it", Action.WRITE_DRAFT),
    Act("questions.new", "Ask about it", Action.ASK),
)


def acts_for(actor: Actor) -> tuple[Act, ...]:
    """Return the links for this person, in their order."""
    held = current_app.view_functions
    return tuple(act for act in ACTS if act.endpoint in held and allows(actor, act.action))
