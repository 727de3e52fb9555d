"""Measure ranking: on a judged collection from elsewhere, and on our own golden queries.

What is measured is indexed in a temporary folder, so the library's own index
is not touched.
"""

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Taxonomy
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.measuring.golden_queries import GoldenQuery
from app.search.measuring.judged_collections import MARK, Judgements, read_collection
from app.search.port import SearchDocument, SearchEngine, SearchQuery

RANKED = 1000  # documents to a query
CUT = 10  # hits that a person looks at
RECALL_AT = 100
NDCG, MAP, MRR, RECALL = f"ndcg_cut_{CUT}", "map", "recip_rank", f"recall_{RECALL_AT}"


@dataclass(frozen=True)
class Evaluation:
    """How well the ranking does: means over the judged queries, each from 0 to 1."""

    queries: int
    documents: int
    ndcg_at_10: float  # gain 2^score - 1
    mean_average_precision: float
    recall_at_100: float


@dataclass(frozen=True)
class Measured:
    """A golden query as it was answered; both figures from 0 to 1."""

    query: GoldenQuery
    found: tuple[str, ...]  # slugs of the first page, best first
    ndcg_at_10: float  # gain 2^grade - 1
    reciprocal_rank: float  # of the first resource that is at least useful


def evaluate(corpus: Path, queries: Path, qrels: Path, taxonomy: Taxonomy) -> Evaluation:
    """Index a judged collection in a temporary folder, ask its queries, measure the answers.

    Raises:
        InvalidInput: a file is missing or cannot be read; the message names file and line.
    """
    judged = read_collection(corpus, queries, qrels)
    with _engine_with(judged.documents, taxonomy) as engine:
        runs = {
            query: [id_ for id_, _ in engine.rank_unlimited(words, frozenset({MARK}), RANKED)]
            for query, words in judged.queries.items()
        }
    plain, graded = _measures(judged.judgements, runs), _measures(_gains(judged.judgements), runs)
    return Evaluation(
        queries=len(judged.queries),
        documents=len(judged.documents),
        ndcg_at_10=_mean(graded, NDCG),
        mean_average_precision=_mean(plain, MAP),
        recall_at_100=_mean(plain, RECALL),
    )


def measure(
    queries: Collection[GoldenQuery], documents: Sequence[SearchDocument], taxonomy: Taxonomy
) -> tuple[Measured, ...]:
    """Ask golden queries of documents as somebody would who may read everything.

    Raises:
        InvalidInput: a query wants a resource that is not among the documents.
    """
    lost = {s for query in queries for s in query.grades} - {one.slug for one in documents}
    if lost:
        raise InvalidInput(
            f"What the queries want is not in the library: {', '.join(sorted(lost))}."
        )
    marks = frozenset(document.mark for document in documents)
    with _engine_with(documents, taxonomy) as engine:
        runs = {query.id: _first_page(engine, query, marks) for query in queries}
    gains = _measures(_gains({query.id: query.grades for query in queries}), runs)
    return tuple(
        Measured(q, tuple(runs[q.id]), gains[q.id][NDCG], gains[q.id][MRR]) for q in queries
    )


def _first_page(engine: SearchEngine, query: GoldenQuery, marks: frozenset[str]) -> list[str]:
    asked = SearchQuery(query.words, marks=marks, facets=query.filters, per_page=CUT)
    return [hit.slug for hit in engine.search(asked).hits]


@contextmanager
def _engine_with(documents: Sequence[SearchDocument], taxonomy: Taxonomy) -> Iterator[WhooshEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), taxonomy)
        engine.rebuild(documents)
        yield engine


def _gains(judgements: Judgements) -> Judgements:
    """Return what a document is worth: 2^score - 1, where nDCG would take the score itself."""
    return {q: {d: 2**score - 1 for d, score in f.items()} for q, f in judgements.items()}


def _measures(
    judgements: Judgements, runs: Mapping[str, Sequence[str]]
) -> Mapping[str, Mapping[str, float]]:
    """Return every measure of every query; 0 for a query that found nothing."""
    # Imported here: only measuring needs it.
    import pytrec_eval  # noqa: PLC0415

    # Having every word counts more than the score: hand over the place, not the score.
    placed = {q: {d: float(-place) for place, d in enumerate(run)} for q, run in runs.items()}
    names = (NDCG, MAP, MRR, RECALL)
    found = pytrec_eval.RelevanceEvaluator(judgements, set(names)).evaluate(placed)
    return {q: found.get(q) or dict.fromkeys(names, 0.0) for q in judgements}


def _mean(measures: Mapping[str, Mapping[str, float]], name: str) -> float:
    return sum(one[name] for one in measures.values()) / len(measures)
