"""Other names for what was typed: acronyms, variants, Scots, Gaelic, spellings, and the terms.

Each source yields senses of names; a new source is one more function in SOURCES.
Everything is worked out when the app starts and looked up when somebody searches, so an
edit of content/taxonomy/ needs no new index.

Three rules keep other names from drowning what was typed:
- a broad group (pupil, learner, child) helps only where the typed word stands nowhere;
- an alias of a term (sensory) finds what is filed under the term, not its other aliases;
- a short form that is an English word too (PACE, SEND) counts only as it is written,
  and is never searched for instead of its meaning, since the index has no capitals.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

from app.domain.taxonomy import Taxonomy, WordGroup
from app.search.analysis import Phrase, Word, phrase_of, words
from app.search.language.asking import AskingWords
from app.search.language.meanings import (
    ACRONYM_WEIGHT,
    EVERYWHERE,
    FILED_UNDER,
    VARIANT_WEIGHT,
    Concept,
    Label,
    Meaning,
    Relation,
    TypedWord,
    Way,
    Wording,
    together,
    wording,
)
from app.search.language.stages import Stages
from app.search.language.tag_meanings import TagMeanings
from app.search.language.terms import (
    ALIAS,
    LABEL,
    SHORT_ALIAS,
    TermName,
    is_acronym,
    names_of_terms,
    plain_name,
)

__all__ = ["EVERYWHERE", "FILED_UNDER", "Relation", "Thesaurus", "Wording", "plain_name"]

MOST_JOINED = 4  # words joined by hyphens and the like that stay together
MOST_NAMES = 24  # other names to one expression

_CAPITALS = re.compile(r"[A-Z&]{2,6}s?")
_PLURAL = re.compile(r"[A-Z]{2,5}s")  # PSAs

Key = tuple[str, ...]


@dataclass(frozen=True)
class Sense:
    """One thing that a name means."""

    name: str
    meaning: Meaning
    as_written: bool = False  # counts only when typed exactly so


def from_terms(taxonomy: Taxonomy) -> Iterator[Sense]:
    """Yield each name of a term with what is filed under it."""
    held: dict[Key, list[TermName]] = defaultdict(list)
    for one in names_of_terms(taxonomy):
        held[_key_of(one.name)].append(one)
    written = _only_as_written(taxonomy)
    for names in held.values():
        # A term that cannot be a filter is meant only where no other has the name.
        filters = [one for one in names if one.is_filter]
        for one in sorted(filters or names, key=lambda one: one.rank):
            is_short = len(one.name) <= SHORT_ALIAS
            meaning = Meaning(concepts=one.concepts, label=one.label)
            yield Sense(one.name, meaning, as_written=is_short or one.name in written)


def from_word_groups(taxonomy: Taxonomy) -> Iterator[Sense]:
    """Yield each member of a group with the others that it leads to."""
    written, english = _only_as_written(taxonomy), _short_and_english(taxonomy)
    filed = _Filed(taxonomy)
    for group in taxonomy.word_groups:
        for typed in group.members:
            others = [o for o in group.members if _leads(group, typed, o, english)]
            meaning = Meaning(
                others=tuple(_wording(group, typed, other) for other in others),
                concepts=tuple(filed.concepts(group, typed, others)),
                label=filed.label(group, typed, others),
                readings=group.members[1:] if _is_read_many_ways(group, typed) else (),
            )
            yield Sense(typed, meaning, as_written=typed in written)


SOURCES = (from_terms, from_word_groups)


class Thesaurus:
    """What the taxonomy tells about words, ready to be looked up."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._senses: dict[Key, list[Sense]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        self._held: dict[tuple[Key, tuple[bool, ...]], Meaning] = {}
        self._endings = dict(taxonomy.endings) | {b: a for a, b in taxonomy.endings}
        self._any_ending = tuple(self._endings)
        for source in SOURCES:
            for sense in source(taxonomy):
                self._take(sense)
        self.asking = AskingWords(taxonomy.asking)
        # Another way of understanding is one more here; of two that read as much, both count.
        self.ways: tuple[Way, ...] = (Stages(taxonomy), self)
        self.tags = TagMeanings()

    def with_tags(self, tags: TagMeanings) -> "Thesaurus":
        """Return the same, that knows what tags are called too."""
        other = copy(self)
        other.tags, other.ways = tags, (*self.ways, tags)
        return other

    def read(self, typed: Sequence[TypedWord], at: int) -> tuple[int, Meaning] | None:
        """Return how many words from `at` are one known name, and what it means."""
        longest = self._longest.get(_form(typed[at]), 0)
        forms = tuple([_form(one) for one in typed[at : at + longest]])
        for length in range(len(forms), 0, -1):
            senses = self._senses.get(forms[:length])
            meaning = senses and self._meaning(forms[:length], senses, typed[at : at + length])
            if meaning:
                return length, meaning
        return self._of_several(typed[at]) or self._other_spelling(typed[at].word)

    def _meaning(
        self, key: Key, senses: Sequence[Sense], typed: Sequence[TypedWord]
    ) -> Meaning | None:
        """Return what is meant, put together once for each choice of senses."""
        counts = tuple(_counts(sense, typed) for sense in senses)
        if not any(counts):
            return None
        held = self._held.get((key, counts))
        if held is None:
            meaning = together(
                [s.meaning for s, is_meant in zip(senses, counts, strict=True) if is_meant]
            )
            held = replace(meaning, others=meaning.others[:MOST_NAMES])
            self._held[key, counts] = held
        return held

    def _take(self, sense: Sense) -> None:
        key = _key_of(sense.name)
        if key:
            self._senses[key].append(sense)
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def _of_several(self, typed: TypedWord) -> tuple[int, Meaning] | None:
        """Return what PSA means for PSAs, which no stemmer cuts."""
        if not (typed.raw[-1:] == "s" and _PLURAL.fullmatch(typed.raw)):
            return None
        text = typed.raw[:-1]
        word = typed.word._replace(form=text.casefold(), surface=text.casefold())
        one = typed._replace(word=word, raw=text)
        senses = self._senses.get((word.form,), ())
        meaning = self._meaning((word.form,), senses, (one,))
        itself = wording(text, ACRONYM_WEIGHT, Relation.ACRONYM)
        return (1, replace(meaning, others=(itself, *meaning.others))) if meaning else None

    def _other_spelling(self, word: Word) -> tuple[int, Meaning] | None:
        """Return organize for organise, and the reverse, whatever the word."""
        if not (word.form and word.surface.endswith(self._any_ending)):
            return None
        ending = max(filter(word.surface.endswith, self._any_ending), key=len)
        text = word.surface.removesuffix(ending) + self._endings[ending]
        return 1, Meaning((wording(text, VARIANT_WEIGHT, Relation.VARIANT),))


class _Filed:
    """What is filed under the terms that the members of a group name."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._terms: dict[Key, list[TermName]] = defaultdict(list)
        for one in names_of_terms(taxonomy):
            if one.is_filter:
                self._terms[_key_of(one.name)].append(one)

    def concepts(self, group: WordGroup, typed: str, others: Iterable[str]) -> Iterator[Concept]:
        """Yield the terms that other members name, each as heavy as that member."""
        for other in others:
            for one in self._named(group, typed, other):
                for concept in one.concepts:
                    yield replace(concept, weight=min(concept.weight, _weight(group, typed, other)))

    def label(self, group: WordGroup, typed: str, others: Sequence[str]) -> Label | None:
        """Return what to tell: of an acronym its meaning, of another name the term it leads to."""
        named = [one for other in others for one in self._named(group, typed, other)]
        if group.kind == "acronym":
            if typed != group.members[0] or group.is_ambiguous or not others:
                return None
            text = others[0][:1].upper() + others[0][1:]
            same = next(
                (one.label for one in named if one.name == others[0] and one.rank == LABEL), None
            )
            return replace(same, text=text) if same else Label(text)
        return min(named, key=lambda one: one.rank).label if named else None

    def _named(self, group: WordGroup, typed: str, other: str) -> Sequence[TermName]:
        if group.is_broad and typed not in group.only_typed:
            return ()
        if group.is_ambiguous and typed != group.members[0]:
            return ()  # South Ayrshire Council is SAC too, but not the other SAC
        terms = self._terms.get(_key_of(other), ())
        # A variant of an alias would be too far from the term.
        return [one for one in terms if group.kind != "variant" or one.rank != ALIAS]


def _leads(group: WordGroup, typed: str, other: str, english: frozenset[str]) -> bool:
    first = group.members[0]
    if other == typed or other in english or other in group.only_typed:
        return False
    if group.is_one_way and typed != first:
        return False
    if _read(other) in ((), _read(typed)):
        return False
    return not group.is_ambiguous or first in (typed, other)


def _wording(group: WordGroup, typed: str, other: str) -> Wording:
    weight = _weight(group, typed, other)
    relation = Relation.ACRONYM if weight == ACRONYM_WEIGHT else Relation.VARIANT
    if group.kind == "gaelic":
        relation = Relation.GAELIC
    return wording(other, weight, relation, is_last_resort=group.is_broad)


def _weight(group: WordGroup, typed: str, other: str) -> float:
    is_short = group.kind == "acronym" and group.members[0] in (typed, other)
    return ACRONYM_WEIGHT if is_short else VARIANT_WEIGHT


def _is_read_many_ways(group: WordGroup, typed: str) -> bool:
    return group.is_ambiguous and typed == group.members[0]


def _only_as_written(taxonomy: Taxonomy) -> frozenset[str]:
    return taxonomy.only_as_written | _short_and_english(taxonomy)


def _short_and_english(taxonomy: Taxonomy) -> frozenset[str]:
    """Return the short forms that are English words too: never searched for instead."""
    groups = (group for group in taxonomy.word_groups if group.is_case_sensitive)
    return frozenset(group.members[0] for group in groups)


def _counts(sense: Sense, typed: Sequence[TypedWord]) -> bool:
    text = " ".join(one.raw for one in typed)
    if sense.as_written:
        return text == sense.name
    if is_acronym(sense.name) and len(typed) == 1:
        # Idle is no IDL, though both are cut to the same stem.
        return typed[0].word.surface == sense.name.casefold() or bool(_CAPITALS.fullmatch(text))
    return True


def _form(one: TypedWord) -> str:
    return one.word.form or one.word.surface


def _key_of(name: str) -> Key:
    return tuple(word.form or word.surface for word in words(name))


def _read(name: str) -> Phrase:
    return phrase_of(words(name))
