"""Measure ranking on a judged collection: documents, queries, and which answer which.

Three files: the documents and the queries as JSON lines with `_id`, `title`,
`text`; the judgements as tab-separated query id, document id, score, under a
line of headings. The collection is indexed in a temporary folder, so the
library's own index is not touched.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Taxonomy
from app.search.port import SearchDocument
from app.search.whoosh_engine import WhooshEngine

MARK = "public"
RANKED = 1000  # documents to a query
RECALL_AT = 100
JUDGEMENT_PARTS = 3
MEASURES = {"ndcg_cut_10": "nDCG@10", "map": "MAP", f"recall_{RECALL_AT}": f"recall@{RECALL_AT}"}

Judgements = Mapping[str, Mapping[str, int]]  # query id -> document id -> how well, from 0


@dataclass(frozen=True)
class Evaluation:
    """How well the ranking does: means over the judged queries, each from 0 to 1."""

    queries: int
    documents: int
    ndcg_at_10: float  # gain 2^score - 1
    mean_average_precision: float
    recall_at_100: float


def evaluate(corpus: Path, queries: Path, qrels: Path, taxonomy: Taxonomy) -> Evaluation:
    """Index a judged collection in a temporary folder, ask its queries, measure the answers.

    Raises:
        InvalidInput: a file is missing or cannot be read; the message names file and line.
    """
    documents = [_document(row) for row in _rows(corpus)]
    asked = {str(row["_id"]): str(row.get("text", "")) for row in _rows(queries)}
    judged = {query: found for query, found in _judgements(qrels).items() if query in asked}
    if not judged:
        raise InvalidInput(f"{qrels} judges none of the queries in {queries}.")
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), taxonomy)
        engine.rebuild(documents)
        runs = {query: _run(engine, asked[query]) for query in judged}
    return _measure(judged, runs, len(documents))


def _run(engine: WhooshEngine, text: str) -> dict[str, float]:
    ranked = engine.rank_unlimited(text, frozenset({MARK}), RANKED)
    # Having every word counts more than the score: hand over the place, not the score.
    return {document: float(RANKED - place) for place, (document, _) in enumerate(ranked)}


def _measure(
    judged: Judgements, runs: Mapping[str, Mapping[str, float]], documents: int
) -> Evaluation:
    # Imported here: it brings NumPy and SciPy, which nothing else of the product needs.
    import pytrec_eval  # noqa: PLC0415

    def means(gains: Judgements) -> dict[str, float]:
        results = pytrec_eval.RelevanceEvaluator(gains, set(MEASURES)).evaluate(runs)
        return {
            name: sum(found[name] for found in results.values()) / len(judged) for name in MEASURES
        }

    plain = means(judged)
    # Its nDCG takes the judgement itself as the gain; ours grows as 2^score - 1.
    graded = means({q: {d: 2**score - 1 for d, score in f.items()} for q, f in judged.items()})
    return Evaluation(
        queries=len(judged),
        documents=documents,
        ndcg_at_10=graded["ndcg_cut_10"],
        mean_average_precision=plain["map"],
        recall_at_100=plain[f"recall_{RECALL_AT}"],
    )


def _document(row: Mapping[str, Any]) -> SearchDocument:
    return SearchDocument(
        id=str(row["_id"]),
        slug=str(row["_id"]),
        title=str(row.get("title", "")),
        summary="",
        body=str(row.get("text", "")),
        mark=MARK,
        facets={},
    )


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in _lines(path):
        try:
            row = json.loads(line)
        except ValueError:
            raise InvalidInput(f"{path}, line {number}: this is not JSON.") from None
        if not isinstance(row, dict) or "_id" not in row:
            raise InvalidInput(f"{path}, line {number}: a line needs an object with an “_id”.")
        yield row


def _judgements(path: Path) -> Judgements:
    held: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        parts = line.rstrip("\n").split("\t")
        if number == 1 and not parts[-1].lstrip("-").isdigit():
            continue  # the headings
        if len(parts) != JUDGEMENT_PARTS or not parts[-1].lstrip("-").isdigit():
            raise InvalidInput(
                f"{path}, line {number}: a judgement is a query id, a document id and a whole "
                "number, with tabs between them."
            )
        query, document, score = parts
        held.setdefault(query, {})[document] = max(0, int(score))
    return held


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} is not written in UTF-8.") from None
