"""Read the golden set: what teachers ask, and what they should find (tests/search/golden/).

A folder to each split, in it a file to each kind of query, and beside them the
floors under which the measure may not fall. Its README says how it is judged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from app.domain.errors import InvalidInput

FLOOR = "floor"
GRADES = {"best": 2, "useful": 1}
KEYS = {"id", "query", "need", "filters", *GRADES}
CHECK_EVERY = 3  # a query whose number this divides is put aside


class Split(StrEnum):
    """Which part of the golden set a query is in."""

    TUNING = "tuning"
    CHECK = "check"  # put aside: whoever tunes does not look at it


@dataclass(frozen=True)
class GoldenQuery:
    """What somebody asks, and how well each resource answers."""

    id: str
    kind: str
    split: Split
    words: str
    need: str
    filters: Mapping[str, tuple[str, ...]]  # facet name -> codes, chosen and not typed
    grades: Mapping[str, int]  # slug -> 2 just what was wanted, 1 useful

    @property
    def asked(self) -> str:
        """The words and the filters, as a person reads them."""
        chosen = (f"[{facet}: {', '.join(codes)}]" for facet, codes in self.filters.items())
        return " ".join((self.words, *chosen))


def read_golden(folder: Path) -> tuple[GoldenQuery, ...]:
    """Return every query of the golden set, by kind and number.

    Raises:
        InvalidInput: it is not there, or a file of it cannot be used; says which and why.
    """
    files = [path for split in Split for path in sorted((folder / split).glob("*.yaml"))]
    if not files:
        raise InvalidInput(
            f"There are no judged queries in {folder}: they come with the project's source, "
            "in tests/search/golden."
        )
    queries = [query for path in files for query in _queries(path)]
    ids = [query.id for query in queries]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InvalidInput(f"{folder} uses an id twice: {', '.join(twice)}.")
    return tuple(sorted(queries, key=lambda query: query.id))


def read_floor(folder: Path) -> Mapping[str, float]:
    """Return the least nDCG@10 allowed: of tuning, of check, and of each kind in both.

    Raises:
        InvalidInput: the file is missing or cannot be used.
    """
    path = folder / FLOOR
    held = _yaml(path)
    if not isinstance(held, dict) or not all(isinstance(v, int | float) for v in held.values()):
        raise InvalidInput(f"{path}: it must hold names and numbers from 0 to 1.")
    return {str(name): float(value) for name, value in held.items()}


def _queries(path: Path) -> Iterator[GoldenQuery]:
    rows = _yaml(path)
    if not isinstance(rows, list):
        raise InvalidInput(f"{path}: it must be a list of queries.")
    for row in rows:
        if not isinstance(row, dict) or not {"id", "query", "need"} <= row.keys() <= KEYS:
            raise InvalidInput(
                f"{path}: a query has id, query and need, may have filters, best and useful, "
                f"and nothing else: {row}"
            )
        yield _query(path, row)


def _query(path: Path, row: Mapping[str, Any]) -> GoldenQuery:
    name, split = str(row["id"]), Split(path.parent.name)
    number = name.removeprefix(f"{path.stem}-")
    if number == name or not number.isdigit():
        raise InvalidInput(f"{path}: “{name}” must be {path.stem}- and a number.")
    if (int(number) % CHECK_EVERY == 0) is not (split is Split.CHECK):
        raise InvalidInput(f"{path}: “{name}” is in the wrong split: three divides those in check.")
    grades = {str(s): grade for key, grade in GRADES.items() for s in row.get(key) or ()}
    if not grades or len(grades) < sum(len(row.get(key) or ()) for key in GRADES):
        raise InvalidInput(f"{path}: “{name}” wants nothing, or one resource twice.")
    filters = {facet: tuple(codes) for facet, codes in (row.get("filters") or {}).items()}
    return GoldenQuery(name, path.stem, split, str(row["query"]), str(row["need"]), filters, grades)


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from None
