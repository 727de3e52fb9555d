"""Each thing that can go wrong, and the one plain page that tells of it."""

from typing import NamedTuple

from flask import Flask, Response, make_response, render_template, request

from app.faces.errors import Failure, tell_errors


class Problem(NamedTuple):
    """What a person reads when a page cannot be shown."""

    heading: str
    advice: str


PROBLEMS = {
    400: Problem("We could not understand that request", "Go back and try again."),
    401: Problem("Sign in first", "What was shown to say who asks does not count any more."),
    403: Problem("You may not open this page", "Ask the person who keeps the library."),
    404: Problem(
        "Page not found",
        "If you typed the address, check that it is right. If you followed a link, the page "
        "may have moved: search for it.",
    ),
    405: Problem("That cannot be done here", "Go back and use the links and buttons of the page."),
    409: Problem("That cannot be done now", "Somebody may have been quicker. Look again."),
    410: Problem(
        "This resource was withdrawn",
        "Something like it may be in the library: search for what you need.",
    ),
    413: Problem("That is too large", "Send less at a time."),
    422: Problem("We could not use what was sent", "Go back and change it."),
    429: Problem(
        "Too many requests", "Wait for a minute and try again. Nothing that you did is lost."
    ),
    500: Problem(
        "Sorry, something went wrong on our side",
        "It has been written down. Try again in a few minutes.",
    ),
    503: Problem("That is not there for the moment", "It comes back by itself: try again soon."),
}


def register_error_pages(app: Flask) -> None:
    """Answer every error with its own status and one plain page."""
    tell_errors(app, "/", _page)


def _page(failure: Failure) -> Response:
    fault = 400 if failure.status < 500 else 500  # noqa: PLR2004 - whose fault it is
    problem = PROBLEMS.get(failure.status, PROBLEMS[fault])
    return make_response(
        render_template(
            "layouts/problem.html",
            problem=problem,
            sentence=failure.sentence,
            status=failure.status,
            next=request.full_path.rstrip("?") if request.method == "GET" else None,
        )
    )
