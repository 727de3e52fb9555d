"""Answer a search from a shelf: understand, correct, rank, narrow, count, order, show."""

from collections import deque
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from app.domain.tags import TagName
from app.domain.taxonomy import Taxonomy
from app.search.finding.narrowing import Chosen, chosen, count, narrow, narrow_as_typed
from app.search.finding.ordering import first
from app.search.finding.outward import WINDOW, spread
from app.search.finding.ranking import Ranking, documents_with, mask_of, rank
from app.search.finding.shelf import Shelf
from app.search.finding.spelling import Lexicon, correct
from app.search.language.plan import Plan, Understanding
from app.search.language.query_language import ParsedQuery, parse, parse_plain
from app.search.language.synonyms import Thesaurus
from app.search.language.tag_meanings import TagMeanings
from app.search.language.understanding import understand
from app.search.port import (
    Found,
    Hit,
    SearchPage,
    SearchQuery,
    Sort,
)
from app.search.showing.body_pieces import BodyPieces
from app.search.showing.hits import card, hit_for
from app.search.showing.reasons import reasons_for
from app.search.showing.snippets import Piece, marker_for
from app.search.showing.widening import TermNames, droppable, nearest
from app.search.understood import (
    Correction,
)

MOST_LANGUAGES = 4  # taxonomies whose words are kept ready: the library's, and edited ones
MOST_READ = 2000  # different searches whose understanding is kept
NOTHING_TO_SEARCH = "There was no word to search for: try one that says what it is about."


class Language:
    """What the taxonomy tells about words, made ready; it takes a tenth of a second."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.thesaurus = Thesaurus(taxonomy)
        self.lexicon = Lexicon(taxonomy)
        self.names = TermNames(taxonomy)
        # What words mean hangs on nothing but the taxonomy: the same search need not be read twice.
        self.read = lru_cache(MOST_READ)(self._read)

    def with_tags(self, names: tuple[TagName, ...]) -> "Language":
        """Return the same, that knows what tags are called now."""
        other = copy(self)
        other.thesaurus = self.thesaurus.with_tags(TagMeanings(names))
        other.lexicon = self.lexicon.with_words(name.now for name in names if name.is_shown)
        other.read = lru_cache(MOST_READ)(other._read)
        return other

    @property
    def tags(self) -> TagMeanings:
        """What tags are called now."""
        return self.thesaurus.tags

    def _read(self, text: str, plain: tuple[str, ...] = ()) -> tuple[ParsedQuery, Understanding]:
        """Return a query as it was parsed and understood."""
        parsed = parse(text, self.taxonomy)
        return parsed, understand(parsed, self.thesaurus, plain)


_made: deque[Language] = deque(maxlen=MOST_LANGUAGES)


def language_of(taxonomy: Taxonomy) -> Language:
    """Return what a taxonomy tells about words, made ready once for all engines that ask."""
    for language in tuple(_made):
        if language.taxonomy is taxonomy or language.taxonomy == taxonomy:
            return language
    made = Language(taxonomy)
    _made.append(made)
    return made


@dataclass(frozen=True)
class Answered:
    """What a query comes to, before a page of it is shown."""

    parsed: ParsedQuery
    understood: Understanding
    better: str | None  # the query with its spelling corrected
    whole: Ranking  # the documents that match
    ranking: Ranking  # narrowed by the choice
    choice: Chosen


def answer(query: SearchQuery, shelf: Shelf, language: Language) -> SearchPage:
    """Return one page of answers from what the reader may see."""
    found = _answered(query, shelf, language)
    ordered, is_spread = _ordered(query, found.ranking, shelf)
    total = len(found.ranking.documents)
    notes = found.parsed.notes
    if not (found.understood.plan.wanted or found.understood.plan.is_everything):
        notes += (NOTHING_TO_SEARCH,)
    better, is_applied = found.better, not query.is_exact
    matching = mask_of(found.whole.documents, shelf)
    shown = ordered[(query.page - 1) * query.per_page :]
    return SearchPage(
        hits=tuple(_hits(shown, found.ranking, shelf, language.tags)),
        total=total,
        facet_counts=count(matching, found.choice, shelf),
        correction=Correction(better, is_applied) if better else None,
        expansions=found.ranking.expansions,
        notes=notes,
        chips=found.understood.chips,
        questions=found.understood.questions,
        readings=found.understood.readings,
        is_spread=is_spread,
        droppable=() if total else droppable(query.facets, matching, found.choice, shelf),
        nearest=() if total else nearest(found.parsed, language.names, shelf),
    )


def find(query: SearchQuery, shelf: Shelf, language: Language, is_counted: bool) -> Found:
    """Return the ids of one page of answers, and how many there are, with nothing to show."""
    found = _answered(query, shelf, language, is_offered=False)
    ordered, _ = _ordered(query, found.ranking, shelf)
    shown = ordered[(query.page - 1) * query.per_page :]
    counts: Mapping[str, Mapping[str, int]] = {}
    if is_counted:
        counts = count(mask_of(found.whole.documents, shelf), found.choice, shelf)
    return Found(
        tuple(_id(number, shelf) for number in shown), len(found.ranking.documents), counts
    )


def rank_unlimited(
    text: str, shelf: Shelf, language: Language, limit: int
) -> list[tuple[str, float]]:
    """Rank documents for a text of any length, read as plain words, as `answer` would.

    For judged queries, which are longer than a person's may be.

    Returns:
        The ids and scores of the best `limit` documents, best first. Where few
        things are wanted, having all of them counts more than any score.
    """
    ranking = rank(understand(parse_plain(text), language.thesaurus).plan, shelf)
    best = first(ranking, Sort.RELEVANCE, limit, shelf.snapshot)
    scores = _scores(best, ranking)
    return [(_id(number, shelf), scores[number]) for number in best]


def _answered(
    query: SearchQuery, shelf: Shelf, language: Language, is_offered: bool = True
) -> Answered:
    """Understand a query and find what answers it.

    Args:
        is_offered: look for a better spelling even where it is only to be offered.
    """
    parsed, understood = language.read(query.words, query.plain)
    better = None
    if is_offered or not query.is_exact:
        better = correct(parsed, shelf, language.lexicon)
    if better and not query.is_exact:
        parsed, understood = language.read(better, query.plain)
    whole = _ranked(understood.plan, shelf)
    if query.is_all_words:
        whole = whole.among(whole.is_complete)
    if understood.plan.filters:
        matching = narrow_as_typed(mask_of(whole.documents, shelf), understood.plan.filters, shelf)
        whole = whole.among(matching.take(whole.documents))
    choice = chosen(query.facets, shelf)
    ranking = whole
    if choice:
        ranking = whole.among(narrow(shelf.is_seen, choice).take(whole.documents))
    return Answered(parsed, understood, better, whole, ranking, choice)


def _ranked(plan: Plan, shelf: Shelf) -> Ranking:
    if not plan.is_everything:
        return rank(plan, shelf)
    documents = np.flatnonzero(shelf.is_seen & ~documents_with(plan.unwanted, shelf))
    size = len(documents)
    return Ranking(documents, np.zeros(size), np.ones(size, np.bool_))


def _ordered(query: SearchQuery, ranking: Ranking, shelf: Shelf) -> tuple[list[int], bool]:
    last = query.page * query.per_page
    is_outward = query.home and query.is_outward and query.sort is Sort.RELEVANCE
    if is_outward and ranking.matches:
        ordered = first(ranking, query.sort, max(last, WINDOW), shelf.snapshot)
        ordered, is_spread = spread(ordered, ranking, query.home, shelf)
        return ordered[:last], is_spread
    return first(ranking, query.sort, last, shelf.snapshot), False


def _hits(shown: list[int], ranking: Ranking, shelf: Shelf, tags: TagMeanings) -> Iterator[Hit]:
    marker = marker_for(ranking.used)
    pieces = BodyPieces(marker, shelf)
    scores = _scores(shown, ranking)
    for number in shown:
        found = card(number, shelf)
        yield hit_for(
            replace(found, tags=tags.called(found.tags)),
            scores[number],
            marker,
            Piece("") if marker.is_idle else pieces.of(number),
            reasons_for(number, ranking),
        )


def _scores(documents: list[int], ranking: Ranking) -> dict[int, float]:
    at = np.searchsorted(ranking.documents, documents)
    return dict(zip(documents, ranking.scores[at].tolist(), strict=True))


def _id(number: int, shelf: Shelf) -> str:
    segment, within = shelf.snapshot.place(number)
    return segment.documents.ids[within]
