"""Say the figures: tables of milliseconds and of ratios, and a verdict on each promise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .queries import KINDS
from .timing import OVERALL

PEER = "tantivy"
ROWS = (*KINDS, OVERALL)
Figures = Mapping[str, Any]  # of one size: engine -> what its workers found


@dataclass(frozen=True)
class Promise:
    """One promise of the product: what was measured, and what it may be at most."""

    name: str
    measured: float
    limit: float
    unit: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it holds."""
        return self.measured <= self.limit

    def __str__(self) -> str:
        mark = "✓" if self.is_kept else "✗"
        limit = f"{_short(self.limit)}{self.unit}"
        return f"  {mark} {self.name}: {_short(self.measured)}{self.unit} (at most {limit})"


def times_table(figures: Figures, when: str) -> str:
    """Return milliseconds by kind, `p50 (p95)`, an engine to a column; `when` is warm or cold."""
    rows = [["ms, p50 (p95)", *figures]]
    rows += [[row, *(_pair(engine[when].get(row)) for engine in figures.values())] for row in ROWS]
    pages = [engine.get("page", {}).get(when) for engine in figures.values()]
    rows.append(["whole page", *map(_pair, pages)])
    return aligned(rows)


def ratio_table(figures: Figures, when: str = "warm") -> str:
    """Return each engine's median beside tantivy's, by kind: 2.0 is twice as long."""
    peer = figures[PEER]
    others = {name: engine for name, engine in figures.items() if name != PEER}
    rows = [[f"times {PEER}'s", *others]]
    rows += [
        [
            row,
            *(_ratio(_p50(engine[when], row), _p50(peer[when], row)) for engine in others.values()),
        ]
        for row in ROWS
    ]
    pages = [_p50(engine.get("page", {}), when) for engine in others.values()]
    theirs = _p50(peer.get("page", {}), when)
    rows.append(["whole page", *(_ratio(page, theirs) for page in pages)])
    return aligned(rows)


def keeping_table(figures: Figures) -> str:
    """Return what it costs to draw, keep, open and change an index."""
    rows = [["", *figures]]
    for label, key in (
        ("build, s", "build_s"),
        ("size, MB", "size_mb"),
        ("opening, ms", "open_ms"),
        ("memory before opening, MB", "bare_mb"),
        ("memory after all queries, MB", "rss_mb"),
        ("memory with pages, MB", "rss_with_page_mb"),
    ):
        rows.append([label, *(_cell(engine.get(key)) for engine in figures.values())])
    for label, key in (("update, ms", "update"), ("findable, ms", "findable")):
        rows.append([label, *(_pair(engine.get(key)) for engine in figures.values())])
    return aligned(rows)


def promises(size: int, figures: Figures) -> Iterator[Promise]:
    """Yield each promise that can be judged from the figures of one size."""
    ours, peer = figures.get("ours"), figures.get(PEER)
    if not ours:
        return
    if peer:
        yield from _beside(ours, peer)
    fts5 = figures.get("fts5")
    if fts5:
        slower = [kind for kind in KINDS if ours["warm"][kind]["p50"] >= fts5["warm"][kind]["p50"]]
        yield Promise(f"kinds not ahead of SQLite FTS5 {slower or ''}".strip(), len(slower), 0)
    touch = ours["cold"][OVERALL]["p50"] / ours["warm"][OVERALL]["p50"]
    yield Promise("first touch beside warm", touch, 2.0, " ×")
    yield from _keeping(size, ours)


def _beside(ours: Mapping[str, Any], peer: Mapping[str, Any]) -> Iterator[Promise]:
    mine, theirs = ours["warm"], peer["warm"]
    for kind in KINDS:
        ratio = mine[kind]["p50"] / theirs[kind]["p50"]
        yield Promise(f"“{kind}” beside {PEER}, p50", ratio, 3.0, " ×")
    for share, limit in (("p50", 1.5), ("p95", 2.0)):
        ratio = mine[OVERALL][share] / theirs[OVERALL][share]
        yield Promise(f"overall beside {PEER}, {share}", ratio, limit, " ×")
    if "page" in ours and "page" in peer:
        ratio = ours["page"]["warm"]["p50"] / peer["page"]["warm"]["p50"]
        yield Promise(f"whole page beside {PEER}, p50", ratio, 1.0, " ×")


def _keeping(size: int, ours: Mapping[str, Any]) -> Iterator[Promise]:
    if size == 10_000:  # noqa: PLR2004 - the size that was promised
        yield Promise("build", ours["build_s"], 40.0, " s")
    if size == 100_000:  # noqa: PLR2004 - the size that was promised
        yield Promise("memory", ours["rss_mb"], 600.0, " MB")
    if "update" in ours:
        yield Promise("update, p50", ours["update"]["p50"], 50.0, " ms")
        yield Promise("update and findable, p95", ours["findable"]["p95"], 2000.0, " ms")


def odd_promises(odd: Mapping[str, Any]) -> list[Promise]:
    """Return the promises about odd strings."""
    return [
        Promise(f"errors in {odd['asked']:,} odd strings", odd["failures"], 0),
        Promise("odd strings over 100 ms", odd["over_100_ms"], 0),
    ]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table; the first is its head, figures stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |"
        for row in rows
    ]
    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])]) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _pair(told: Mapping[str, float] | None) -> str:
    return f"{_short(told['p50'])} ({_short(told['p95'])})" if told else "–"


def _p50(figures: Mapping[str, Any], row: str) -> float | None:
    told = figures.get(row)
    return float(told["p50"]) if told else None


def _ratio(one: float | None, other: float | None) -> str:
    return f"{one / other:.1f}" if one and other else "–"


def _cell(figure: float | None) -> str:
    return "–" if figure is None else _short(figure)


def _short(figure: float) -> str:
    """Return two or three telling digits: 0.08, 1.2, 45, 1,234."""
    if figure == int(figure) or figure >= 20:  # noqa: PLR2004
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 2 else f"{figure:.2f}"  # noqa: PLR2004
