"""Each thing that can go wrong, and the one plain page that tells of it."""

import logging
from typing import NamedTuple

from flask import Flask, Response, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from app.domain import errors

log = logging.getLogger(__name__)

STATUS: dict[type[errors.ServiceError], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.TooLarge: 413,
    errors.InvalidInput: 422,
    errors.SearchUnavailable: 503,
}
RETRY_AFTER_S = 10


class Problem(NamedTuple):
    """What a person reads when a page cannot be shown."""

    heading: str
    advice: str


PROBLEMS = {
    400: Problem("We could not understand that request", "Go back and try again."),
    403: Problem("You may not open this page", "Ask the person who keeps the library."),
    404: Problem(
        "Page not found",
        "If you typed the address, check that it is right. If you followed a link, the page "
        "may have moved: search for it.",
    ),
    405: Problem("That cannot be done here", "Go back and use the links and buttons of the page."),
    409: Problem("That cannot be done now", "Somebody may have been quicker. Look again."),
    413: Problem("That is too large", "Send less at a time."),
    422: Problem("We could not use what was sent", "Go back and change it."),
    429: Problem(
        "Too many requests", "Wait for a minute and try again. Nothing that you did is lost."
    ),
    500: Problem(
        "Sorry, something went wrong on our side",
        "It has been written down. Try again in a few minutes.",
    ),
    503: Problem("Search is not there for the moment", "It comes back by itself: try again soon."),
}


def status_of(error: errors.ServiceError) -> int:
    """Return the HTTP status for an error of the family."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)


def register_error_pages(app: Flask) -> None:
    """Answer every error with its own status and one plain page."""

    @app.errorhandler(errors.ServiceError)
    def tell(error: errors.ServiceError) -> Response:
        return _page(status_of(error), str(error))

    @app.errorhandler(HTTPException)
    def tell_http(error: HTTPException) -> Response:
        answer = _page(error.code or 500)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(InternalServerError)
    def tell_fault(error: InternalServerError) -> Response:
        log.error("unhandled error", exc_info=error.original_exception)
        return _page(500)


def _page(status: int, sentence: str = "") -> Response:
    problem = PROBLEMS.get(status, PROBLEMS[500])
    answer = make_response(
        render_template("layouts/problem.html", problem=problem, sentence=sentence, status=status),
        status,
    )
    if status == 503:  # noqa: PLR2004 - the status is its own name
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
    return answer
