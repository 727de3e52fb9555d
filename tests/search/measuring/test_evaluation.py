"""A judged collection is measured by the measures' own definitions; a bad file is told by line."""

import json
from math import log2

import pytest

from app.domain.errors import InvalidInput
from app.search.measuring.evaluation import evaluate, measure
from tests.search.documents import a_document
from tests.search.golden_sample import a_golden

CORPUS = (
    {"_id": "1", "title": "Otters", "text": "otters otters swim"},
    {"_id": "2", "title": "", "text": "otters and badgers dig in the wood all day long"},
    {"_id": "3", "title": "Owls", "text": "owls"},
)
QUERIES = ({"_id": "a", "text": "otters"}, {"_id": "b", "text": '-owls "badgers owls:'})
QRELS = "query-id\tcorpus-id\tscore\na\t1\t1\na\t2\t3\nb\t3\t1\n"


@pytest.fixture
def files(tmp_path):
    corpus, queries, qrels = (
        tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv")
    )
    corpus.write_text("".join(json.dumps(row) + "\n" for row in CORPUS))
    queries.write_text("".join(json.dumps(row) + "\n" for row in QUERIES))
    qrels.write_text(QRELS)
    return corpus, queries, qrels


def test_the_measures_are_as_defined(files, taxonomy):
    result = evaluate(*files, taxonomy)
    # Query a: document 1 (judged 1) before 2 (judged 3); query b: 3 (judged 1) first, then 2.
    gained = (2**1 - 1) / log2(2) + (2**3 - 1) / log2(3)
    ideal = (2**3 - 1) / log2(2) + (2**1 - 1) / log2(3)
    assert result.ndcg_at_10 == pytest.approx((gained / ideal + 1) / 2, abs=1e-4)
    assert result.mean_average_precision == pytest.approx(1)
    assert result.recall_at_100 == pytest.approx(1)
    assert (result.queries, result.documents) == (2, 3)


def test_a_query_that_finds_nothing_counts_as_nothing(files, taxonomy):
    files[1].write_text('{"_id": "a", "text": "otters"}\n{"_id": "b", "text": "zebras"}\n')
    assert evaluate(*files, taxonomy).recall_at_100 == pytest.approx(0.5)


def test_a_query_longer_than_a_persons_is_read_whole(files, taxonomy):
    long = "nothing of this is found anywhere " * 30 + "badgers"
    files[1].write_text(json.dumps({"_id": "a", "text": long}) + "\n")
    files[2].write_text("a\t2\t1\n")
    assert evaluate(*files, taxonomy).mean_average_precision == pytest.approx(1)


@pytest.mark.parametrize(
    ("which", "text", "told"),
    [
        (0, '{"_id": "1"}\nnot json\n', "corpus.jsonl, line 2: this is not JSON"),
        (0, '["1"]\n', "corpus.jsonl, line 1: a line needs an object"),
        (1, '{"text": "no id"}\n', "queries.jsonl, line 1: a line needs an object"),
        (2, "a\t1\n", "qrels.tsv, line 2|qrels.tsv, line 1|judges none"),
        (2, "query-id\tcorpus-id\tscore\na 1 1\n", "qrels.tsv, line 2: a judgement is"),
        (2, "query-id\tcorpus-id\tscore\nunknown\t1\t1\n", "judges none of the queries"),
    ],
)
def test_a_bad_file_is_told_with_its_line(files, taxonomy, which, text, told):
    files[which].write_text(text)
    with pytest.raises(InvalidInput, match=told):
        evaluate(*files, taxonomy)


def test_a_missing_file_is_told(files, taxonomy):
    files[0].unlink()
    with pytest.raises(InvalidInput, match=r"corpus.jsonl cannot be read: No such file"):
        evaluate(*files, taxonomy)


def test_a_file_that_is_not_text_is_told(files, taxonomy):
    files[1].write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInput, match="not written in UTF-8"):
        evaluate(*files, taxonomy)


def test_golden_queries_are_asked_as_on_the_page(taxonomy):
    documents = [
        a_document("1", "Otters", "otters swim", slug="swim", facets={"stage": ("p5",)}),
        a_document("2", "Badgers", "badgers and one otter", slug="dig", mark="staff"),
        a_document("3", "Owls", "owls", slug="fly"),
    ]
    queries = [
        a_golden(1, "badgres", dig=1, fly=2),  # a slip; and what only staff may read
        a_golden(2, "otter", filters={"stage": ("p5",)}, swim=2),
        a_golden(3, "zebras", fly=1),
    ]
    slip, narrowed, nothing = measure(queries, documents, taxonomy)

    assert slip.found == ("dig",)
    ideal = (2**2 - 1) / log2(2) + (2**1 - 1) / log2(3)
    assert slip.ndcg_at_10 == pytest.approx((2**1 - 1) / log2(2) / ideal, abs=1e-4)
    assert narrowed.found == ("swim",)
    assert (narrowed.ndcg_at_10, narrowed.reciprocal_rank) == (1, 1)
    assert (nothing.found, nothing.ndcg_at_10, nothing.reciprocal_rank) == ((), 0, 0)


def test_the_reciprocal_rank_is_that_of_the_first_useful_one(taxonomy):
    documents = [
        a_document("1", "Otters", "otters", slug="first"),
        a_document("2", "Animals", "otters among many others of the wood", slug="second"),
    ]
    (measured,) = measure([a_golden(1, "otters", second=1)], documents, taxonomy)
    assert measured.found == ("first", "second")
    assert measured.reciprocal_rank == pytest.approx(1 / 2)


def test_a_golden_query_for_a_resource_that_is_gone_is_told(taxonomy):
    with pytest.raises(InvalidInput, match="not in the library: gone"):
        measure([a_golden(1, "otters", gone=2)], [a_document("1", "Otters")], taxonomy)
