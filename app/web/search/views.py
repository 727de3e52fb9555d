"""Pages where anyone searches the library."""

from flask import Blueprint, Response, jsonify, render_template, request

from app.domain.permissions import Action, allows
from app.domain.search import LONGEST_QUERY
from app.faces.pages import page_url
from app.services import search as service
from app.web.edge import current_actor, page_for, parts
from app.web.search.forms import SearchForm
from app.web.search.page_numbers import page_numbers
from app.web.search.ways import droppable_filters, nearest_terms, offered_filters, other_names

search = Blueprint("search", __name__)

LONGEST_PREFIX = 100  # characters


@search.get("/search")
@page_for(Action.SEARCH)
def index() -> str:
    """Show what was found, and the ways to narrow it."""
    taxonomy, actor = parts().taxonomy, current_actor()
    asked = SearchForm.read(request.args, taxonomy.codes("regions"))
    found = service.find(parts().search, taxonomy, actor, asked.query())
    form = asked.fitting(found)
    return render_template(
        "search/index.html",
        form=form,
        found=found,
        own_region=actor.region,
        filters=offered_filters(form, found),
        also=list(other_names(found)),
        droppable=list(droppable_filters(form, found)),
        nearest=nearest_terms(found),
        is_cut=len(form.words) > LONGEST_QUERY,
        pages=page_numbers(form.page, found.total, form.per_page),
        page_url=lambda number: form.url(page=number),
        may_collect=allows(actor, Action.COLLECT),
    )


@search.get("/search/suggestions")
@page_for(Action.SEARCH)
def suggestions() -> Response:
    """Answer, as JSON, the lines to offer while someone types."""
    prefix = request.args.get("q", "")[:LONGEST_PREFIX]
    offered = service.suggest(parts().search, parts().taxonomy, current_actor(), prefix)
    return jsonify(
        [
            {
                "text": line.text,
                "kind": line.kind,
                "slug": line.slug,
                "url": page_url(line.kind, line.slug) if line.slug else None,
            }
            for line in offered
        ]
    )
