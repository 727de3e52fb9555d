"""The front door: search, what is new, and every way to browse."""

import logging

from flask import Blueprint, render_template

from app.domain.errors import SearchUnavailable
from app.domain.permissions import Action
from app.search.port import SearchPage, SearchQuery, Sort
from app.services import search as service
from app.web.edge import current_actor, page_for, parts

home = Blueprint("home", __name__)

NEWEST = 5
log = logging.getLogger(__name__)


@home.get("/")
@page_for(Action.SEARCH)
def index() -> str:
    """Show the home page; without an index it still shows the ways to browse."""
    return render_template("home/index.html", newest=_newest())


def _newest() -> SearchPage | None:
    query = SearchQuery(sort=Sort.NEWEST, per_page=NEWEST)
    try:
        return service.find(parts().search, parts().taxonomy, current_actor(), query)
    except SearchUnavailable as reason:
        log.warning("the home page is shown without an index: %s", reason)
        return None
