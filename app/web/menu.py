"""What a signed-in person finds in the header: their work, by what their role may do."""

from typing import NamedTuple

from flask import Flask, current_app

from app.domain.errors import DatabaseAway
from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action, allows
from app.web.edge import current_actor
from app.web.notifications.seen import count_unread


class Entry(NamedTuple):
    """A link of the menu, for those who may ever do the action."""

    endpoint: str
    text: str
    action: Action


MENU = (
    Entry("follows.index", "My page", Action.FOLLOW),
    Entry("submissions.index", "My work", Action.WRITE_DRAFT),
    Entry("reviews.index", "Reviews", Action.REVIEW),
    Entry("questions.index", "Questions", Action.ANSWER),
    Entry("concerns.index", "Moderation", Action.MODERATE),
    Entry("people.index", "People", Action.INVITE),
    Entry("terms.index", "Vocabularies", Action.KEEP_TERMS),
    Entry("audit.index", "Audit log", Action.READ_AUDIT),
    Entry("notifications.index", "Notifications", Action.HAVE_ACCOUNT),
    Entry("account.show", "My account", Action.HAVE_ACCOUNT),
)


def register_menu(app: Flask) -> None:
    """Let every template draw the menu of whoever is there."""

    @app.context_processor
    def menu() -> dict[str, object]:
        actor = _actor_or_visitor()
        return {
            "actor": actor,
            "menu": _entries_for(actor) if actor.id is not None else (),
            "ENDPOINTS": current_app.view_functions,
            # Called by the header only, and only for those who are signed in.
            "count_unread": lambda: count_unread(actor),
        }


def _actor_or_visitor() -> Actor:
    """Return who is there; a visitor while the database cannot say, so that a page is drawn."""
    try:
        return current_actor()
    except DatabaseAway:
        return VISITOR


def _entries_for(actor: Actor) -> tuple[Entry, ...]:
    held = current_app.view_functions
    return tuple(e for e in MENU if e.endpoint in held and allows(actor, e.action))
