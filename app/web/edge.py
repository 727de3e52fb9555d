"""The doorstep: turns a request into an actor, and guards the pages."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import current_app
from flask_login import current_user

from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action, require
from app.parts import Parts

P = ParamSpec("P")
R = TypeVar("R")


def parts() -> Parts:
    """Return the parts of the app that answers this request."""
    return cast(Parts, current_app.extensions["parts"])


def current_actor() -> Actor:
    """Return the person at the browser as the services know them; a visitor if not signed in."""
    return cast(Actor, current_user.actor) if current_user.is_authenticated else VISITOR


def page_for(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only those see the page whose role may ever do the action."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(current_actor(), action)
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by tests/architecture
        return guarded

    return guard
