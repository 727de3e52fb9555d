"""Which documents answer a Plan, and how well: everything wanted first, then by BM25F.

Documents that have all that was wanted, by any name, stand before the rest;
within each part the score decides. The score is BM25F (Robertson, Zaragoza and
Taylor, "Simple BM25 extension to multiple weighted fields", 2004): how often a
word stands in each field is weighed by the field and its length and added up
first, so that a word in both title and body is not counted as two. The idf is
Whoosh's, ln(N / (df + 1)) + 1. docs/decisions/0003 tells what was measured.

Another name never counts more than the typed word would: its idf is held down
to that of the typed word, then it is weighed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from app.domain.taxonomy import fold
from app.search.analysis import Phrase
from app.search.catalogue import documents_of
from app.search.fields import TEXT_FIELDS
from app.search.plan import Concept, Plan, Wanted
from app.search.port import Expansion
from app.search.shelf import Shelf
from app.search.synonyms import Wording, plain_name

K1 = 2.0  # how soon more of the same word stops counting
B = 0.75  # how far long texts are held back
WEIGHTS = {f.name: f.weight for f in TEXT_FIELDS}

Scores = dict[int, float]
Frequencies = Mapping[int, float]


@dataclass
class Ranking:
    """The documents that answer a plan."""

    scores: Scores = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)  # those that have everything wanted
    used: list[Wording] = field(default_factory=list)  # the wordings that found something
    expansions: list[Expansion] = field(default_factory=list)


def rank(plan: Plan, shelf: Shelf) -> Ranking:
    """Return every document that answers the plan, of those that the reader may see.

    Filters are not looked at: they narrow the answer afterwards.
    """
    ranking = Ranking()
    required: list[set[int]] = []
    complete: set[int] | None = None
    for wanted in plan.wanted:
        having = _add(wanted, shelf, ranking)
        if not wanted.is_weak:
            complete = having if complete is None else complete & having
        if wanted.is_required:
            required.append(having)
    unwanted = documents_with(plan.unwanted, shelf)
    for document in [d for d in ranking.scores if d in unwanted or _lacks(d, required)]:
        del ranking.scores[document]
    ranking.complete = ranking.scores.keys() & (ranking.scores if complete is None else complete)
    return ranking


def documents_with(wordings: Sequence[Wording], shelf: Shelf) -> set[int]:
    """Return the documents that have any of these wordings."""
    return {
        document
        for wording in wordings
        for name in wording.fields
        for document in _frequencies(wording, name, shelf)
    }


def _lacks(document: int, required: list[set[int]]) -> bool:
    return any(document not in having for having in required)


def _add(wanted: Wanted, shelf: Shelf, ranking: Ranking) -> set[int]:
    """Add what one wanted thing scores; return the documents that have it."""
    parts = [_scores(part, shelf) for part in wanted.parts]
    scores: Scores = {}
    for part in parts:
        _add_up(scores, part)
    having = set(parts[0]).intersection(*parts[1:])
    if wanted.whole and having:
        _add_up(scores, _scores(wanted.whole, shelf))
    ranking.used += [*wanted.parts, *((wanted.whole,) if wanted.whole else ())]
    found = _others(wanted, shelf, is_typed_found=bool(scores))
    for _, other_scores in found:
        having |= other_scores.keys()
        for document, score in other_scores.items():
            scores[document] = max(scores.get(document, 0.0), score)
    for concept in wanted.concepts:
        concept_scores = _concept_scores(concept, shelf)
        having |= concept_scores.keys()
        for document, score in concept_scores.items():
            scores[document] = max(scores.get(document, 0.0), score)
    also = _told(wanted.typed, [other for other, _ in found])
    if also:
        ranking.expansions.append(Expansion(wanted.typed, also))
    ranking.used += [other for other, _ in found]
    _add_up(ranking.scores, scores)
    return having


def _concept_scores(concept: Concept, shelf: Shelf) -> Scores:
    """Return what being filed under a term scores: a find in a label of common length."""
    held = shelf.snapshot.facets.get(concept.facet, {}).get(concept.code, 0) & shelf.documents
    if not held:
        return {}
    weight = WEIGHTS["labels"]
    idf = log(shelf.count / (held.bit_count() + 1)) + 1
    score = concept.weight * idf * (K1 + 1) * weight / (weight + K1)
    return dict.fromkeys(documents_of(held), score)


def _others(wanted: Wanted, shelf: Shelf, is_typed_found: bool) -> list[tuple[Wording, Scores]]:
    """Return the other names that find something, with what they score."""
    typed = wanted.parts[0] if len(wanted.parts) == 1 else None
    tried = (
        (other, _scores(other, shelf, below=typed))
        for other in wanted.others
        if not (other.is_last_resort and is_typed_found)
    )
    return [(other, scores) for other, scores in tried if scores]


def _told(typed: str, others: Sequence[Wording]) -> tuple[str, ...]:
    """Return the names to tell: each once, and never what was typed."""
    # A word and a term's label may say the same.
    names: dict[str, str] = {}
    for other in others:
        name = plain_name(other.text)
        names.setdefault(fold(name), name)
    names.pop(fold(typed), None)
    return tuple(names.values())


def _add_up(scores: Scores, more: Scores) -> None:
    for document, score in more.items():
        scores[document] = scores.get(document, 0.0) + score


def _scores(wording: Wording, shelf: Shelf, below: Wording | None = None) -> Scores:
    """Return the BM25F score of each document that has a wording.

    Args:
        below: the typed word that this is another name of; it counts no more.
    """
    weights = _weights(wording, shelf)
    if not weights:
        return {}
    standing = len(weights)
    if below:
        standing = max(standing, len(documents_with((below,), shelf)))
    scale = wording.weight * (log(shelf.count / (standing + 1)) + 1) * (K1 + 1)
    return {document: scale * w / (w + K1) for document, w in weights.items()}


def _weights(wording: Wording, shelf: Shelf) -> Scores:
    """Return how often each document has a wording, weighed by field and by the field's length."""
    weights: Scores = {}
    for name in wording.fields:
        found = _frequencies(wording, name, shelf)
        if found:
            lengths, average = shelf.lengths(name), shelf.average_length(name) or 1.0
            weight, slope = WEIGHTS[name], B / average
            for document, frequency in found.items():
                more = weight * frequency / (1 - B + slope * lengths[document])
                weights[document] = weights.get(document, 0.0) + more
    return weights


def _frequencies(wording: Wording, name: str, shelf: Shelf) -> Frequencies:
    if wording.prefix:
        together: dict[int, float] = {}
        for form in shelf.forms_from(wording.prefix):
            _add_up(together, dict(shelf.frequencies(name, form)))
        return together
    if len(wording.phrase) == 1:
        return shelf.frequencies(name, wording.phrase[0][0])
    return _phrase_frequencies(wording.phrase, name, shelf)


def _phrase_frequencies(phrase: Phrase, name: str, shelf: Shelf) -> Frequencies:
    """Return how often each document has the forms at their places."""
    held = []
    for form, _ in phrase:
        found = shelf.frequencies(name, form)
        if not found:
            return {}
        held.append(found)
    together = sorted(min(held, key=len).keys() & set.intersection(*map(set, held)))
    starts: dict[int, set[int]] = {}
    for form, offset in phrase:
        places = shelf.positions(name, form, together)
        for document in together:
            here = {place - offset for place in places.get(document, ())}
            starts[document] = starts[document] & here if document in starts else here
    return {document: len(found) for document, found in starts.items() if found}
