"""What measured golden queries come to: means, floors, and what an edit costs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.search.measuring.evaluation import Measured
from app.search.measuring.golden_queries import Split

SMALLEST = 0.00005  # a difference that the printed figures would not show


@dataclass(frozen=True)
class Score:
    """Means over some golden queries, each from 0 to 1."""

    queries: int
    ndcg_at_10: float
    mrr: float


@dataclass(frozen=True)
class Change:
    """A query that is answered otherwise after an edit."""

    before: Measured
    after: Measured

    @property
    def gain(self) -> float:
        """How much nDCG@10 rises; negative where it falls."""
        return self.after.ndcg_at_10 - self.before.ndcg_at_10


def score_of(measured: Collection[Measured]) -> Score:
    """Return the means; zeros where there is no query."""
    count = len(measured)
    ndcg = sum(one.ndcg_at_10 for one in measured) / max(count, 1)
    mrr = sum(one.reciprocal_rank for one in measured) / max(count, 1)
    return Score(count, ndcg, mrr)


def within(
    measured: Collection[Measured], split: Split | None = None, kind: str | None = None
) -> list[Measured]:
    """Return those of a split, of a kind, or of both."""
    return [
        one
        for one in measured
        if split in (None, one.query.split) and kind in (None, one.query.kind)
    ]


def kinds_of(measured: Collection[Measured]) -> list[str]:
    """Return the kinds of queries, by name."""
    return sorted({one.query.kind for one in measured})


def below_floor(measured: Collection[Measured], floor: Mapping[str, float]) -> Iterator[str]:
    """Yield a sentence for each figure that has fallen, and for each that has no floor."""
    parts = {str(split): within(measured, split) for split in Split}
    parts |= {kind: within(measured, kind=kind) for kind in kinds_of(measured)}
    for name, some in parts.items():
        stands = score_of(some).ndcg_at_10
        if name not in floor:
            yield f"There is no floor for {name}; nDCG@10 stands at {stands:.4f}."
        elif stands < floor[name]:
            yield f"{name} fell to {stands:.4f}, under its floor of {floor[name]:.4f}."


def changes(before: Collection[Measured], after: Collection[Measured]) -> list[Change]:
    """Return the queries whose figure differs, the greatest losses first."""
    then = {one.query.id: one for one in after}
    pairs = (Change(one, then[one.query.id]) for one in before)
    return sorted((p for p in pairs if abs(p.gain) >= SMALLEST), key=lambda change: change.gain)
