"""Find the resources most like one: those that share its rarest words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from math import log

from app.domain.collections import KIND as COLLECTION
from app.search.analysis import words
from app.search.fields import texts_of
from app.search.finding.ordering import first
from app.search.finding.ranking import rank
from app.search.finding.shelf import WEIGHTS, Shelf
from app.search.language.plan import Plan, Wanted
from app.search.language.synonyms import Wording
from app.search.language.tag_meanings import TagMeanings
from app.search.port import Hit, SearchDocument, Sort
from app.search.showing.hits import card, hit_for
from app.search.showing.snippets import Piece, marker_for

MOST_WORDS = 25  # of the resource, by which others are found
SHORTEST_WORD = 3  # letters
COMPARED = ("title", "summary", "labels", "tags", "body")


def similar(resource_id: str, shelf: Shelf, limit: int, tags: TagMeanings) -> list[Hit]:
    """Return the resources most like this one, no collections, best first, that the reader may see.

    None for a resource that the reader may not see: what is like it would tell of it.
    """
    number = shelf.snapshot.find(resource_id)
    if number is None or not shelf.sees(number):
        return []
    wanted = tuple(_telling_words(shelf.document(number), shelf))
    ranking = rank(Plan(wanted=wanted), shelf)
    ranking = ranking.among(~shelf.filed("kind", COLLECTION).take(ranking.documents))
    best = [d for d in first(ranking, Sort.RELEVANCE, limit + 1, shelf.snapshot) if d != number]
    nothing, at = marker_for(()), ranking.documents.searchsorted(best)
    scores = ranking.scores[at].tolist()
    return [
        hit_for(_called(card(d, shelf), tags), score, nothing, Piece(""))
        for d, score in list(zip(best, scores, strict=True))[:limit]
    ]


def _called(document: SearchDocument, tags: TagMeanings) -> SearchDocument:
    return replace(document, tags=tags.called(document.tags))


def _telling_words(document: SearchDocument, shelf: Shelf) -> Iterator[Wanted]:
    """Yield the words that tell most of what a document is about."""
    counts: defaultdict[str, float] = defaultdict(float)
    for field, text in texts_of(document).items():
        for word in words(text):
            if len(word.form) >= SHORTEST_WORD:
                counts[word.form] += WEIGHTS[field]
    found = {form: shelf.vocabulary.count_form(form) for form in counts}
    worth = {
        form: log(1 + times) * log(1 + shelf.count / found[form])
        for form, times in counts.items()
        if found[form] > 1
    }
    for form in sorted(worth, key=lambda f: (-worth[f], f))[:MOST_WORDS]:
        yield Wanted(form, (Wording(form, ((form, 0),), COMPARED),))
