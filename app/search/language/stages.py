"""Reads stages: P5, P5-P7, upper primary, Second level, P7-S1; and Year 5, which asks "P5?".

The stages, their levels and the names of several stages are data: content/taxonomy/stages.yaml
and levels.yaml. What each means is told in stage_meanings.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.taxonomy import Span, Taxonomy, Term
from app.search.analysis import Word, words
from app.search.language.meanings import Meaning, TypedWord
from app.search.language.stage_meanings import NUMBERS, StageMeanings

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def _several(number: str) -> str:
    return number + ("es" if number.endswith("x") else "s")  # primary sixes


# How people write the same: five is 5, 1st is first, years is year.
SAME = (
    {name: str(n) for n, number in enumerate(NUMBERS, 1) for name in (number, _several(number))}
    | {f"{n}{end}": o for n, o in enumerate(ORDINALS, 1) for end in ("st", "nd", "rd", "th")}
    | {"years": "year", "grades": "grade", "primaries": "primary"}
)
TO = frozenset({"to", "into", "until", "till", "through"})
AND = frozenset({"and", "or"})
DASHES = frozenset("-–—/")
BETWEEN = frozenset({"", "&", "+", ",", ";"})  # in a list of stages that follow each other

_STAGES = re.compile(r"([ps]\d)s")  # P5s
_SHORT = re.compile(r"([a-z])(\d\d?)")  # P5, Y10
_BARE = re.compile(r"\d\d?")

Key = tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """Stages that follow each other, by their places in the vocabulary."""

    first: int
    last: int
    before: Key = ("",)  # what stands before its number: p of P5, year of Year 5
    is_elsewhere: bool = False
    is_crossing: bool = False  # its ends were joined by a dash or a "to"


class Stages:
    """Every name of a stage, a level or several stages, ready to be looked up."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._means = StageMeanings(taxonomy)
        self._parts: dict[Key, _Part] = {}
        self._several: dict[Key, Meaning] = {}
        self._crossings: dict[tuple[int, int], Meaning] = {}
        for term in self._means.terms:
            self._take_stage(term)
        for names, places in self._means.levels():
            self._take(names, self._means.several(names[0], places))
        for span in taxonomy.vocabularies["stages"].spans if self._means.terms else ():
            self._take_span(span)
        self._longest: dict[str, int] = {}
        for key in (*self._parts, *self._several):
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        self._meaning = lru_cache(maxsize=1024)(self._meaning_of)

    def read(self, typed: Sequence[TypedWord], at: int) -> tuple[int, Meaning] | None:
        """Return how many words from `at` name stages, and what they mean; the most it can."""
        word = typed[at].word
        longest = self._longest.get(_same(word.surface), 0)
        if word.form != word.surface:
            longest = max(longest, self._longest.get(word.form, 0))
        longest = min(longest, len(typed) - at)
        for length in range(longest, 0, -1):
            keys = _keys(one.word for one in typed[at : at + length])
            for key in keys:
                if key in self._several:
                    return length, self._several[key]
                if key in self._parts:
                    return self._range(typed, at, length, self._parts[key])
        return None

    def _range(
        self, typed: Sequence[TypedWord], at: int, taken: int, part: _Part
    ) -> tuple[int, Meaning]:
        """Go on from a stage to where the range ends: P5-P7, P5/6/7, Year 3 to 5."""
        end = at + taken
        while longer := self._longer(typed, end, part):
            end, part = longer
        return end - at, self._meaning(part)

    def _longer(self, typed: Sequence[TypedWord], at: int, part: _Part) -> tuple[int, _Part] | None:
        """Return the range with the stage that follows it, and where that ends."""
        if at >= len(typed):
            return None
        surface, gap = typed[at].word.surface, typed[at].gap
        is_dash = gap in DASHES
        following = self._following(typed, at + (surface in TO or surface in AND), part)
        if following is None:
            return None
        end, other = following
        is_list = (surface in AND or gap in BETWEEN) and surface not in TO
        if other.first <= part.last or (is_list and other.first != part.last + 1):
            return None
        if not (is_list or is_dash or surface in TO):
            return None
        is_elsewhere = part.is_elsewhere or other.is_elsewhere
        return end, _Part(part.first, other.last, part.before, is_elsewhere, not is_list)

    def _following(
        self, typed: Sequence[TypedWord], at: int, part: _Part
    ) -> tuple[int, _Part] | None:
        surfaces = tuple(_same(one.word.surface) for one in typed[at : at + 2])
        if surfaces and _BARE.fullmatch(surfaces[0]):
            if not (typed[at].gap or typed[at - 1].word.surface in TO | AND):
                return None  # P5 6 weeks
            # The 7 of P5-7 or of primary 5 to 7.
            *start, end = part.before
            other = self._parts.get((*start, f"{end}{surfaces[0]}"))
            return (at + 1, other) if other else None
        for length in (2, 1):
            if surfaces[:length] in self._parts:
                return at + min(length, len(surfaces)), self._parts[surfaces[:length]]
        return None

    def _meaning_of(self, part: _Part) -> Meaning:
        crossing = self._crossings.get((part.first, part.last)) if part.is_crossing else None
        places = range(part.first, part.last + 1)
        return crossing or self._means.of(places, part.is_elsewhere)

    def _take_stage(self, term: Term) -> None:
        place = self._means.place[term.code]
        for names, is_elsewhere in (((term.label, *term.aliases), False), (term.elsewhere, True)):
            for name in names:
                for key in _ways_to_write(_keys(words(name))[0]):
                    short = _SHORT.fullmatch(key[-1])
                    before = (*key[:-1], short[1] if short else "")
                    self._parts.setdefault(key, _Part(place, place, before, is_elsewhere))

    def _take_span(self, span: Span) -> None:
        places = range(self._means.place[span.first], self._means.place[span.last] + 1)
        if span.theme:
            crossing = self._means.crossing(span, places)
            self._crossings[places[0], places[-1]] = crossing
            self._take(span.names, crossing)
            return
        self._take(span.names, self._means.several(span.label, places))
        self._take(span.elsewhere, self._means.of(places, is_elsewhere=True))

    def _take(self, names: Iterable[str], meaning: Meaning) -> None:
        for name in names:
            for key in _keys(words(name)):
                self._several.setdefault(key, meaning)


def _same(surface: str) -> str:
    if len(surface) == len("P5s") and (stages := _STAGES.fullmatch(surface)):
        return stages[1]
    return SAME.get(surface, surface)


def _keys(found: Iterable[Word]) -> tuple[Key, ...]:
    """Return how some words are looked up: as they stand; several also in any ending."""
    held = tuple(found)
    whole = tuple(_same(word.surface) for word in held)
    forms = tuple(_same(word.form or word.surface) for word in held)
    return (whole, forms) if len(held) > 1 and forms != whole else (whole,)


def _ways_to_write(key: Key) -> Iterator[Key]:
    yield key
    short = _SHORT.fullmatch(key[0])
    if len(key) == 1 and short:
        yield (short[1], short[2])  # P 5
    elif len(key) > 1 and key[-1].isdigit():
        yield ("".join(key),)  # primary5
