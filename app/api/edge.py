"""The doorstep of the API: who is asking, and the guard of each endpoint."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action
from app.faces.doorstep import guard

P = ParamSpec("P")
R = TypeVar("R")


def current_actor() -> Actor:
    """Return who is asking: a visitor.

    A browser's sign-in counts for nothing here, so that no other site can
    read through it; a program will bring a token.
    """
    return VISITOR


def endpoint_for(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only those ask the endpoint whose role may ever do the action."""
    return guard(action, current_actor)
