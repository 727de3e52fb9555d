"""Golden queries for tests, made in one line."""

from app.search.measuring.evaluation import Measured
from app.search.measuring.golden_queries import GoldenQuery, Split


def a_golden(number=1, words="otters", *, kind="topic", filters=None, **grades) -> GoldenQuery:
    """Return a query; the keywords are slugs and how well they answer."""
    split = Split.TUNING if number % 3 else Split.CHECK
    return GoldenQuery(f"{kind}-{number:02}", kind, split, words, "a need", filters or {}, grades)


def a_measured(number=1, ndcg=1.0, *, kind="topic", rank=1.0) -> Measured:
    """Return a query that was answered so well."""
    return Measured(a_golden(number, kind=kind, otters=2), ("otters",), ndcg, rank)
