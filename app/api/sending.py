"""Answers on their way out: JSON, how long it may be kept, and whether it changed."""

from flask import Response, request

# Each asker may see something else one day, so nothing between may keep an answer for another.
ASK_AGAIN = "private, no-cache"
NEVER_KEPT = "no-store"
FIVE_MINUTES = "public, max-age=300"  # the same for everybody, and changes with a restart only


def send_json(json: str, keep: str) -> Response:
    """Return an answer of JSON; `keep` is its Cache-Control."""
    answer = Response(json, mimetype="application/json")
    answer.headers["Cache-Control"] = keep
    return answer


def send_if_changed(json: str, keep: str) -> Response:
    """Return an answer of JSON with an ETag; 304 without a body where the asker has it already."""
    answer = send_json(json, keep)
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def keep_apart(answer: Response) -> Response:
    """Keep what was answered to a token from everybody else: nothing between may hold it."""
    answer.vary.add("Authorization")
    if "Authorization" in request.headers and answer.cache_control.public:
        answer.headers["Cache-Control"] = ASK_AGAIN
    return answer
