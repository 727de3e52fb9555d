"""The table of the endpoints of reviewing."""

from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem
from app.api.reviews import views
from app.api.reviews.answer import CommentAnswer, QueueAnswer, ReviewAnswer, StandingAnswer
from app.api.reviews.bodies import (
    CommentBody,
    DecisionBody,
    PublishBody,
    QueueParameters,
    ReasonBody,
)

ALL = "/api/v1/reviews"
ONE = f"{ALL}/<int:revision_id>"
RESOURCE = "/api/v1/resources/<address>"
REFUSED = {422: RefusedProblem}

_DECISIONS = tuple(
    Endpoint(
        view.__name__, f"{ONE}/{view.__name__.replace('_', '-')}", view, ReviewAnswer,
        method="POST", takes=DecisionBody, problems=(404, 409), tells=REFUSED, needs_token=True,
    )
    for view in (views.approve, views.ask_for_changes, views.decline)
)  # fmt: skip
_STANDINGS = tuple(
    Endpoint(
        view.__name__, f"{RESOURCE}/{view.__name__}", view, StandingAnswer,
        method="POST", takes=ReasonBody, problems=(404, 409), tells=REFUSED, needs_token=True,
    )
    for view in (views.withdraw, views.restore)
)  # fmt: skip

ENDPOINTS = (
    Endpoint(
        "reviews", ALL, views.index, QueueAnswer,
        query=QueueParameters, tells=REFUSED, needs_token=True,
    ),
    Endpoint("review", ONE, views.show, ReviewAnswer, problems=(404,), needs_token=True),
    Endpoint(
        "comment", f"{ONE}/comments", views.comment, CommentAnswer,
        method="POST", takes=CommentBody, status=201, problems=(404,), tells=REFUSED,
        needs_token=True,
    ),
    Endpoint(
        "resolve", f"{ONE}/comments/<int:comment_id>/resolve", views.resolve, CommentAnswer,
        method="POST", problems=(404,), needs_token=True,
    ),
    *_DECISIONS,
    Endpoint(
        "publish", f"{ONE}/publish", views.publish, ReviewAnswer,
        method="POST", takes=PublishBody, problems=(404, 409), tells=REFUSED, needs_token=True,
    ),
    *_STANDINGS,
)  # fmt: skip
