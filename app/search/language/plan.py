"""What a query asks of an index, in no engine's words: wanted things, unwanted ones, filters.

Whatever finds, finding/ranking.py or an engine's own means, need only answer a Plan.
"""

from dataclasses import dataclass

from app.search.language.meanings import Concept, Wording
from app.search.language.query_language import TypedFilter
from app.search.understood import (
    Chip,
    Question,
    Reading,
)

__all__ = ["Concept", "Plan", "Understanding", "Wanted", "Wording"]


@dataclass(frozen=True)
class Wanted:
    """One thing asked for.

    A resource has it that has every part, or any other name, or is filed under
    any of the concepts.
    """

    typed: str
    parts: tuple[Wording, ...]
    whole: Wording | None = None  # the parts side by side: counts on top
    others: tuple[Wording, ...] = ()
    concepts: tuple[Concept, ...] = ()
    is_required: bool = False  # a resource without it is not listed
    is_weak: bool = False  # says little: a resource may lack it and still have all that is wanted

    @property
    def is_only_asking(self) -> bool:
        """Whether it tells only how somebody asks: it orders what is found, and finds nothing."""
        return self.is_weak and not self.concepts


@dataclass(frozen=True)
class Plan:
    """What a query asks of an index."""

    wanted: tuple[Wanted, ...] = ()
    unwanted: tuple[Wording, ...] = ()
    filters: tuple[TypedFilter, ...] = ()
    is_everything: bool = False  # nothing typed says what to look for: list all


@dataclass(frozen=True)
class Understanding:
    """A query as a colleague would read it: what it asks, and what to tell the person."""

    plan: Plan
    chips: tuple[Chip, ...] = ()
    questions: tuple[Question, ...] = ()
    readings: tuple[Reading, ...] = ()
