"""How the words of a query were taken, as a results page tells it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """The words that were searched for instead of, or could be besides, those typed."""

    words: str
    is_applied: bool  # True: the hits are for `words`; False: only offered


@dataclass(frozen=True)
class Expansion:
    """A word that was also searched for by another name."""

    typed: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Chip:
    """Words of a query that were understood as something; it guides the order, and hides nothing.

    Taken off (`SearchQuery.plain`), its words are searched as typed. With a facet
    and a code it can be made a filter.
    """

    typed: str  # the words it was read from, as typed
    label: str  # Stage P5 (Second level)
    facet: str = ""
    code: str = ""


@dataclass(frozen=True)
class Question:
    """A name of another country's or time's: did the person mean ours?"""

    typed: str  # Year 5
    label: str  # P5
    words: str  # the whole query with ours in its place


@dataclass(frozen=True)
class Reading:
    """An acronym that may mean several things; all are searched for."""

    typed: str
    meanings: tuple[str, ...]
