"""Search the library on someone's behalf: what they may see is decided here."""

from dataclasses import replace

from app.domain.audience import marks_for
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.search.port import Hit, SearchEngine, SearchPage, SearchQuery, Suggestion


def find(engine: SearchEngine, taxonomy: Taxonomy, actor: Actor, query: SearchQuery) -> SearchPage:
    """Return one page of published resources that match and that the actor may read.

    Where the query names no home region, it is the actor's own.

    Raises:
        NotAllowed: the actor may not search.
        SearchUnavailable: the index cannot answer now.
    """
    home = query.home or actor.region or ""
    return engine.search(replace(query, marks=_marks(taxonomy, actor), home=home))


def suggest(
    engine: SearchEngine, taxonomy: Taxonomy, actor: Actor, prefix: str, limit: int = 8
) -> list[Suggestion]:
    """Return lines to offer for a half-typed text, best first.

    Raises:
        NotAllowed: the actor may not search.
        SearchUnavailable: the index cannot answer now.
    """
    return engine.suggest(prefix, _marks(taxonomy, actor), limit)


def find_similar(
    engine: SearchEngine, taxonomy: Taxonomy, actor: Actor, resource_id: str, limit: int = 4
) -> list[Hit]:
    """Return the resources most like this one that the actor may read, best first.

    Raises:
        NotAllowed: the actor may not search.
        SearchUnavailable: the index cannot answer now.
    """
    return engine.similar(resource_id, _marks(taxonomy, actor), limit)


def _marks(taxonomy: Taxonomy, actor: Actor) -> frozenset[str]:
    require(actor, Action.SEARCH)
    return marks_for(actor, taxonomy.codes("regions"))
