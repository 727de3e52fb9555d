"""What one door of the API is: its address, what it takes, what it answers, who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response
from pydantic import BaseModel

from app.api.problems import Problem


@dataclass(frozen=True)
class Endpoint:
    """One door of the API. The first line of the view's docstring says what it is for."""

    name: str  # for url_for, after “api.”
    path: str  # as Flask writes it
    view: Callable[..., Response]
    answer: type[BaseModel] | None  # None: any object, or nothing where the status is 204
    method: str = "GET"
    takes: type[BaseModel] | None = None  # the body, as JSON
    query: type[BaseModel] | None = None  # the parameters behind the question mark
    takes_search: bool = False  # the parameters of a search
    status: int = 200  # when all is well; 201 comes with a Location
    problems: tuple[int, ...] = ()  # statuses that come as a problem
    tells: Mapping[int, type[Problem]] = field(default_factory=dict)  # that say more than others
    same_answer: tuple[int, ...] = ()  # other statuses that come with the same body
    is_conditional: bool = False  # has an ETag
    needs_token: bool = False  # a visitor may never

    @property
    def all_problems(self) -> tuple[int, ...]:
        """Every status that comes as a problem: its own, and those of how it is asked."""
        own = {*self.problems, *self.tells, 401}  # a token that is not good, wherever it is shown
        if self.needs_token:
            own.add(403)
        if self.takes is not None:
            own |= {413, 415, 422}
        if self.query is not None:
            own.add(422)
        return tuple(sorted(own))
