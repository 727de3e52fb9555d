"""The table of the endpoints about follows."""

from app.api.endpoint import Endpoint
from app.api.follows import views
from app.api.follows.answer import FollowAnswer, FollowsAnswer, SavedListAnswer
from app.api.follows.bodies import FollowBody
from app.api.problems import RefusedProblem

ALL = "/api/v1/follows"
SAVED = "/api/v1/saved"

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("follows", ALL, views.index, FollowsAnswer, needs_token=True),
    Endpoint(
        "follow", ALL, views.create, FollowAnswer,
        method="POST", takes=FollowBody, status=201, problems=(404,),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "unfollow", f"{ALL}/<int:follow_id>", views.delete, None,
        method="DELETE", status=204, problems=(404,), needs_token=True,
    ),
    Endpoint("saved", SAVED, views.saved, SavedListAnswer, needs_token=True),
    Endpoint(
        "save", f"{SAVED}/<address>", views.save, None,
        method="PUT", status=204, problems=(404, 422), needs_token=True,
    ),
    Endpoint(
        "unsave", f"{SAVED}/<address>", views.unsave, None,
        method="DELETE", status=204, needs_token=True,
    ),
)  # fmt: skip
