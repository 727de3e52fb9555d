"""Pages to look through the library without searching: facet, then term, then resources."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound

from app.domain.facets import BROWSABLE, BY_NAME, Facet
from app.domain.permissions import Action
from app.domain.resources import KINDS
from app.domain.search import PER_PAGE
from app.domain.taxonomy import Term
from app.search.port import SearchQuery, Sort
from app.services import search as service
from app.web.edge import current_actor, page_for, parts
from app.web.search.forms import SearchForm
from app.web.search.page_numbers import page_numbers

browse = Blueprint("browse", __name__, url_prefix="/browse")

ONE_OF_ALL = SearchQuery(facets={"kind": KINDS}, per_page=1)  # for the counts of resources


@browse.get("")
@page_for(Action.SEARCH)
def index() -> str:
    """Show the ways to browse."""
    found = service.find(parts().search, parts().taxonomy, current_actor(), ONE_OF_ALL)
    return render_template("browse/index.html", total=found.total, counts=found.facet_counts)


@browse.get("/<name>")
@page_for(Action.SEARCH)
def facet(name: str) -> str:
    """Show the terms of one facet, with how many resources each holds."""
    chosen = _facet(name)
    found = service.find(parts().search, parts().taxonomy, current_actor(), ONE_OF_ALL)
    vocabulary = parts().taxonomy.vocabularies[chosen.vocabulary]
    return render_template(
        "browse/facet.html",
        facet=chosen,
        vocabulary=vocabulary,
        counts=found.facet_counts.get(name, {}),
    )


@browse.get("/<name>/<code>")
@page_for(Action.SEARCH)
def term(name: str, code: str) -> str:
    """Show every resource filed under one term, newest first."""
    chosen = _facet(name)
    held = _term(chosen, code)
    form = SearchForm.read(request.args, regions=())
    query = SearchQuery(
        facets={"kind": KINDS, name: (code,)}, sort=Sort.NEWEST, page=form.page, per_page=PER_PAGE
    )
    found = service.find(parts().search, parts().taxonomy, current_actor(), query)
    return render_template(
        "browse/term.html",
        facet=chosen,
        term=held,
        standing=parts().taxonomy.vocabularies[chosen.vocabulary].standing(held),
        found=found,
        page=form.page,
        pages=page_numbers(form.page, found.total, PER_PAGE),
        page_url=lambda number: url_for(".term", name=name, code=code, page=number),
    )


def _facet(name: str) -> Facet:
    if name not in BY_NAME or BY_NAME[name] not in BROWSABLE:
        raise NotFound
    return BY_NAME[name]


def _term(facet: Facet, code: str) -> Term:
    term = parts().taxonomy.vocabularies[facet.vocabulary].by_code.get(code)
    if term is None:
        raise NotFound
    return term
