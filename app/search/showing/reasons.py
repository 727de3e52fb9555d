"""Why a resource was found, read from where its words really stand."""

from collections.abc import Iterator

import numpy as np

from app.search.finding.ranking import Match, Ranking
from app.search.finding.shelf import WEIGHTS, Find, Numbers
from app.search.language.plan import Concept
from app.search.language.synonyms import FILED_UNDER, Relation, Wording, plain_name
from app.search.port import Reason, ReasonKind
from app.search.segments.segment_arrays import FIELD_NUMBERS, SLOTS

MOST_REASONS = 6  # to one result
FIELD_NAMES = tuple(FIELD_NUMBERS)


def reasons_for(document: int, ranking: Ranking) -> tuple[Reason, ...]:
    """Return why a document was found, in the order of what was asked for."""
    held: dict[tuple[str, str], Reason] = {}
    telling = (match for match in ranking.matches if not match.wanted.is_only_asking)
    for match in telling:
        for reason in _of_match(document, match):
            held.setdefault((match.wanted.typed, reason.matched.casefold()), reason)
    return tuple(held.values())[:MOST_REASONS]


def _of_match(document: int, match: Match) -> Iterator[Reason]:
    found = [(w, places) for w, f in match.used if (places := _places(document, f))]
    has_whole = any(wording is match.wanted.whole for wording, _ in found)
    for wording, places in found:
        if has_whole and wording in match.wanted.parts:
            continue  # the words side by side say it better
        yield Reason(_kind(wording, match), match.wanted.typed, plain_name(wording.text), places)
    best = max(
        (concept for concept, documents in match.filed if _is_among(document, documents)),
        key=lambda concept: concept.weight,
        default=None,
    )
    if best:
        yield Reason(_filed_kind(best), match.wanted.typed, plain_name(best.label), ("labels",))


def _kind(wording: Wording, match: Match) -> ReasonKind:
    if wording.prefix:
        return ReasonKind.PREFIX
    if wording.fields == FILED_UNDER and wording.relation is not Relation.TYPED:
        return ReasonKind.CONCEPT
    if wording is match.wanted.whole or wording in match.wanted.parts:
        return ReasonKind.WORD if len(wording.phrase) == 1 else ReasonKind.PHRASE
    return ReasonKind.SYNONYM


def _filed_kind(concept: Concept) -> ReasonKind:
    return ReasonKind.STAGE if concept.facet == "stage" else ReasonKind.CONCEPT


def _places(document: int, found: Find) -> tuple[str, ...]:
    """Return the fields of a document where something was found, the heaviest first."""
    first, last = np.searchsorted(found.slots, (document * SLOTS, (document + 1) * SLOTS)).tolist()
    names = [FIELD_NAMES[slot % SLOTS] for slot in found.slots[first:last].tolist()]
    return tuple(sorted(names, key=lambda name: -WEIGHTS[name]))


def _is_among(document: int, documents: Numbers) -> bool:
    at = int(np.searchsorted(documents, document))
    return at < len(documents) and int(documents[at]) == document
