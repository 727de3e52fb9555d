"""What teachers ask is answered as well as it was, and the golden set is whole."""

from collections import Counter

import pytest

from app.cli.golden import GOLDEN_DIR, documents_of_files
from app.domain.facets import BY_NAME
from app.search.language.query_language import parse
from app.search.measuring.evaluation import measure
from app.search.measuring.golden_queries import Split, read_floor, read_golden
from app.search.measuring.golden_scores import below_floor
from config import Settings

FEWEST = 150
FEWEST_OF_A_KIND = 12
MOST_WANTED = 12  # where more deserve it, the query measures nothing
KINDS = {
    "acronym", "synonym", "question", "typo", "morphology", "phrase", "filter", "stage",
    "gaelic-scots", "topic",
}  # fmt: skip


@pytest.fixture(scope="module")
def golden():
    return read_golden(GOLDEN_DIR)


@pytest.fixture(scope="module")
def documents(taxonomy):
    return documents_of_files(Settings(), taxonomy)


def test_no_figure_has_fallen_below_its_floor(golden, documents, taxonomy):
    measured = measure(golden, documents, taxonomy)
    assert list(below_floor(measured, read_floor(GOLDEN_DIR))) == []


def test_there_are_enough_queries_of_every_kind(golden):
    kinds = Counter(query.kind for query in golden)
    assert len(golden) >= FEWEST
    assert {kind for kind, count in kinds.items() if count >= FEWEST_OF_A_KIND} == KINDS


def test_a_third_of_each_kind_is_put_aside(golden):
    aside = Counter(query.kind for query in golden if query.split is Split.CHECK)
    assert aside == {kind: count // 3 for kind, count in Counter(q.kind for q in golden).items()}


def test_no_query_is_asked_twice(golden):
    assert [q for q, count in Counter(query.asked for query in golden).items() if count > 1] == []


def test_no_query_wants_more_than_a_person_would_open(golden):
    assert {q.id: len(q.grades) for q in golden if len(q.grades) > MOST_WANTED} == {}


def test_a_query_with_filters_wants_only_what_passes_them(golden, documents, taxonomy):
    by_slug = {document.slug: document for document in documents}
    wrong = [
        (query.id, slug, facet)
        for query in golden
        for facet, codes in _filters(query, taxonomy)
        for slug in query.grades
        if not set(codes) & set(by_slug[slug].facets.get(facet, ()))
    ]
    assert wrong == []


def test_every_filter_is_one_that_there_is(golden, taxonomy):
    unknown = [
        (query.id, facet, code)
        for query in golden
        for facet, codes in query.filters.items()
        for code in codes
        if code not in taxonomy.codes(BY_NAME[facet].vocabulary)
    ]
    assert unknown == []
    typed = [query for query in golden if query.kind == "filter" and not query.filters]
    assert [query.id for query in typed if not parse(query.words, taxonomy).filters] == []


def _filters(query, taxonomy):
    yield from query.filters.items()
    for typed in parse(query.words, taxonomy).filters:
        yield typed.facet, (typed.code,)
