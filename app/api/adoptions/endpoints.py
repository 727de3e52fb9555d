"""The table of the endpoints about adoptions."""

from app.api.adoptions import views
from app.api.adoptions.answer import TriesAnswer, TryAnswer, TryProblem
from app.api.adoptions.bodies import TriesParameters, TryBody, TryChangeBody
from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem

OF_RESOURCE = "/api/v1/resources/<address>/adoptions"
ONE = "/api/v1/adoptions/<int:adoption_id>"

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "adoptions", OF_RESOURCE, views.index, TriesAnswer,
        query=TriesParameters, problems=(404, 410), tells={422: RefusedProblem},
    ),
    Endpoint(
        "adopt", OF_RESOURCE, views.adopt, TryAnswer,
        method="POST", takes=TryBody, status=201, problems=(404, 410),
        tells={422: TryProblem}, needs_token=True,
    ),
    Endpoint("adoption", ONE, views.show, TryAnswer, problems=(404,), needs_token=True),
    Endpoint(
        "change_adoption", ONE, views.change, TryAnswer,
        method="PATCH", takes=TryChangeBody, problems=(404, 410),
        tells={422: TryProblem}, needs_token=True,
    ),
    Endpoint(
        "delete_adoption", ONE, views.delete, None,
        method="DELETE", status=204, problems=(404,), needs_token=True,
    ),
)  # fmt: skip
