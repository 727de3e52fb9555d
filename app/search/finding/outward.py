"""Look outward: among results that fit as well, let other regions than the reader's own be seen."""

from collections.abc import Sequence

from app.search.finding.ranking import Ranking
from app.search.finding.shelf import Shelf

WINDOW = 60  # of the best results; what stands further down is left as it is
FIRST = 10  # results that everyone sees
ELSEWHERE = 3  # of them, from other regions
AS_GOOD = 0.97  # of the score of the one that is passed: that counts as equal


def spread(
    ordered: Sequence[int], ranking: Ranking, home: str, shelf: Shelf
) -> tuple[list[int], bool]:
    """Return the order with equals from elsewhere moved up, and whether any was.

    They come to the end of the first page, as many as may; one's own whose
    places they take follow them. A result never passes one that fits better:
    not one that has everything wanted where itself does not, nor one whose
    score is clearly higher.

    Args:
        ordered: the best results, by completeness and score.
    """
    is_home = shelf.filed("region", home)
    head, rest = list(ordered[:WINDOW]), list(ordered[WINDOW:])
    page = head[:FIRST]
    own = [d for d in page if is_home[d]]
    inside = len(page) - len(own)
    others = [d for d in head[FIRST:] if not is_home[d]]
    for number in range(min(ELSEWHERE - inside, len(others)), 0, -1):
        guests, leaving = others[:number], own[-number:]
        # The least of those that come and the best of those that go: the others are nearer.
        if _is_equal(guests[-1], leaving[0], ranking):
            moved = {*guests, *leaving}
            staying = [d for d in page if d not in moved]
            below = [d for d in head[FIRST:] if d not in moved]
            return staying + guests + leaving + below + rest, True
    return head + rest, False


def _is_equal(guest: int, passed: int, ranking: Ranking) -> bool:
    """Whether a result fits as well as one that it would pass."""
    one, other = ranking.documents.searchsorted((guest, passed)).tolist()
    is_as_good = ranking.scores[one] >= AS_GOOD * ranking.scores[other]
    comes_first = ranking.comes_first
    return bool(is_as_good and comes_first[one] == comes_first[other])
