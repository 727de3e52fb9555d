"""Answer a search from a shelf: understand, correct, rank, narrow, count, order, show."""

from collections.abc import Callable, Iterator
from heapq import nsmallest

from app.domain.taxonomy import Taxonomy
from app.search.catalogue import Bits, Order, bits_of, documents_of
from app.search.narrowing import chosen, count, narrow, narrow_as_typed
from app.search.plan import Plan
from app.search.port import Correction, Hit, SearchDocument, SearchPage, SearchQuery, Sort
from app.search.query_language import parse, parse_plain
from app.search.ranking import Ranking, documents_with, rank
from app.search.shelf import Shelf
from app.search.snippets import Marker, marker_for, snippet, whole
from app.search.spelling import Lexicon, correct
from app.search.synonyms import Thesaurus
from app.search.understanding import understand

NOTHING_TO_SEARCH = "There was no word to search for: try one that says what it is about."
LATEST = 10**7  # days: after every day there is

SortKey = Callable[[Order], tuple[int, str, str]]
SORT_KEYS: dict[Sort, SortKey] = {
    Sort.RELEVANCE: lambda order: (-order.published, order.title, order.id),  # among equals
    Sort.NEWEST: lambda order: (-order.published, order.title, order.id),
    Sort.REVIEW_DATE: lambda order: (order.review or LATEST, order.title, order.id),
    Sort.TITLE: lambda order: (0, order.title, order.id),
}


class Language:
    """What the taxonomy tells about words, made ready once for each engine."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.thesaurus = Thesaurus(taxonomy)
        self.lexicon = Lexicon(taxonomy)


def answer(query: SearchQuery, shelf: Shelf, language: Language) -> SearchPage:
    """Return one page of answers from what the reader may see."""
    parsed = parse(query.words, language.taxonomy)
    notes = parsed.notes
    better = correct(parsed, shelf, language.lexicon)
    if better and not query.is_exact:
        parsed = parse(better, language.taxonomy)
    understood = understand(parsed, language.thesaurus, query.plain)
    plan = understood.plan
    if not (plan.wanted or plan.is_everything):
        notes += (NOTHING_TO_SEARCH,)
    ranking = rank(plan, shelf)
    matching = _matching(plan, ranking, shelf)
    choice = chosen(query.facets, shelf)
    documents = narrow(matching, choice)
    return SearchPage(
        hits=tuple(_page(query, documents, ranking, shelf)),
        total=documents.bit_count(),
        facet_counts=count(matching, choice, shelf),
        correction=Correction(better, is_applied=not query.is_exact) if better else None,
        expansions=tuple(ranking.expansions),
        notes=notes,
        chips=understood.chips,
        questions=understood.questions,
        readings=understood.readings,
    )


def rank_unlimited(
    text: str, shelf: Shelf, language: Language, limit: int
) -> list[tuple[str, float]]:
    """Rank documents for a text of any length, read as plain words, as `answer` would.

    For judged queries, which are longer than a person's may be.

    Returns:
        The ids and scores of the best `limit` documents, best first. A score
        only orders: having every word counts more than any score.
    """
    ranking = rank(understand(parse_plain(text), language.thesaurus).plan, shelf)
    best = _best(
        bits_of(ranking.scores, shelf.snapshot.size), ranking, Sort.RELEVANCE, shelf, limit
    )
    return [(shelf.order(document).id, ranking.scores[document]) for document in best]


def _matching(plan: Plan, ranking: Ranking, shelf: Shelf) -> Bits:
    size = shelf.snapshot.size
    if plan.is_everything:
        matching = shelf.documents & ~bits_of(documents_with(plan.unwanted, shelf), size)
    else:
        matching = bits_of(ranking.scores, size)
    return narrow_as_typed(matching, plan.filters, shelf)


def _page(query: SearchQuery, documents: Bits, ranking: Ranking, shelf: Shelf) -> Iterator[Hit]:
    first = (query.page - 1) * query.per_page
    ordered = _best(documents, ranking, query.sort, shelf, first + query.per_page)
    marker = marker_for(ranking.used)
    for document in ordered[first:]:
        yield hit_for(shelf.document(document), ranking.scores.get(document, 0.0), marker)


def _best(documents: Bits, ranking: Ranking, sort: Sort, shelf: Shelf, limit: int) -> list[int]:
    """Return the first `limit` documents in an order."""
    scores, complete, key_of = ranking.scores, ranking.complete, SORT_KEYS[sort]
    if sort is Sort.RELEVANCE and scores:
        # Dates and titles are looked up only for those that may come to stand on the page.
        found = sorted((d not in complete, -scores[d], d) for d in documents_of(documents))
        head = found[:limit]
        tied = [one for one in found[limit:] if head and one[:2] == head[-1][:2]]
        ordered = sorted((one[:2], key_of(shelf.order(one[2])), one[2]) for one in head + tied)
        return [document for _, _, document in ordered[:limit]]
    return nsmallest(limit, documents_of(documents), key=lambda d: key_of(shelf.order(d)))


def hit_for(document: SearchDocument, score: float, marker: Marker) -> Hit:
    """Return a line of the results page, its matches marked."""
    return Hit(
        id=document.id,
        slug=document.slug,
        title=document.title,
        summary=document.summary,
        facets=document.facets,
        score=score,
        title_fragments=whole(document.title, marker),
        snippet=snippet(document.body, marker),
        tags=document.tags,
        school=document.school,
        language=document.language,
        is_sample=document.is_sample,
        published_on=document.published_on,
    )
