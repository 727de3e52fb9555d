"""The table of the endpoints about shares."""

from app.api.endpoint import Endpoint
from app.api.problems import RefusedProblem
from app.api.shares import views
from app.api.shares.answer import LinkAnswer, LinksAnswer, ShareAnswer, SharesAnswer
from app.api.shares.bodies import LinkBody, ShareBody, SharesParameters

ALL, LINKS = "/api/v1/shares", "/api/v1/links"

ENDPOINTS = (
    Endpoint(
        "shares", ALL, views.index, SharesAnswer,
        query=SharesParameters, tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "share", ALL, views.create, ShareAnswer,
        method="POST", takes=ShareBody, status=201, problems=(404, 429),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "take_back_share", f"{ALL}/<int:share_id>", views.take_back, None,
        method="DELETE", status=204, problems=(404,), needs_token=True,
    ),
    Endpoint("links", LINKS, views.links, LinksAnswer, needs_token=True),
    Endpoint(
        "make_link", LINKS, views.make_link, LinkAnswer,
        method="POST", takes=LinkBody, status=201, problems=(404,),
        tells={422: RefusedProblem}, needs_token=True,
    ),
    Endpoint(
        "revoke_link", f"{LINKS}/<int:link_id>", views.revoke_link, None,
        method="DELETE", status=204, problems=(404,), needs_token=True,
    ),
)  # fmt: skip
