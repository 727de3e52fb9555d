"""The one table of endpoints: what is not here has no address and is in no document."""

import json
from functools import cache

from flask import Response

from app.api import health, me
from app.api.adoptions.endpoints import ENDPOINTS as ADOPTIONS
from app.api.collections.endpoints import ENDPOINTS as COLLECTIONS
from app.api.edge import endpoint_for
from app.api.endpoint import Endpoint
from app.api.follows.endpoints import ENDPOINTS as FOLLOWS
from app.api.health import HealthAnswer
from app.api.me import MeAnswer
from app.api.openapi import document
from app.api.resources import views as resources
from app.api.resources.answer import ResourceAnswer
from app.api.reviews.endpoints import ENDPOINTS as REVIEWS
from app.api.search import views as search
from app.api.sending import FIVE_MINUTES, send_if_changed
from app.api.shares.endpoints import ENDPOINTS as SHARES
from app.api.submissions.endpoints import ENDPOINTS as SUBMISSIONS
from app.api.tags.endpoints import ENDPOINTS as TAGS
from app.api.taxonomy import views as taxonomy
from app.api.taxonomy.answer import TaxonomyAnswer
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.faces.search_answer import SearchAnswer


@endpoint_for(Action.SEARCH)
def openapi() -> Response:
    """Read this document: OpenAPI 3.1."""
    return send_if_changed(_document(parts().taxonomy.codes("regions")), FIVE_MINUTES)


ENDPOINTS = (
    Endpoint(
        "search",
        "/api/v1/search",
        search.index,
        SearchAnswer,
        takes_search=True,
        problems=(422, 503),
    ),
    Endpoint(
        "resource",
        "/api/v1/resources/<address>",
        resources.show,
        ResourceAnswer,
        problems=(404, 410),
        is_conditional=True,
    ),
    Endpoint("taxonomy", "/api/v1/taxonomy", taxonomy.index, TaxonomyAnswer, is_conditional=True),
    Endpoint("openapi", "/api/v1/openapi.json", openapi, None, is_conditional=True),
    Endpoint("me", "/api/v1/me", me.show, MeAnswer),
    *SUBMISSIONS,
    *REVIEWS,
    *TAGS,
    *COLLECTIONS,
    *SHARES,
    *FOLLOWS,
    *ADOPTIONS,
    Endpoint("health", "/health", health.show, HealthAnswer, same_answer=(503,)),
)


@cache
def _document(regions: tuple[str, ...]) -> str:
    return json.dumps(document(ENDPOINTS, regions), ensure_ascii=False)
