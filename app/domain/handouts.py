"""One resource on one page: whole paragraphs of its sections, as many as fit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

# How much one page of A4 holds below the head of a handout and above its foot, in the narrowest
# terms: a line of the widest of our fonts, and a page with a title of two lines.
LINES = 41
LINE_CHARACTERS = 84
HEADING_LINES = 2.1
GAP_LINES = 0.5  # below a paragraph
# Sections that a reader of one page wants first; all others only where none of these is there.
KEY_SECTIONS = frozenset(
    {
        "context",
        "what-we-did",
        "how-we-know",
        "impact",
        "what-we-would-change",
        "cost-and-time",
        "what-this-is",
        "who-it-is-for",
        "how-to-use-it",
    }
)


@dataclass(frozen=True)
class Block:
    """One paragraph or item of a list, as plain words."""

    text: str
    is_item: bool = False


@dataclass(frozen=True)
class HandoutPart:
    """A section of a resource: its heading and its blocks."""

    id: str  # the heading's anchor; "" before any heading
    heading: str
    blocks: tuple[Block, ...]


def fit_to_page(
    parts: Sequence[HandoutPart],
    used_lines: float = 0.0,
    keys: Collection[str] = KEY_SECTIONS,
) -> tuple[HandoutPart, ...]:
    """Return what fits one page, in the parts' own order; `used_lines` are taken already.

    Every part gives its first block before any gives its second, so that a long beginning
    does not push out what came of it. A block is kept whole or not at all; a part whose next
    block does not fit gives no more.
    """
    wanted = [part for part in parts if part.id in keys and part.blocks]
    wanted = wanted or [part for part in parts if part.blocks]
    room, taken = LINES - used_lines, [0] * len(wanted)
    giving = list(range(len(wanted)))
    while giving:
        still = []
        for at in giving:
            part, count = wanted[at], taken[at]
            heading = HEADING_LINES if count == 0 and part.heading else 0.0
            cost = heading + lines_of_block(part.blocks[count])
            if cost > room:
                continue
            room -= cost
            taken[at] += 1
            if taken[at] < len(part.blocks):
                still.append(at)
        giving = still
    return tuple(
        HandoutPart(part.id, part.heading, part.blocks[:count])
        for part, count in zip(wanted, taken, strict=True)
        if count
    )


def lines_of_block(block: Block) -> float:
    """Return how many lines a block may take, with the gap below it."""
    width = LINE_CHARACTERS - 4 if block.is_item else LINE_CHARACTERS
    return max(1, ceil(len(block.text) / width)) + GAP_LINES


def is_cut(parts: Sequence[HandoutPart], shown: Sequence[HandoutPart]) -> bool:
    """Say whether the page leaves out anything of the resource."""
    return sum(len(p.blocks) for p in parts) > sum(len(p.blocks) for p in shown)
