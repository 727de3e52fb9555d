"""Other names for what was typed: acronyms, variants, Gaelic, and the taxonomy's own terms.

Three rules keep other names from drowning what was typed:
- a broad group (pupil, learner, child) helps only where the typed word stands nowhere;
- an alias of a term (sensory) finds the resources filed under the term by its
  label, not every other alias of it (dyslexia);
- a short form that is an English word too (PACE, SEND) counts only in capitals,
  and is never searched for instead of its meaning, since the index has no capitals.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.domain.facets import FACETS
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, WordGroup
from app.search.analysis import Phrase, Word, phrase_of, words
from app.search.fields import TEXT_FIELDS

ACRONYM_WEIGHT = 0.9  # beside 1.0 for what was typed
VARIANT_WEIGHT = 0.6
MOST_JOINED = 4  # words joined by hyphens and the like that stay together
MOST_NAMES = 24  # other names to one expression
SHORT_ALIAS = 2  # letters; a term's alias so short (PE, NA) counts only in capitals

EVERYWHERE = tuple(field.name for field in TEXT_FIELDS)
FILED_UNDER = ("labels",)

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


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


class TypedWord(NamedTuple):
    """A word with the text it was typed as, and the number of the clause it was typed in."""

    word: Word
    raw: str
    clause: int


@dataclass(frozen=True)
class Expression:
    """Words of a query that mean one thing together, and its other names."""

    words: tuple[TypedWord, ...]
    others: tuple[Wording, ...] = ()


@dataclass(frozen=True)
class _Name:
    other: Wording
    capitals: str = ""  # the name counts only when typed exactly so


Key = tuple[str, ...]


class Thesaurus:
    """The taxonomy's words that mean the same, ready to be looked up."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names: dict[Key, list[_Name]] = {}
        self._only_capitals = {
            group.members[0] for group in taxonomy.word_groups if group.is_case_sensitive
        }
        for group in taxonomy.word_groups:
            self._take_group(group)
        for name in dict.fromkeys(facet.vocabulary for facet in FACETS):
            if name in taxonomy.vocabularies:
                self._take_vocabulary(taxonomy.vocabularies[name])
        self._longest = max(map(len, self._names), default=1)

    def recognise(self, typed: Sequence[TypedWord]) -> Iterator[Expression]:
        """Cut a run of words into expressions: the longest known name first.

        A joined word (self-evaluation) that is no known name stays together; any
        other word stands alone. Expressions of small words only fall away.
        """
        at = 0
        while at < len(typed):
            taken, others = self._longest_at(typed, at)
            found = tuple(typed[at : at + taken])
            if any(one.word.form for one in found):
                yield Expression(found, others)
            at += taken

    def _longest_at(self, typed: Sequence[TypedWord], at: int) -> tuple[int, tuple[Wording, ...]]:
        for length in range(min(self._longest, len(typed) - at), 0, -1):
            run = typed[at : at + length]
            names = self._names.get(_key(one.word for one in run))
            if names is None:
                continue
            text = " ".join(one.raw for one in run)
            others = [n.other for n in names if not n.capitals or n.capitals == text]
            if others or not names:
                return length, _best(others)
        joined = [one for one in typed[at : at + MOST_JOINED] if one.clause == typed[at].clause]
        is_first = at == 0 or typed[at - 1].clause != typed[at].clause
        return (len(joined) if is_first else 1), ()

    def _take_group(self, group: WordGroup) -> None:
        for typed in group.members:
            # Even a name without others keeps its words together.
            self._names.setdefault(_read(typed)[0], [])
            for other in group.members:
                if self._leads(group, typed, other):
                    is_short = group.kind == "acronym" and group.members[0] in (typed, other)
                    weight = ACRONYM_WEIGHT if is_short else VARIANT_WEIGHT
                    self._add(typed, other, EVERYWHERE, weight, group.is_broad)

    def _leads(self, group: WordGroup, typed: str, other: str) -> bool:
        first = group.members[0]
        if other in self._only_capitals or other in group.only_typed:
            return False
        if group.is_one_way and typed != first:
            return False
        return not group.is_ambiguous or first in (typed, other)

    def _take_vocabulary(self, vocabulary: Vocabulary) -> None:
        for term in vocabulary.terms:
            for name in _names_of(term):
                for label in _labels_of(term, vocabulary):
                    self._add(name, label, FILED_UNDER, VARIANT_WEIGHT, is_last_resort=False)

    def _add(
        self, typed: str, other: str, fields: tuple[str, ...], weight: float, is_last_resort: bool
    ) -> None:
        (key, typed_phrase), (_, phrase) = _read(typed), _read(other)
        if key and phrase and phrase != typed_phrase:
            wording = Wording(other, phrase, fields, weight, is_last_resort=is_last_resort)
            is_short_alias = fields is FILED_UNDER and len(typed) <= SHORT_ALIAS
            capitals = typed if typed in self._only_capitals or is_short_alias else ""
            self._names.setdefault(key, []).append(_Name(wording, capitals))


def plain_name(text: str) -> str:
    """Return a name without what stands in brackets: Pupil Equity Funding, not (PEF) besides."""
    return _IN_BRACKETS.sub("", text)


def _names_of(term: Term) -> tuple[str, ...]:
    return (
        term.label,
        plain_name(term.label),
        *((term.label_gd,) if term.label_gd else ()),
        *term.aliases,
    )


def _labels_of(term: Term, vocabulary: Vocabulary) -> tuple[str, ...]:
    # A retired term's names find what is filed under its successor too.
    successor = vocabulary.by_code.get(term.replaced_by or "")
    return (term.label, successor.label) if successor else (term.label,)


@lru_cache(maxsize=4096)
def _read(name: str) -> tuple[Key, Phrase]:
    found = tuple(words(name))
    return _key(found), phrase_of(found)


def _key(found: Iterable[Word]) -> Key:
    return tuple(word.form or word.surface for word in found)


def _best(others: list[Wording]) -> tuple[Wording, ...]:
    """Return each other name once, the heaviest first."""
    heaviest: dict[tuple[Phrase, tuple[str, ...]], Wording] = {}
    for other in sorted(others, key=lambda wording: -wording.weight):
        heaviest.setdefault((other.phrase, other.fields), other)
    return tuple(heaviest.values())[:MOST_NAMES]
