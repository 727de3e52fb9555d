"""Which documents answer a Plan, and how well: everything wanted first, then by BM25F.

Documents that have all that was wanted, by any name, stand before the rest where
few things were wanted; within each part the score decides. The score is BM25F
(Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
2004): how often a word stands in each field is weighed by the field and its length
and added up first, so that a word in both title and body is not counted as two. The idf is
Whoosh's, ln(N / (df + 1)) + 1. docs/decisions/0003 tells what was measured.

Another name never counts more than the typed word would: its idf is held down
to that of the typed word, then it is weighed. Where a thing is found by several of
its names, the best counts whole and the others a little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from app.domain.taxonomy import fold
from app.search.finding.shelf import K1, WEIGHTS, Find, Numbers, Scores, Shelf
from app.search.finding.snapshot import Bools
from app.search.language.plan import Concept, Plan, Wanted
from app.search.language.synonyms import Wording, plain_name
from app.search.understood import (
    Expansion,
)

BESIDES = 0.3  # of the lower score, where a thing is found by two of its names
MOST_IN_FIRST = 3  # things wanted, of which having all puts a resource before the rest
# What being filed under a term gains: as much as a find in a label of common length.
FILED_GAIN = (K1 + 1) * WEIGHTS["labels"] / (WEIGHTS["labels"] + K1)


@dataclass(frozen=True)
class Match:
    """What answers one wanted thing."""

    wanted: Wanted
    documents: Numbers  # ascending: those that have any of it
    scores: Scores  # of each
    having: Numbers  # those that have all of it, or another name, or are filed under it
    used: tuple[tuple[Wording, Find], ...]  # the wordings that found something
    filed: tuple[tuple[Concept, Numbers], ...] = ()


@dataclass(frozen=True)
class Ranking:
    """The documents that answer a plan, in no order yet."""

    documents: Numbers  # ascending
    scores: Scores
    is_complete: Bools  # whether each has everything wanted
    matches: tuple[Match, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def comes_first(self) -> Bools:
        """Whether each stands before those that lack something.

        Of a sentence, a long text may have every word by chance: there the score alone decides.
        """
        needed = sum(not match.wanted.is_weak for match in self.matches)
        return self.is_complete if needed <= MOST_IN_FIRST else np.ones_like(self.is_complete)

    def among(self, keep: Bools) -> "Ranking":
        """Return the ranking with only some of its documents."""
        at = np.flatnonzero(keep)
        if len(at) == len(self.documents):
            return self
        return Ranking(
            self.documents.take(at),
            self.scores.take(at),
            self.is_complete.take(at),
            self.matches,
            self.expansions,
        )

    @property
    def used(self) -> list[Wording]:
        """The wordings that found something, in the order wanted."""
        telling = (match for match in self.matches if not match.wanted.is_only_asking)
        return [wording for match in telling for wording, _ in match.used]


def rank(plan: Plan, shelf: Shelf) -> Ranking:
    """Return every document that answers the plan, of those that the reader may see.

    Filters are not looked at: they narrow the answer afterwards.
    """
    matches = tuple(_match(wanted, shelf) for wanted in plan.wanted)
    ranking = _together(matches, shelf)
    required = [match.having for match in matches if match.wanted.is_required]
    if required or plan.unwanted:
        keep = np.ones(shelf.size, np.bool_)
        for having in required:
            keep &= mask_of(having, shelf)
        keep &= ~documents_with(plan.unwanted, shelf)
        ranking = ranking.among(keep.take(ranking.documents))
    return ranking


def documents_with(wordings: Sequence[Wording], shelf: Shelf) -> Bools:
    """Return which documents have any of these wordings."""
    held = np.zeros(shelf.size, np.bool_)
    for wording in wordings:
        held[find(wording, shelf).documents] = True
    return held


def find(wording: Wording, shelf: Shelf) -> Find:
    """Return where a wording stands."""
    if wording.prefix:
        return shelf.beginning(wording.prefix, wording.fields)
    if len(wording.phrase) == 1:
        return shelf.word(wording.phrase[0][0], wording.fields)
    return shelf.phrase(wording.phrase, wording.fields)


def mask_of(documents: Numbers, shelf: Shelf) -> Bools:
    """Return a set of documents as a mask."""
    held = np.zeros(shelf.size, np.bool_)
    held[documents] = True
    return held


def _together(matches: Sequence[Match], shelf: Shelf) -> Ranking:
    """Add up what each wanted thing scores."""
    expansions = tuple(e for match in matches if (e := _expansion(match)))
    if not matches:
        return Ranking(_NONE, np.zeros(0), np.zeros(0, np.bool_))
    if len(matches) == 1:
        only = matches[0]
        is_complete = np.ones(len(only.documents), np.bool_)
        if len(only.having) < len(only.documents) and not only.wanted.is_weak:
            is_complete = mask_of(only.having, shelf).take(only.documents)
        return Ranking(only.documents, only.scores, is_complete, tuple(matches), expansions)
    scores, having = np.zeros(shelf.size), np.zeros(shelf.size, np.uint8)
    needed, others = 0, []
    is_all_asking = all(match.wanted.is_only_asking for match in matches)
    for match in matches:
        np.add.at(scores, match.documents, match.scores)
        if not match.wanted.is_weak:
            needed += 1
            having[match.having] += 1
        is_counted = match.having is match.documents and not match.wanted.is_weak
        if not is_counted and (is_all_asking or not match.wanted.is_only_asking):
            others.append(match.documents)
    is_found = having > 0
    for documents in others:
        is_found[documents] = True
    found = np.flatnonzero(is_found)
    is_complete = having.take(found) == needed
    return Ranking(found, scores.take(found), is_complete, tuple(matches), expansions)


def _match(wanted: Wanted, shelf: Shelf) -> Match:
    parts = [(part, find(part, shelf)) for part in wanted.parts]
    if len(parts) == 1 and not (wanted.others or wanted.concepts or wanted.whole):
        part, found = parts[0]
        scores = _score(part, found, shelf) * found.gains
        return Match(wanted, found.documents, scores, found.documents, _used(parts))
    return _gathered(wanted, parts, shelf)


def _gathered(wanted: Wanted, parts: list[tuple[Wording, Find]], shelf: Shelf) -> Match:
    scores, having = np.zeros(shelf.size), np.ones(shelf.size, np.bool_)
    is_found = np.zeros(shelf.size, np.bool_)
    for part, found in parts:
        np.add.at(scores, found.documents, _score(part, found, shelf) * found.gains)
        is_found[found.documents] = True
        having &= mask_of(found.documents, shelf)
    if wanted.whole and having.any():
        parts = [*parts, (wanted.whole, whole := find(wanted.whole, shelf))]
        np.add.at(scores, whole.documents, _score(wanted.whole, whole, shelf) * whole.gains)
    others = _others(wanted, shelf, is_typed_found=bool(is_found.any()))
    filed = tuple(_filed(wanted.concepts, shelf))
    for documents, gained in _alternatives(wanted, others, filed, shelf):
        before = scores.take(documents)
        scores[documents] = np.maximum(before, gained) + BESIDES * np.minimum(before, gained)
        is_found[documents] = having[documents] = True
    documents = np.flatnonzero(is_found)
    return Match(
        wanted,
        documents,
        scores.take(documents),
        np.flatnonzero(having & is_found),
        _used([*parts, *others]),
        filed,
    )


def _used(found: Iterable[tuple[Wording, Find]]) -> tuple[tuple[Wording, Find], ...]:
    return tuple((wording, one) for wording, one in found if len(one.documents))


def _others(wanted: Wanted, shelf: Shelf, is_typed_found: bool) -> list[tuple[Wording, Find]]:
    """Return the other names that find something."""
    tried = (
        (other, find(other, shelf))
        for other in wanted.others
        if not (other.is_last_resort and is_typed_found)
    )
    return [(other, found) for other, found in tried if len(found.documents)]


def _filed(concepts: Iterable[Concept], shelf: Shelf) -> Iterable[tuple[Concept, Numbers]]:
    for concept in concepts:
        documents = np.flatnonzero(shelf.filed(concept.facet, concept.code))
        if len(documents):
            yield concept, documents


def _alternatives(
    wanted: Wanted,
    others: Sequence[tuple[Wording, Find]],
    filed: Sequence[tuple[Concept, Numbers]],
    shelf: Shelf,
) -> Iterable[tuple[Numbers, Scores | float]]:
    """Yield the documents of each other name and concept, with what it scores."""
    typed = wanted.parts[0] if len(wanted.parts) == 1 else None
    least = len(find(typed, shelf).documents) if typed else 0
    for other, found in others:
        yield found.documents, _score(other, found, shelf, least) * found.gains
    for concept, documents in filed:
        yield documents, concept.weight * FILED_GAIN * idf(len(documents), shelf)


def _score(wording: Wording, found: Find, shelf: Shelf, least: int = 0) -> float:
    """Return what a wording's gains are multiplied by.

    Args:
        least: documents that have the typed word this is another name of; it counts no more.
    """
    return wording.weight * idf(max(len(found.documents), least), shelf)


def idf(documents: int, shelf: Shelf) -> float:
    """Return how much it tells that a document is one of so many: ln(N / (df + 1)) + 1."""
    return log(shelf.count / (documents + 1)) + 1 if shelf.count else 0.0


def _expansion(match: Match) -> Expansion | None:
    """Return the other names to tell: each once, and never what was typed."""
    typed = {match.wanted.whole, *match.wanted.parts}
    # A word and a term's label may say the same.
    names: dict[str, str] = {}
    for other, _ in match.used:
        if other not in typed:
            name = plain_name(other.text)
            names.setdefault(fold(name), name)
    names.pop(fold(match.wanted.typed), None)
    return Expansion(match.wanted.typed, tuple(names.values())) if names else None


_NONE = np.zeros(0, np.int64)
