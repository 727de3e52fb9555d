"""Totals, facet counts and orders are those of looking at every document."""

import random
from collections import Counter

from app.domain.taxonomy import fold
from app.search.answering import Language
from app.search.finding.ordering import LATEST
from app.search.finding.ranking import rank
from app.search.language.query_language import parse
from app.search.language.understanding import understand
from app.search.port import Sort
from tests.search.conftest import NOTHING_KNOWN
from tests.search.documents import a_query
from tests.search.random_library import ENDED_WORDS, PLAIN_WORDS, REGIONS, STAGES
from tests.search.reference_ranking import Reference, Standing

LANGUAGE = Language(NOTHING_KNOWN)
FACETS = {"region": REGIONS, "stage": STAGES}


class EveryDocument:
    """The answer to a query, found by looking at every document that the reader may see."""

    def __init__(self, query, reference):
        self.query, self.reference = query, reference
        plan = understand(parse(query.words, NOTHING_KNOWN), LANGUAGE.thesaurus).plan
        self.plan = plan
        found = reference.rank(plan)
        if plan.is_everything:
            gone = {id_ for one in plan.unwanted for id_ in reference.weights(one)}
            found = {id_: Standing(0.0, True) for id_ in reference.documents.keys() - gone}
        if query.is_all_words:
            found = {id_: standing for id_, standing in found.items() if standing.is_complete}
        self.found = found
        self.chosen = {id_ for id_ in found if self._is_chosen(id_)}

    def counts(self):
        """Count by facet and code; a facet's own choice is left aside."""
        held = {}
        for id_ in self.found:
            for facet, codes in self.reference.documents[id_].facets.items():
                if codes and self._is_chosen(id_, besides=facet):
                    held.setdefault(facet, Counter()).update(codes)
        return held

    def ordered(self, shelf):
        """Return one page of ids; the scores are the shelf's, so that equals are equal."""
        ranking = rank(self.plan, shelf)
        numbers, scores = ranking.documents.tolist(), ranking.scores.tolist()
        told = {shelf.document(n).id: s for n, s in zip(numbers, scores, strict=True)}
        first = (self.query.page - 1) * self.query.per_page
        every = sorted(self.chosen, key=lambda id_: self._key(id_, told))
        return every[first : first + self.query.per_page]

    def _key(self, id_, told):
        document = self.reference.documents[id_]
        name = (fold(document.title), id_)
        newest = -(document.published_on.toordinal() if document.published_on else 0)
        review = document.review_by.toordinal() if document.review_by else LATEST
        return {
            Sort.RELEVANCE: (not self.found[id_].is_complete, -told.get(id_, 0.0), newest, name),
            Sort.NEWEST: (newest, name),
            Sort.REVIEW_DATE: (review, name),
            Sort.TITLE: name,
            Sort.MOST_TRIED: (-document.tries, newest, name),
        }[self.query.sort]

    def _is_chosen(self, id_, besides=""):
        facets = self.reference.documents[id_].facets
        return all(
            set(codes) & set(facets.get(facet, ()))
            for facet, codes in self.query.facets.items()
            if facet != besides
        )


def some_query(chance, marks):
    words = chance.choices((*PLAIN_WORDS[:12], *ENDED_WORDS), k=chance.randint(0, 3))
    words += [chance.choice(("", "-bal", '"bal bar"', "bar*", "title:balop"))]
    facets = {
        facet: tuple(chance.sample(codes, chance.randint(1, 2)))
        for facet, codes in FACETS.items()
        if chance.random() < 0.4
    }
    return a_query(
        " ".join(words),
        marks,
        facets=facets,
        sort=chance.choice(list(Sort)),
        page=chance.choice((1, 1, 2)),
        per_page=chance.choice((3, 7, 50)),
        is_exact=True,
        is_all_words=chance.random() < 0.2,
    )


def test_totals_facets_and_orders_are_those_of_looking_at_every_document(asked, marks, library):
    engine, turns = asked
    reference = Reference(library.seen(marks).values())
    for turn in range(turns):
        query = some_query(random.Random(turn), marks)
        expected = EveryDocument(query, reference)
        page, found = engine.search(query), engine.find(query, is_counted=True)
        assert page.total == found.total == len(expected.chosen), query
        counts = {facet: dict(codes) for facet, codes in page.facet_counts.items() if codes}
        assert counts == expected.counts(), query
        assert found.facet_counts == page.facet_counts, query
        ids = [hit.id for hit in page.hits]
        assert ids == list(found.ids) == expected.ordered(engine._shelf(marks)), query
