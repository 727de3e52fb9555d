"""Put what was found in order, as far as a page needs it."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.finding.ranking import Ranking
from app.search.finding.shelf import Numbers, Scores
from app.search.finding.snapshot import Snapshot
from app.search.port import Sort

LATEST = 10**7  # days: after every day there is
LARGE = 4096  # scores; of more, a sample is looked at first
SAMPLED = 16

Keys = npt.NDArray[Any]  # the lower, the sooner


def first(ranking: Ranking, sort: Sort, limit: int, snapshot: Snapshot) -> list[int]:
    """Return the first `limit` documents of a ranking in an order, best first.

    By relevance: those that have everything wanted (Ranking.comes_first), then by score;
    equals, and what has no score, the newest first; then by title, then by id. By tries: of
    equals, too, the newest first.
    """
    documents, scores = ranking.documents, ranking.scores
    if sort is not Sort.RELEVANCE:
        return _best(documents, _KEYS[sort], limit, snapshot)
    is_complete = ranking.comes_first
    complete = int(np.count_nonzero(is_complete))
    if complete in (0, len(documents)):
        return _by_score(documents, scores, limit, snapshot)
    at = np.flatnonzero(is_complete)
    ordered = _by_score(documents.take(at), scores.take(at), limit, snapshot)
    if complete < limit:
        at = np.flatnonzero(~is_complete)
        ordered += _by_score(documents.take(at), scores.take(at), limit - complete, snapshot)
    return ordered


def _by_score(documents: Numbers, scores: Scores, limit: int, snapshot: Snapshot) -> list[int]:
    if len(documents) > limit:
        keep = _highest(scores, limit)
        documents, scores = documents.take(keep), scores.take(keep)
    order = (-scores).argsort()
    documents, scores = documents.take(order), scores.take(order)
    if len(scores) > 1 and (scores[1:] == scores[:-1]).any():
        documents = _equals_in_order(documents, scores, limit, snapshot)
    ordered: list[int] = documents[:limit].tolist()
    return ordered


def _equals_in_order(documents: Numbers, scores: Scores, limit: int, snapshot: Snapshot) -> Numbers:
    """Return documents that are in the order of their scores with equals in an order too."""
    starts = (scores[1:] != scores[:-1]).nonzero()[0] + 1
    ordered: list[int] = []
    for group in np.split(documents, starts):
        room = limit - len(ordered)
        if room <= 0:
            break
        ordered += _best(group, [_published], room, snapshot) if len(group) > 1 else group.tolist()
    return np.array(ordered)


def _highest(scores: Scores, limit: int) -> npt.NDArray[Any]:
    """Return where the highest scores stand, and those equal to the last of them."""
    among: npt.NDArray[Any] | None = None
    if len(scores) > LARGE:
        # A sample tells a bound that a few times as many as are wanted lie above.
        sample = scores[::SAMPLED]
        most = min(len(sample), limit)
        bound = np.partition(sample, -most)[-most]
        among = (scores >= bound).nonzero()[0]
    held = scores if among is None else scores.take(among)
    least = np.partition(held, -limit)[-limit]
    keep: npt.NDArray[Any] = (held >= least).nonzero()[0]
    return keep if among is None else among.take(keep)


def _published(documents: Numbers, snapshot: Snapshot) -> Keys:
    return -snapshot.published.take(documents)


def _review(documents: Numbers, snapshot: Snapshot) -> Keys:
    days = snapshot.review.take(documents)
    return np.where(days > 0, days, LATEST)


def _tries(documents: Numbers, snapshot: Snapshot) -> Keys:
    return -snapshot.tries.take(documents)


_KEYS: Mapping[Sort, list[Callable[[Numbers, Snapshot], Keys]]] = {
    Sort.NEWEST: [_published],
    Sort.REVIEW_DATE: [_review],
    Sort.TITLE: [],
    Sort.MOST_TRIED: [_tries, _published],
}


def _best(
    documents: Numbers,
    keys: list[Callable[[Numbers, Snapshot], Keys]],
    limit: int,
    snapshot: Snapshot,
) -> list[int]:
    """Return the first documents by numbers, then by title and id."""
    sure: list[Numbers] = []
    room = limit
    for key in keys:
        if len(documents) <= room:
            break
        held = key(documents, snapshot)
        at = _highest(-held, room)
        documents, held = documents.take(at), held.take(at)
        most = held.max()
        sure.append(documents[held < most])
        room -= len(sure[-1])
        documents = documents[held == most]
    if len(documents) > room:
        documents = _first_by_title(documents, room, snapshot)
    candidates = np.concatenate([*sure, documents])
    told = [key(candidates, snapshot).tolist() for key in keys]
    names = [_name(int(d), snapshot) for d in candidates]
    ranked = sorted(zip(*told, names, candidates.tolist(), strict=True))
    return [row[-1] for row in ranked[:limit]]


def _first_by_title(documents: Numbers, limit: int, snapshot: Snapshot) -> Numbers:
    """Return, for each segment, its first documents by title: among them are the first of all."""
    kept = []
    for placed in snapshot.placed:
        here = documents[(documents >= placed.first) & (documents < placed.end)]
        if len(here) > limit:
            ranks = placed.segment.documents.title_ranks[here - placed.first]
            here = here[np.argpartition(ranks, limit - 1)[:limit]]
        kept.append(here)
    return np.concatenate(kept)


def _name(document: int, snapshot: Snapshot) -> tuple[str, str]:
    segment, within = snapshot.place(document)
    return segment.documents.titles[within], segment.documents.ids[within]
