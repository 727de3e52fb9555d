"""The doorstep of the API: who is asking, and the guard of each endpoint."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from app.domain.people import Actor
from app.domain.permissions import Action
from app.faces.doorstep import guard
from app.faces.tokens import actor_by_token

P = ParamSpec("P")
R = TypeVar("R")


def current_actor() -> Actor:
    """Return for whom the asking program acts, by its token; a visitor where it shows none.

    A browser's sign-in counts for nothing here, so that no other site can read or write through it.

    Raises:
        NotSignedIn: its token is not good.
    """
    return actor_by_token()


def endpoint_for(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only those ask the endpoint whose role may ever do the action."""
    return guard(action, current_actor)
