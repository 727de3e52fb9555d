"""Read a judged collection: documents, queries, and which answer which.

Three files: the documents and the queries as JSON lines with `_id`, `title`,
`text`; the judgements as tab-separated query id, document id, score, under a
line of headings.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.audience import Audience
from app.domain.errors import InvalidInput
from app.search.port import SearchDocument

MARK = str(Audience.PUBLIC)
JUDGEMENT_PARTS = 3

Judgements = Mapping[str, Mapping[str, int]]  # query id -> document id -> how well, from 0


@dataclass(frozen=True)
class JudgedCollection:
    """Documents, the judged queries by id, and the judgements."""

    documents: tuple[SearchDocument, ...]
    queries: Mapping[str, str]
    judgements: Judgements


def read_collection(corpus: Path, queries: Path, qrels: Path) -> JudgedCollection:
    """Read the three files; a query that nobody judged is left out.

    Raises:
        InvalidInput: a file is missing or cannot be read; the message names file and line.
    """
    documents = tuple(_document(row) for row in _rows(corpus))
    asked = {str(row["_id"]): str(row.get("text", "")) for row in _rows(queries)}
    judged = {query: found for query, found in _judgements(qrels).items() if query in asked}
    if not judged:
        raise InvalidInput(f"{qrels} judges none of the queries in {queries}.")
    return JudgedCollection(documents, {query: asked[query] for query in judged}, judged)


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
