"""The doorstep of the pages: turns a request into an actor, and guards the views."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask_login import current_user

from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action
from app.faces.doorstep import guard, parts

__all__ = ["current_actor", "page_for", "parts"]

P = ParamSpec("P")
R = TypeVar("R")


def current_actor() -> Actor:
    """Return the person at the browser as the services know them; a visitor if not signed in."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else VISITOR


def page_for(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only those see the page whose role may ever do the action."""
    return guard(action, current_actor)
