"""Errors as application/problem+json (RFC 9457), for every address of the API."""

from http import HTTPStatus

from flask import Flask, Response
from pydantic import BaseModel, Field

from app.faces.errors import Failure, tell_errors

PROBLEM_JSON = "application/problem+json"
PATHS = ("/api", "/health")

# What to do, where an error brings no sentence of its own.
ADVICE = {
    400: "The request could not be understood.",
    401: "The token that was sent is not good.",
    404: "There is nothing at this address. /api/v1/openapi.json lists what there is.",
    405: "This address does not take that: Allow says what it takes.",
    413: "The request is too large.",
    415: "Send the body as application/json.",
    429: "Too many requests from your address. Wait for a minute and try again.",
    500: "Something went wrong on our side. It has been written down; try again later.",
}


class Problem(BaseModel, extra="allow"):
    """What is the matter, and what to do about it; some problems have members of their own."""

    type: str = Field(description="Always about:blank: the status says which kind it is.")
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="A sentence for the person who asked.")


class FieldProblem(BaseModel):
    """What is the matter with one field."""

    field: str
    sentence: str


class RefusedProblem(Problem):
    """A problem with the fields of what was sent, where it can be said of which."""

    fields: list[FieldProblem] = []


def register_problems(app: Flask) -> None:
    """Answer every error under the API's paths with a problem."""
    for path in PATHS:
        tell_errors(app, path, _problem)


def _problem(failure: Failure) -> Response:
    title = HTTPStatus(failure.status).phrase
    problem = Problem(
        type="about:blank",
        title=title,
        status=failure.status,
        detail=failure.sentence or ADVICE.get(failure.status, f"{title}."),
        **failure.more,
    )
    answer = Response(problem.model_dump_json(), mimetype=PROBLEM_JSON)
    answer.headers["Cache-Control"] = "no-store"
    return answer
