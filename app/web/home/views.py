"""The front door: search, what is new, and every way to browse."""

import logging

from flask import Blueprint, render_template

from app.db import reading
from app.domain.errors import SearchUnavailable
from app.domain.permissions import Action
from app.domain.resources import KINDS
from app.search.port import SearchPage, SearchQuery, Sort
from app.services import search as service
from app.services.tasks import find_tasks
from app.web.edge import current_actor, page_for, parts
from app.web.home.tasks import TaskLine, line_of

home = Blueprint("home", __name__)

NEWEST = 5
log = logging.getLogger(__name__)


@home.get("/")
@page_for(Action.SEARCH)
def index() -> str:
    """Show the home page; without an index it still shows the ways to browse."""
    return render_template("home/index.html", newest=_newest(), tasks=_tasks())


def _tasks() -> tuple[TaskLine, ...]:
    """Return what waits for whoever is signed in; the database is not asked for a visitor."""
    actor = current_actor()
    if actor.id is None:
        return ()
    with reading() as session:
        settings = parts().settings
        tasks = find_tasks(
            session,
            actor,
            settings.review_due_days,
            question_due_days=settings.question_due_days,
            calendar=parts().calendar,
        )
        return tuple(line_of(task) for task in tasks)


def _newest() -> SearchPage | None:
    query = SearchQuery(facets={"kind": KINDS}, sort=Sort.NEWEST, per_page=NEWEST)
    try:
        return service.find(parts().search, parts().taxonomy, current_actor(), query)
    except SearchUnavailable as reason:
        log.warning("the home page is shown without an index: %s", reason)
        return None
