"""Find the resources most like one: those that share its rarest words."""

from collections import defaultdict
from collections.abc import Iterator
from math import log

from app.search.analysis import words
from app.search.answering import hit_for
from app.search.fields import texts_of
from app.search.plan import Plan, Wanted
from app.search.port import Hit, SearchDocument
from app.search.ranking import WEIGHTS, rank
from app.search.shelf import Shelf
from app.search.snippets import marker_for
from app.search.synonyms import Wording

MOST_WORDS = 25  # of the resource, by which others are found
SHORTEST_WORD = 3  # letters
COMPARED = ("title", "summary", "labels", "tags", "body")


def similar(resource_id: str, shelf: Shelf, limit: int) -> list[Hit]:
    """Return the resources most like this one, best first, that the reader may see.

    None for a resource that the reader may not see: what is like it would tell of it.
    """
    number = shelf.snapshot.numbers.get(resource_id)
    if number is None or not shelf.sees(number):
        return []
    plan = Plan(wanted=tuple(_telling_words(shelf.document(number), shelf)))
    scores = rank(plan, shelf).scores
    scores.pop(number, None)
    best = sorted(scores, key=lambda d: (-scores[d], shelf.order(d).id))[:limit]
    nothing = marker_for(())
    return [hit_for(shelf.document(d), scores[d], nothing) for d in best]


def _telling_words(document: SearchDocument, shelf: Shelf) -> Iterator[Wanted]:
    """Yield the words that tell most of what a document is about."""
    counts: defaultdict[str, float] = defaultdict(float)
    for field, text in texts_of(document).items():
        for word in words(text):
            if len(word.form) >= SHORTEST_WORD:
                counts[word.form] += WEIGHTS[field]
    found = {form: len(shelf.frequencies("body", form)) for form in counts}
    worth = {
        form: log(1 + times) * log(1 + shelf.count / found[form])
        for form, times in counts.items()
        if found[form] > 1
    }
    for form in sorted(worth, key=lambda f: (-worth[f], f))[:MOST_WORDS]:
        yield Wanted(form, (Wording(form, ((form, 0),), COMPARED),))
