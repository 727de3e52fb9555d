"""The table of the endpoints about drafts."""

from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem
from app.api.submissions import views
from app.api.submissions.answer import (
    ClashProblem,
    MineAnswer,
    NotReadyProblem,
    SavedAnswer,
    SubmissionAnswer,
)
from app.api.submissions.bodies import ChangeBody, MineParameters, StartBody

ALL = "/api/v1/submissions"
ONE = f"{ALL}/<int:revision_id>"

ENDPOINTS = (
    Endpoint(
        "submissions", ALL, views.index, MineAnswer,
        query=MineParameters, tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "start", ALL, views.create, SubmissionAnswer,
        method="POST", takes=StartBody, status=201, problems=(404, 409),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint("submission", ONE, views.show, SubmissionAnswer, problems=(404,), needs_token=True),
    Endpoint(
        "change", ONE, views.update, SavedAnswer,
        method="PATCH", takes=ChangeBody, problems=(404,),
        tells={409: ClashProblem, 422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "discard", ONE, views.discard, None,
        method="DELETE", status=204, problems=(404, 409), needs_token=True,
    ),
    Endpoint(
        "offer", f"{ONE}/offer", views.offer, SubmissionAnswer,
        method="POST", problems=(404, 409), tells={422: NotReadyProblem}, needs_token=True,
    ),
    Endpoint(
        "submit", f"{ONE}/submit", views.submit, SubmissionAnswer,
        method="POST", problems=(404, 409), tells={422: NotReadyProblem}, needs_token=True,
    ),
)  # fmt: skip
