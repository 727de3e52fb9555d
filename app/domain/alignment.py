"""Which items of two lists are the same, in order: paragraphs or words of two versions.

What stands once in each list is lined up first (patience diff), then each gap between is looked
at again. It costs n log n at each of a few depths, whatever the texts; difflib's own way is
quadratic and worse where words repeat, and lines up stray little words besides.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

DEEPEST = 8  # times that a gap is looked at again; texts of people need 2 or 3

Pair = tuple[int, int]


def align(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Return the places of equal items as pairs that ascend on both sides."""
    return list(_align(left, right, (0, len(left)), (0, len(right)), DEEPEST))


def longest_ascent(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the most pairs that ascend on both sides, of pairs that ascend on the left."""
    ends: list[int] = []  # the least right end of an ascent of each length, and whose it is
    owners: list[int] = []
    before: list[int] = []
    for n, (_, right) in enumerate(pairs):
        length = bisect_left(ends, right)
        before.append(owners[length - 1] if length else -1)
        ends[length : length + 1] = [right]
        owners[length : length + 1] = [n]
    found: list[Pair] = []
    at = owners[-1] if owners else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _align(
    left: Sequence[str], right: Sequence[str], a: Pair, b: Pair, depth: int
) -> Iterator[Pair]:
    """Yield the pairs within a stretch of each side."""
    (start, end), (other, stop) = a, b
    while start < end and other < stop and left[start] == right[other]:
        yield start, other
        start, other = start + 1, other + 1
    tail = 0
    while (
        start < end - tail
        and other < stop - tail
        and left[end - 1 - tail] == right[stop - 1 - tail]
    ):
        tail += 1
    last = (end - tail, stop - tail)
    anchors = _anchors(left, right, (start, last[0]), (other, last[1])) if depth else []
    for i, j in anchors:
        yield from _align(left, right, (start, i), (other, j), depth - 1)
        yield i, j
        start, other = i + 1, j + 1
    if anchors:
        yield from _align(left, right, (start, last[0]), (other, last[1]), depth - 1)
    yield from ((end - n, stop - n) for n in range(tail, 0, -1))


def _anchors(left: Sequence[str], right: Sequence[str], a: Pair, b: Pair) -> list[Pair]:
    ours, theirs = Counter(left[slice(*a)]), Counter(right[slice(*b)])
    where = {right[j]: j for j in range(*b) if theirs[right[j]] == 1}
    once = [(i, where[left[i]]) for i in range(*a) if ours[left[i]] == 1 and left[i] in where]
    return longest_ascent(once)
