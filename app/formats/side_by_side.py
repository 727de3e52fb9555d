"""Two versions of a text as rows for a table: what stayed, changed, came and went.

Pieces (paragraphs, items of lists, rows of tables) are lined up where they are the same, then
where they share most of their words; only within two such pieces are words compared. So a long
text costs little more than reading it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from app.domain.alignment import Pair, align, longest_ascent
from app.domain.taxonomy import fold

NEAR = 1  # unchanged rows left in sight on either side of a change
SHORTEST_FOLD = 2  # rows; fewer take no more room than the line that would stand for them
ALIKE = 0.4  # of the words of two pieces: from here they are one piece, reworked
TELLING = 8  # pieces; a word that stands in more says nothing of which are alike

# Blank lines part pieces; so does a line that opens an item, a quotation, a heading, a table's row.
_PARTING = re.compile(r"\n(?:[ \t]*\n)+|\n(?=[ \t]*(?:[-*+>][ \t]|\||#{1,6}[ \t]|\d+[.)][ \t]))")
_WORD = re.compile(r"\S+")


class Change(StrEnum):
    """What became of a row."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """Words of one piece that all stayed, or all changed. Plain text, never HTML."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Row:
    """One piece as it was and as it is; an empty side has none."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    change: Change
    folded: int = 0  # unchanged pieces that this row stands for, instead of showing any

    @property
    def is_gap(self) -> bool:
        """Whether the row only says how many unchanged pieces are left out here."""
        return self.folded > 0


def rows_of_texts(before: str, after: str) -> tuple[Row, ...]:
    """Compare two texts by pieces, then word by word; long unchanged stretches are folded."""
    left, right = _pieces(before), _pieces(after)
    return _folded(list(_rows(left, right, _pairs(left, right))))


def rows_of_lists(before: Sequence[str], after: Sequence[str]) -> tuple[Row, ...]:
    """Compare two lists value by value; a value has no words of its own to compare."""
    return tuple(_rows(before, after, align(before, after)))


def _pieces(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").strip("\n")
    return [piece.rstrip() for piece in _PARTING.split(plain) if piece.strip()]


def _rows(left: Sequence[str], right: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Row]:
    at = other = 0
    for i, j in (*pairs, (len(left), len(right))):
        for text in left[at:i]:
            yield Row((Run(text, is_changed=True),), (), Change.REMOVED)
        for text in right[other:j]:
            yield Row((), (Run(text, is_changed=True),), Change.ADDED)
        if i < len(left):
            yield _row_of_both(left[i], right[j])
        at, other = i + 1, j + 1


def _row_of_both(before: str, after: str) -> Row:
    if before == after:
        return Row((Run(before),), (Run(after),), Change.SAME)
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    pairs = align([word[0] for word in old], [word[0] for word in new])
    if len(pairs) == len(old) == len(new):  # only the space between words is another
        return Row((Run(before),), (Run(after),), Change.SAME)
    return Row(
        tuple(_runs(before, old, {i for i, _ in pairs})),
        tuple(_runs(after, new, {j for _, j in pairs})),
        Change.CHANGED,
    )


def _runs(text: str, words: Sequence[re.Match[str]], same: set[int]) -> Iterator[Run]:
    """Yield the text in runs; the space between two of them belongs to the one that stayed."""
    end = 0
    for is_changed, places in groupby(range(len(words)), key=lambda n: n not in same):
        *_, last = group = list(places)
        start = words[group[0]].start() if is_changed else end
        if is_changed and start > end:
            yield Run(text[end:start])  # only at the very start of the text
        end = words[last].end()
        if not is_changed and last + 1 < len(words):
            end = words[last + 1].start()
        yield Run(text[start:end], is_changed)


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Return the pieces that are the same or alike, as pairs that ascend on both sides."""
    found: list[Pair] = []
    at = other = 0
    for i, j in (*align(left, right), (len(left), len(right))):
        found += ((at + a, other + b) for a, b in _alike(left[at:i], right[other:j]))
        found.append((i, j))
        at, other = i + 1, j + 1
    return found[:-1]


def _alike(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Return which of some pieces are others reworked; one against one always is."""
    if len(left) == len(right) == 1:
        return [(0, 0)]
    ours, theirs = list(map(_bag, left)), list(map(_bag, right))
    where: dict[str, list[int]] = defaultdict(list)
    for j, bag in enumerate(theirs):
        for word in bag:
            where[word].append(j)
    nearest = (_nearest(bag, theirs, where) for bag in ours)
    return longest_ascent([(i, j) for i, j in enumerate(nearest) if j is not None])


def _nearest(
    bag: Counter[str], others: Sequence[Counter[str]], where: dict[str, list[int]]
) -> int | None:
    telling = (where[word] for word in bag if word in where and len(where[word]) <= TELLING)
    votes = Counter(j for places in telling for j in places)
    shares = [(_share(bag, others[j]), -j) for j, _ in votes.most_common(3)]
    share, place = max(shares, default=(0.0, 0))
    return -place if share >= ALIKE else None


def _bag(piece: str) -> Counter[str]:
    return Counter(fold(piece).split())


def _share(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / (one.total() + other.total())


def _folded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with what lies far from any change as one row that counts it."""
    kept: list[Row] = []
    for is_same, group in groupby(enumerate(rows), key=lambda one: one[1].change is Change.SAME):
        run = list(group)
        found = [row for _, row in run]
        above = NEAR if run[0][0] > 0 else 0
        below = NEAR if run[-1][0] < len(rows) - 1 else 0
        hidden = len(found) - above - below
        if is_same and hidden >= SHORTEST_FOLD:
            gap = Row((), (), Change.SAME, folded=hidden)
            found = [*found[:above], gap, *found[len(found) - below :]]
        kept += found
    return tuple(kept)
