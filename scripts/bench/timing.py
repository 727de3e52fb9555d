"""Take times, and say what they were: medians and what nineteen in twenty stay under."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias, TypeVar

PASSES = 5
# A slow engine is asked fewer times over; its figures then rest on fewer passes.
BUDGET_S = 60.0
OVERALL = "overall"

Item = TypeVar("Item")
Totals: TypeAlias = Mapping[str, Sequence[int]]  # by kind, one to a query


@dataclass(frozen=True)
class Times:
    """Times of a list of questions, in milliseconds, one figure to a question."""

    cold: list[float]  # the first asking
    warm: list[float]  # the median of the later ones


def clock(ask: Callable[[Item], object], item: Item) -> float:
    """Return how many milliseconds one asking takes."""
    began = time.perf_counter()
    ask(item)
    return (time.perf_counter() - began) * 1000


def take_times(
    ask: Callable[[Item], object],
    items: Sequence[Item],
    forget: Callable[[], None],
    passes: int = PASSES,
    budget_s: float = BUDGET_S,
) -> Times:
    """Ask everything once, then over and over until there are enough passes or time is up.

    `forget` is called before each pass, so that kept answers are not what is measured.
    """
    cold = [clock(ask, item) for item in items]
    began = time.monotonic()
    laps: list[list[float]] = []
    while not laps or (len(laps) < passes and time.monotonic() - began < budget_s):
        forget()
        laps.append([clock(ask, item) for item in items])
    return Times(cold, [median(lap) for lap in zip(*laps, strict=True)])


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time that this share of all stays at or under (the nearest one there is)."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def told(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile, in milliseconds."""
    return {"p50": round(median(times), 4), "p95": round(quantile(times, 0.95), 4)}


def told_by_kind(times: Sequence[float], kinds: Iterable[str]) -> dict[str, dict[str, float]]:
    """Return what `told` says of each kind and of all together."""
    by_kind: dict[str, list[float]] = {}
    for took, kind in zip(times, kinds, strict=True):
        by_kind.setdefault(kind, []).append(took)
    figures = {kind: told(found) for kind, found in by_kind.items()}
    return figures | {OVERALL: told(times)}


def agreement(left: Totals, right: Totals) -> dict[str, float]:
    """Return, by kind, which share of queries finds as many with both, give or take 2 %."""
    return {
        kind: round(sum(map(_agree, left[kind], right[kind])) / len(left[kind]), 3)
        for kind in left.keys() & right.keys()
    }


def _agree(one: int, other: int) -> bool:
    return abs(one - other) <= max(1, 0.02 * max(one, other))
