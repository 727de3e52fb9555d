"""The doorstep of every face that is reached by a request: the parts, and the guard."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app

from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.parts import Parts

P = ParamSpec("P")
R = TypeVar("R")


def parts() -> Parts:
    """Return the parts of the app that answers this request or runs this command."""
    return parts_of(current_app)


def parts_of(app: Flask) -> Parts:
    """Return the parts of an app."""
    return cast(Parts, app.extensions["parts"])


def guard(action: Action, who: Callable[[], Actor]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that lets only those through whose role may ever do the action.

    `who` is asked at each request. The guarded view carries the action as `.action`.
    """

    def put_on(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require(who(), action)
            return view(*args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]  # read by tests/architecture
        return guarded

    return put_on
