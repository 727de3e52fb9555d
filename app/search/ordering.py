"""Put what was found in order, as far as a page needs it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.port import Sort
from app.search.ranking import Ranking
from app.search.shelf import Numbers
from app.search.snapshot import Snapshot

LATEST = 10**7  # days: after every day there is

Keys = npt.NDArray[Any]  # the lower, the sooner


def first(ranking: Ranking, sort: Sort, limit: int, snapshot: Snapshot) -> list[int]:
    """Return the first `limit` documents of a ranking in an order, best first.

    By relevance: those that have everything wanted, then by score; equals, and
    what has no score, the newest first; then by title, then by id.
    """
    if sort is not Sort.RELEVANCE:
        return _best(ranking.documents, [_DAYS[sort]] if sort in _DAYS else [], limit, snapshot)
    ordered: list[int] = []
    for part in (ranking.is_complete, ~ranking.is_complete):
        wanted = limit - len(ordered)
        if wanted > 0 and part.any():
            among = ranking if part.all() else ranking.among(part)
            ordered += _by_score(among, wanted, snapshot)
    return ordered


def _by_score(ranking: Ranking, limit: int, snapshot: Snapshot) -> list[int]:
    if len(ranking.documents) > limit:
        least = np.partition(ranking.scores, -limit)[-limit]
        ranking = ranking.among(ranking.scores >= least)
    scores = ranking.scores
    order = np.argsort(-scores, kind="stable")
    documents, scores = ranking.documents[order], scores[order]
    starts = np.flatnonzero(np.concatenate((_TRUE, scores[1:] != scores[:-1])))
    ordered: list[int] = []
    for group in np.split(documents, starts[1:]):
        if len(ordered) >= limit:
            break
        if len(group) == 1:
            ordered.append(int(group[0]))
        else:
            ordered += _best(group, [_published], limit - len(ordered), snapshot)
    return ordered[:limit]


def _published(documents: Numbers, snapshot: Snapshot) -> Keys:
    return -snapshot.published[documents]


def _review(documents: Numbers, snapshot: Snapshot) -> Keys:
    days = snapshot.review[documents]
    return np.where(days > 0, days, LATEST)


_DAYS = {Sort.NEWEST: _published, Sort.REVIEW_DATE: _review}
_TRUE = np.ones(1, np.bool_)


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
        most = np.partition(held, room - 1)[room - 1]
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
