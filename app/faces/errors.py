"""One error family, one table of statuses; each face tells of errors in its own form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, InternalServerError

from app.domain import errors
from app.faces.refusals import note_refused

STATUS: Mapping[type[errors.ServiceError], int] = {
    errors.NotFound: 404,
    errors.Withdrawn: 410,
    errors.LinkOver: 410,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.TooManyTries: 429,
    errors.WrongState: 409,
    errors.TooLarge: 413,
    errors.InvalidInput: 422,
    errors.SearchUnavailable: 503,
    errors.DatabaseBehind: 503,
    errors.DatabaseAway: 503,
    errors.PdfAway: 503,
    errors.MailAway: 503,
    errors.LetterPutOff: 503,
    errors.LetterRefused: 422,
}
# When it is worth while to come back, in seconds.
RETRY_AFTER_S = {429: 60, 503: 10}
# How a program may say who asks (RFC 6750), where what it showed was not good.
HOW_TO_SIGN_IN = 'Bearer realm="Good Practice Library", error="invalid_token"'
KEPT_HEADERS = ("Allow", "Retry-After")


@dataclass(frozen=True)
class Failure:
    """What went wrong, before it is told as a page or as JSON."""

    status: int
    sentence: str = ""  # for the person; "" where the status says all there is
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)  # what a program reads besides


Teller = Callable[[Failure], Response]


def status_of(error: errors.ServiceError) -> int:
    """Return the HTTP status for an error of the family."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)


def tell_errors(app: Flask, path: str, teller: Teller) -> None:
    """Let `teller` answer every error at `path` and below it; the longest path that fits wins.

    Flask can say which handler an error has, but not for addresses that lead
    nowhere: they belong to no blueprint. So the path decides, here for all faces.
    """
    if "error_tellers" not in app.extensions:
        app.extensions["error_tellers"] = {}
        _catch_errors(app)
    app.extensions["error_tellers"][path] = teller


def _catch_errors(app: Flask) -> None:
    @app.errorhandler(errors.ServiceError)
    def catch(error: errors.ServiceError) -> Response:
        if isinstance(error, errors.NotAllowed):
            note_refused(error)
        return tell(Failure(status_of(error), str(error), more=error.more))

    @app.errorhandler(HTTPException)
    def catch_http(error: HTTPException) -> Response:
        kept = {name: value for name, value in error.get_headers() if name in KEPT_HEADERS}
        return tell(Failure(error.code or 500, headers=kept))

    @app.errorhandler(InternalServerError)
    def catch_fault(_: InternalServerError) -> Response:
        # Flask has written the fault down by now.
        return tell(Failure(500))


def tell(failure: Failure) -> Response:
    """Return the answer that the face at the request's path gives to what went wrong."""
    tellers: Mapping[str, Teller] = current_app.extensions["error_tellers"]
    path = max(filter(_is_here, tellers), key=len)
    answer = tellers[path](failure)
    answer.status_code = failure.status
    if failure.status in RETRY_AFTER_S:
        answer.headers["Retry-After"] = str(RETRY_AFTER_S[failure.status])
    if failure.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = HOW_TO_SIGN_IN
    answer.headers.update(failure.headers)
    return answer


def _is_here(path: str) -> bool:
    return f"{request.path}/".startswith(f"{path.rstrip('/')}/")
