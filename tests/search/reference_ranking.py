"""The ranking once more, slowly and plainly: what the fast one is held against.

It knows documents as texts only: no index, no segments, no arrays. The formula is
BM25F as app/search/finding/ranking.py tells it.
"""

from collections.abc import Iterable
from math import log
from typing import NamedTuple

from whoosh.util.numeric import byte_to_length, length_to_byte

from app.search.analysis import form_of, words
from app.search.fields import TEXT_FIELDS, texts_of
from app.search.language.plan import Concept, Plan, Wanted
from app.search.language.synonyms import Wording
from app.search.port import SearchDocument

K1, B = 2.0, 0.75
BESIDES = 0.3  # of the lower score, where a thing is found by two of its names
WEIGHTS = {"title": 2.0, "summary": 1.5, "tags": 2.0, "labels": 1.5, "school": 1.0, "body": 1.0}

Weights = dict[str, float]  # by id


def _told(length: int) -> int:
    """Return a length as Whoosh keeps it: in one byte, so that long ones are rounded."""
    return int(byte_to_length(length_to_byte(length)))


class Standing(NamedTuple):
    """How a document answers a plan."""

    score: float
    is_complete: bool


class Reference:
    """Ranks the documents that a reader may see."""

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self.documents = {document.id: document for document in documents}
        self.words = {
            id_: {name: list(words(text)) for name, text in texts_of(document).items()}
            for id_, document in self.documents.items()
        }
        self.lengths = {
            id_: {name: _told(sum(bool(word.form) for word in held)) for name, held in read.items()}
            for id_, read in self.words.items()
        }
        count = len(self.documents) or 1
        self.averages = {
            field.name: sum(held[field.name] for held in self.lengths.values()) / count or 1.0
            for field in TEXT_FIELDS
        }
        self._forms: dict[str, set[str]] = {}

    def rank(self, plan: Plan) -> dict[str, Standing]:
        """Return every document that answers a plan, with its score."""
        answers = [self._answers(wanted) for wanted in plan.wanted]
        unwanted = {id_ for wording in plan.unwanted for id_ in self.weights(wording)}
        found: dict[str, Standing] = {}
        for id_ in self.documents.keys() - unwanted:
            scores = [scored[id_] for scored, _ in answers if id_ in scored]
            pairs = list(zip(plan.wanted, answers, strict=True))
            telling = [a for w, a in pairs if not w.is_only_asking] or answers
            if not any(id_ in scored for scored, _ in telling):
                continue
            lacking = [wanted for wanted, (_, having) in pairs if id_ not in having]
            if scores and not any(wanted.is_required for wanted in lacking):
                found[id_] = Standing(sum(scores), all(wanted.is_weak for wanted in lacking))
        return found

    def weights(self, wording: Wording) -> Weights:
        """Return how often each document has a wording, weighed by field and field's length."""
        held: Weights = {}
        for id_ in self.documents:
            weight = 0.0
            for name in wording.fields:
                times = self.times(wording, id_, name)
                longer = self.lengths[id_][name] / self.averages[name]
                weight += WEIGHTS[name] * times / (1 - B + B * longer)
            if weight:
                held[id_] = weight
        return held

    def times(self, wording: Wording, id_: str, name: str) -> int:
        """Return how often a wording stands in a field of a document."""
        at = {word.place: word.form for word in self.words[id_][name] if word.form}
        if wording.prefix:
            forms = self._beginning(wording.prefix)
            return sum(form in forms for form in at.values())
        return sum(
            all(at.get(place + offset) == form for form, offset in wording.phrase) for place in at
        )

    def _beginning(self, prefix: str) -> set[str]:
        if prefix not in self._forms:
            every = (w for read in self.words.values() for held in read.values() for w in held)
            self._forms[prefix] = {
                form_of(w.surface) for w in every if w.surface.startswith(prefix)
            }
        return self._forms[prefix]

    def _idf(self, documents: int) -> float:
        return log(len(self.documents) / (documents + 1)) + 1

    def _scores(self, wording: Wording, least: int = 0) -> Weights:
        weights = self.weights(wording)
        if not weights:
            return {}
        scale = wording.weight * self._idf(max(len(weights), least)) * (K1 + 1)
        return {id_: scale * weight / (weight + K1) for id_, weight in weights.items()}

    def _answers(self, wanted: Wanted) -> tuple[Weights, set[str]]:
        """Return what each document scores by one wanted thing, and those that have all of it."""
        parts = [self._scores(part) for part in wanted.parts]
        having = set.intersection(*map(set, parts))
        scores: Weights = {}
        for part in [*parts, *([self._scores(wanted.whole)] if wanted.whole else [])]:
            for id_, score in part.items():
                scores[id_] = scores.get(id_, 0.0) + score
        is_typed_found = any(parts)
        # Another name counts no more than the one word that was typed for it.
        least = len(parts[0]) if len(parts) == 1 else 0
        tried = [o for o in wanted.others if not (o.is_last_resort and is_typed_found)]
        gains = [self._scores(other, least) for other in tried]
        gains += [self._filed(concept) for concept in wanted.concepts]
        for gained in gains:
            having |= gained.keys()
            for id_, score in gained.items():
                before = scores.get(id_, 0.0)
                scores[id_] = max(before, score) + BESIDES * min(before, score)
        return scores, having

    def _filed(self, concept: Concept) -> Weights:
        filed = [
            id_
            for id_, document in self.documents.items()
            if concept.code in document.facets.get(concept.facet, ())
        ]
        label = WEIGHTS["labels"]
        gain = concept.weight * (K1 + 1) * label / (label + K1) * self._idf(len(filed))
        return dict.fromkeys(filed, gain)
