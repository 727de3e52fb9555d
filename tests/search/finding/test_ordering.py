"""The first of an order are those that sorting everything puts first."""

import random

import numpy as np
import pytest

from app.domain.taxonomy import fold
from app.search.finding.ordering import LATEST, first
from app.search.finding.ranking import Ranking
from app.search.port import Sort


def some_ranking(chance, size):
    """Return any documents with scores of which many are equal."""
    documents = np.array(sorted(chance.sample(range(size), chance.randint(0, size))), np.int64)
    scores = np.array([chance.randrange(4) / 2 for _ in documents])
    is_complete = np.array([chance.random() < 0.5 for _ in documents], np.bool_)
    return Ranking(documents, scores, is_complete)


def sorted_all(ranking, sort, snapshot):
    def key(place):
        document = snapshot.document(int(ranking.documents[place]))
        days = document.published_on, document.review_by
        newest, review = (day.toordinal() if day else 0 for day in days)
        name = (fold(document.title), document.id)
        return {
            Sort.RELEVANCE: (not ranking.is_complete[place], -ranking.scores[place], -newest),
            Sort.NEWEST: (-newest,),
            Sort.REVIEW_DATE: (review or LATEST,),
            Sort.TITLE: (),
            Sort.MOST_TRIED: (-document.tries, -newest),
        }[sort] + name

    places = sorted(range(len(ranking.documents)), key=key)
    return [int(ranking.documents[place]) for place in places]


@pytest.mark.parametrize("sort", Sort)
def test_the_first_are_those_that_sorting_everything_puts_first(library, sort):
    snapshot = library.engine._open().shelves.snapshot
    for turn in range(60):
        chance = random.Random(turn)
        ranking = some_ranking(chance, snapshot.size)
        limit = chance.randint(1, snapshot.size + 5)
        assert first(ranking, sort, limit, snapshot) == sorted_all(ranking, sort, snapshot)[:limit]
