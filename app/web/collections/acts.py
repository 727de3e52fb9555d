"""What a reader may go on to do with a collection: the links below its title."""

from typing import NamedTuple

from flask import current_app

from app.domain.people import Actor
from app.domain.permissions import Action, allows


class Act(NamedTuple):
    """A link to a page that takes the collection's address, for those who may do the action."""

    endpoint: str
    text: str
    action: Action


ACTS: tuple[Act, ...] = (
    Act("packs.show", "Network-day pack", Action.READ_PUBLIC),
    Act("shares.show_collection", "Share", Action.READ_PUBLIC),
)


def acts_for(actor: Actor) -> tuple[Act, ...]:
    """Return the links for this person, in their order."""
    held = current_app.view_functions
    return tuple(act for act in ACTS if act.endpoint in held and allows(actor, act.action))
