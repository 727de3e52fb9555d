"""The table of the endpoints about collections."""

from app.api.collections import views
from app.api.collections.answer import CollectionAnswer, LineAnswer, ListAnswer
from app.api.collections.bodies import BeginBody, ChangeBody, ItemBody, ListParameters
from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem

ALL = "/api/v1/collections"
ONE = f"{ALL}/<address>"
ITEM = f"{ONE}/items/<resource_id>"

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "collections", ALL, views.index, ListAnswer,
        query=ListParameters, tells={422: RefusedProblem}, is_conditional=True,
    ),
    Endpoint(
        "begin_collection", ALL, views.create, CollectionAnswer,
        method="POST", takes=BeginBody, status=201, tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "collection", ONE, views.show, CollectionAnswer, problems=(404,), is_conditional=True,
    ),
    Endpoint(
        "change_collection", ONE, views.update, CollectionAnswer,
        method="PATCH", takes=ChangeBody, problems=(404, 409),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "put_item", ITEM, views.put_item, CollectionAnswer,
        method="PUT", takes=ItemBody, problems=(404,),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "remove_item", ITEM, views.remove_item, CollectionAnswer,
        method="DELETE", problems=(404,), needs_token=True,
    ),
    Endpoint(
        "publish_collection", f"{ONE}/publish", views.publish, CollectionAnswer,
        method="POST", problems=(404, 409, 422), needs_token=True,
    ),
    Endpoint(
        "take_back_collection", f"{ONE}/take-back", views.take_back, LineAnswer,
        method="POST", problems=(404, 409), needs_token=True,
    ),
)  # fmt: skip
