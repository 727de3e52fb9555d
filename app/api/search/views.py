"""The endpoint where programs search the library."""

from flask import Response, request

from app.api.edge import current_actor, endpoint_for
from app.api.sending import ASK_AGAIN, send_json
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.faces.pages import page_url
from app.faces.search_answer import answer_search
from app.faces.search_parameters import read_search


@endpoint_for(Action.SEARCH)
def index() -> Response:
    """Search the library, with the same parameters as the search page."""
    regions = parts().taxonomy.codes("regions")
    query = read_search(request.args.items(multi=True), regions)
    answer = answer_search(parts(), current_actor(), query, _page_url)
    return send_json(answer.model_dump_json(), ASK_AGAIN)


def _page_url(kind: str, slug: str) -> str:
    return page_url(kind, slug, is_absolute=True)
