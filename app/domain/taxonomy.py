"""The taxonomy as values: vocabularies, their terms, and words that mean the same.

The terms themselves are data in content/taxonomy/.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.domain.moments import day_in_scotland, utc_now

# Apostrophes as people type them: straight, curly, modifier letter.
_APOSTROPHES = re.compile("['’‘ʼ]")
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return the text as it is compared: no case, accents, apostrophes or double spaces."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACE.sub(" ", plain).strip()


@dataclass(frozen=True)
class Term:
    """One value of a vocabulary. The code never changes; the label may."""

    code: str
    label: str
    label_gd: str | None = None
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()  # codes: a stage's levels, an authority's region, a theme's group
    valid_from: date | None = None
    valid_to: date | None = None  # the last day it may be given to a resource
    replaced_by: str | None = None
    note: str | None = None
    elsewhere: tuple[str, ...] = ()  # names of other countries (Year 5): understood, never shown
    unverified: tuple[str, ...] = ()  # which of these are own knowledge, to be checked first

    @property
    def is_retired(self) -> bool:
        """Whether new resources may no longer be given this term; on its last day they may."""
        if self.valid_to is not None:
            return self.valid_to < day_in_scotland(utc_now())
        return self.replaced_by is not None

    @property
    def is_offered(self) -> bool:
        """Whether it may be given to a resource today: neither retired nor still to come."""
        is_to_come = self.valid_from is not None and self.valid_from > day_in_scotland(utc_now())
        return not (is_to_come or self.is_retired)


@dataclass(frozen=True)
class Span:
    """Terms of one vocabulary that follow each other, under names of their own."""

    label: str  # Upper primary
    first: str  # the codes of its ends
    last: str
    names: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()  # names of other countries: understood, never shown
    theme: str = ""  # the code of the theme that is meant: set where it is a crossing, not a time


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one facet, in the order of their file."""

    name: str
    label: str
    terms: tuple[Term, ...]
    label_gd: str | None = None
    groups: tuple[Term, ...] = ()  # what `broader` names, where that is no vocabulary of its own
    spans: tuple[Span, ...] = ()
    source: str = ""
    caveats: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Term]:
        """Every term, retired ones too, by its code."""
        return {term.code: term for term in self.terms}

    def under(self, code: str) -> tuple[Term, ...]:
        """Return the terms that name this code as broader, in the file's order."""
        return tuple(term for term in self.terms if code in term.broader)

    def standing(self, term: Term) -> Term:
        """Return what a retired term has become; a ring of successors is left where it closes."""
        passed = {term.code}
        while term.is_retired and term.replaced_by and term.replaced_by not in passed:
            term = self.by_code[term.replaced_by]
            passed.add(term.code)
        return term

    @cached_property
    def _by_name(self) -> Mapping[str, Term]:
        names: dict[str, Term] = {}
        for take in (_codes, _labels, _aliases, _names_elsewhere):
            for term in self.terms:
                for name in take(term):
                    names.setdefault(fold(name), term)
        return names

    def find(self, text: str) -> Term | None:
        """Return the term meant by a code, a label (English or Gaelic) or an alias, in any case."""
        return self._by_name.get(fold(text))


def _codes(term: Term) -> tuple[str, ...]:
    return (term.code,)


def _labels(term: Term) -> tuple[str, ...]:
    return (term.label, term.label_gd) if term.label_gd else (term.label,)


def _aliases(term: Term) -> tuple[str, ...]:
    return term.aliases


def _names_elsewhere(term: Term) -> tuple[str, ...]:
    return term.elsewhere


@dataclass(frozen=True)
class WordGroup:
    """Words and phrases that mean the same when searching.

    Each member finds every other. `kind` is acronym, variant, spelling (ours first) or gaelic:
    it sets how much an expansion weighs and is told to the person.
    """

    code: str
    kind: str
    members: tuple[str, ...]
    is_ambiguous: bool = False  # the first member has more than one reading
    is_case_sensitive: bool = False  # the first member counts only as it is written
    is_one_way: bool = False  # the first member finds the others, not the reverse
    is_broad: bool = False  # members stand nearly everywhere (pupil, child): see search/synonyms.py
    only_typed: tuple[str, ...] = ()  # members understood when typed, never searched for or shown


@dataclass(frozen=True)
class Asking:
    """Words that tell how somebody asks, not about what."""

    turns: tuple[str, ...] = ()  # whole turns (how do I, ideas for): they fall away
    weak: tuple[str, ...] = ()  # single words that say little anywhere (good)
    weak_in_questions: tuple[str, ...] = ()  # and those that say little where one asks (work)
    openings: tuple[str, ...] = ()  # first words of somebody who asks


@dataclass(frozen=True)
class Taxonomy:
    """All vocabularies and word groups, as read from content/taxonomy/."""

    vocabularies: Mapping[str, Vocabulary]
    word_groups: tuple[WordGroup, ...] = ()
    misspellings: Mapping[str, str] = field(default_factory=dict)  # typed -> meant
    endings: tuple[tuple[str, str], ...] = ()  # of two spellings of one word: ise, ize
    only_as_written: frozenset[str] = frozenset()  # names that are other words in small letters
    asking: Asking = Asking()

    def label(self, vocabulary: str, code: str) -> str:
        """Return the label of a code; an unknown code is its own label."""
        held = self.vocabularies.get(vocabulary)
        term = held.by_code.get(code) if held else None
        return term.label if term else code

    def codes(self, vocabulary: str) -> tuple[str, ...]:
        """Return every code of a vocabulary, in its file's order."""
        return tuple(self.vocabularies[vocabulary].by_code)

    def all_terms(self) -> Iterator[tuple[Vocabulary, Term]]:
        """Yield every term with its vocabulary."""
        for vocabulary in self.vocabularies.values():
            for term in vocabulary.terms:
                yield vocabulary, term
