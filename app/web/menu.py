"""What a signed-in person finds in the header: their work, by what their role may do."""

from typing import NamedTuple

from flask import Flask, current_app

from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.web.edge import current_actor
from app.web.notifications.seen import count_unread


class Entry(NamedTuple):
    """A link of the menu, for those who may ever do the action."""

    endpoint: str
    text: str
    action: Action


MENU = (
    Entry("submissions.index", "My work", Action.WRITE_DRAFT),
    Entry("reviews.index", "Reviews", Action.REVIEW),
    Entry("people.index", "People", Action.INVITE),
    Entry("audit.index", "Audit log", Action.READ_AUDIT),
    Entry("notifications.index", "Notifications", Action.HAVE_ACCOUNT),
    Entry("account.show", "My account", Action.HAVE_ACCOUNT),
)


def register_menu(app: Flask) -> None:
    """Let every template draw the menu of whoever is there."""

    @app.context_processor
    def menu() -> dict[str, object]:
        actor = current_actor()
        return {
            "actor": actor,
            "menu": _entries_for(actor) if actor.id is not None else (),
            "ENDPOINTS": current_app.view_functions,
            # Called by the header only, and only for those who are signed in.
            "count_unread": lambda: count_unread(actor),
        }


def _entries_for(actor: Actor) -> tuple[Entry, ...]:
    held = current_app.view_functions
    return tuple(e for e in MENU if e.endpoint in held and allows(actor, e.action))
