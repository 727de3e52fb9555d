"""What the benchmark asks of an engine; each one's own file says how a good user of it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.search.port import SearchDocument

from .queries import Asked

TOP = 10


@dataclass(frozen=True)
class Found:
    """The answer to one query: the best ids, how many there are, and the counts if asked for."""

    ids: list[str]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class PageFound:
    """What a results page needs of an engine; held only so that nobody leaves a part out."""

    ids: list[str]
    total: int
    counts: Mapping[str, Mapping[str, int]]
    snippets: list[str]
    correction: str
    reasons: list[list[str]]


class BenchEngine(Protocol):
    """An engine under the clock: built in one process, opened and asked in another."""

    has_page: bool  # whether it can do the whole page with its own means

    def __init__(self, folder: Path) -> None: ...

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Draw the index, as good as a rebuild leaves it."""
        ...

    def open(self) -> None:
        """Get ready to be asked, as a server would when it starts."""
        ...

    def find(self, asked: Asked) -> Found:
        """Answer one query: the top 10 ids and the exact total, and counts where asked for."""
        ...

    def open_page(self) -> None:
        """Get ready for whole pages, where that takes more."""
        ...

    def page(self, words: str) -> PageFound:
        """Answer with all that the results page needs."""
        ...

    def update(self, document: SearchDocument) -> None:
        """Replace one document and make the change last."""
        ...

    def forget(self) -> None:
        """Drop kept answers, so that asking again is work again; keep what is held of the index."""
        ...
