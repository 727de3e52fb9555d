"""What words of a query may mean: other wordings, terms, and what to tell the person of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.search.analysis import Phrase, Word, phrase_of, words
from app.search.fields import TEXT_FIELDS

TYPED_WEIGHT = 1.0
ACRONYM_WEIGHT = 0.9
VARIANT_WEIGHT = 0.6  # and another language
BROADER_WEIGHT = 0.4  # and narrower

EVERYWHERE = tuple(field.name for field in TEXT_FIELDS)
FILED_UNDER = ("labels",)


class Relation(StrEnum):
    """How a wording stands to what was typed."""

    TYPED = "typed"
    ACRONYM = "acronym"
    VARIANT = "variant"
    GAELIC = "gaelic"
    TERM = "term"  # the label of a term of which an alias was typed
    BROADER = "broader"
    NARROWER = "narrower"


@dataclass(frozen=True)
class Wording:
    """One way of saying something: a word or an exact phrase, in some fields."""

    text: str  # as a person reads it
    phrase: Phrase  # empty where `prefix` is set
    fields: tuple[str, ...] = EVERYWHERE
    weight: float = 1.0
    prefix: str = ""  # any word that begins so
    is_last_resort: bool = False  # only where what was typed stands nowhere
    relation: Relation = Relation.TYPED


@dataclass(frozen=True)
class Concept:
    """What a resource may be filed under: a term, by its permanent code."""

    facet: str
    code: str
    label: str
    weight: float = 1.0  # exact 1.0; broader or narrower 0.4


class TypedWord(NamedTuple):
    """A word as it stands in a query."""

    word: Word
    raw: str
    clause: int  # the number of the clause it was typed in
    start: int  # characters from the start of the query
    end: int
    gap: str  # what stands between it and the word before, without spaces: a dash, a comma


@dataclass(frozen=True)
class Label:
    """What a chip says, and the term that it could be made a filter of."""

    text: str
    facet: str = ""
    code: str = ""


@dataclass(frozen=True)
class Meaning:
    """What some words of a query mean together."""

    others: tuple[Wording, ...] = ()
    concepts: tuple[Concept, ...] = ()
    besides: tuple[Concept, ...] = ()  # a resource may lack them, and is better with each
    label: Label | None = None  # None: nothing to tell
    ours: str = ""  # our name where another country's was typed: P5 for Year 5
    readings: tuple[str, ...] = ()  # where several things may be meant


class Way(Protocol):
    """A way of understanding words of a query."""

    def read(self, typed: Sequence[TypedWord], at: int) -> tuple[int, Meaning] | None:
        """Return how many words from `at` mean something together, and what; the most it can."""
        ...


def together(meanings: Sequence[Meaning]) -> Meaning:
    """Return several meanings of the same words as one; what the first tells is told."""
    if len(meanings) == 1:
        return meanings[0]
    readings = tuple(dict.fromkeys(r for one in meanings for r in one.readings))
    ours = next((one.ours for one in meanings if one.ours), "")
    labels = [one.label for one in meanings if one.label]
    return Meaning(
        others=heaviest_wordings(other for one in meanings for other in one.others),
        concepts=heaviest_concepts(concept for one in meanings for concept in one.concepts),
        besides=tuple(concept for one in meanings for concept in one.besides),
        label=labels[0] if labels and not (readings or ours) else None,
        ours=ours,
        readings=readings,
    )


def heaviest_wordings(others: Iterable[Wording]) -> tuple[Wording, ...]:
    """Return each wording once, the heaviest first."""
    kept: dict[tuple[Phrase, tuple[str, ...]], Wording] = {}
    for other in sorted(others, key=lambda wording: -wording.weight):
        kept.setdefault((other.phrase, other.fields), other)
    return tuple(kept.values())


def heaviest_concepts(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return each term once, the heaviest first."""
    kept: dict[tuple[str, str], Concept] = {}
    for concept in sorted(concepts, key=lambda concept: -concept.weight):
        kept.setdefault((concept.facet, concept.code), concept)
    return tuple(kept.values())


def wording(text: str, weight: float, relation: Relation, is_last_resort: bool = False) -> Wording:
    """Return another name as a wording that may stand anywhere."""
    phrase = phrase_of(words(text))
    return Wording(text, phrase, weight=weight, relation=relation, is_last_resort=is_last_resort)
