"""Look outward: among results that fit as well, let other regions than the reader's own be seen."""

from collections.abc import Sequence

from app.search.ranking import Ranking
from app.search.shelf import Shelf
from app.search.snapshot import Bools

WINDOW = 60  # of the best results; what stands further down is left as it is
FIRST = 10  # results that everyone sees
ELSEWHERE = 3  # of them, from other regions
AS_GOOD = 0.97  # of the score of the one that is passed: that counts as equal


def spread(
    ordered: Sequence[int], ranking: Ranking, home: str, shelf: Shelf
) -> tuple[list[int], bool]:
    """Return the order with equals from elsewhere moved up, and whether any was.

    A result never passes one that fits better: not one that has everything
    wanted where itself does not, nor one whose score is clearly higher.
    """
    is_home = shelf.filed("region", home)
    place = {int(d): n for n, d in enumerate(ranking.documents)} if len(ordered) else {}
    comes_first = ranking.comes_first
    worth = {d: (bool(comes_first[place[d]]), float(ranking.scores[place[d]])) for d in ordered}
    head, rest = list(ordered[:WINDOW]), list(ordered[WINDOW:])
    moved = False
    while (held := sum(not is_home[d] for d in head[:FIRST])) < ELSEWHERE:
        found = _next_elsewhere(head, is_home, worth)
        if found is None:
            break
        source, target = found
        head.insert(target, head.pop(source))
        moved = True
        if sum(not is_home[d] for d in head[:FIRST]) <= held:
            break
    return head + rest, moved


def _next_elsewhere(
    head: list[int], is_home: Bools, worth: dict[int, tuple[bool, float]]
) -> tuple[int, int] | None:
    """Return which result may be moved up, and to where: over as few of one's own as needed."""
    for source in range(FIRST, len(head)):
        if is_home[head[source]]:
            continue
        target = source
        while target and is_home[head[target - 1]] and _is_equal(head, source, target - 1, worth):
            target -= 1
        if target < FIRST:
            own = [n for n in range(target, FIRST) if is_home[head[n]]]
            return source, own[-1] if own else target
        return None
    return None


def _is_equal(
    head: list[int], source: int, passed: int, worth: dict[int, tuple[bool, float]]
) -> bool:
    (complete, score), (their_complete, their_score) = worth[head[source]], worth[head[passed]]
    return complete == their_complete and score >= AS_GOOD * their_score
