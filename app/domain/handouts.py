"""One resource on one page: whole paragraphs of its sections, as many as fit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

# One page of A4 within its margins, as app/static/pack.css sets it: millimetres, and letters of
# ordinary width to a line. A line rarely ends full, so that one holds a few more.
PAGE_MM = 263.0
LINE_CHARACTERS = 96
LINE_MM = 5.2
HEADING_MM = 9.0
GAP_MM = 2.0  # below a paragraph
TITLE_CHARACTERS, TITLE_MM = 46, 7.3  # a line of the title, beside the QR code
SUMMARY_CHARACTERS, SUMMARY_MM = 66, 5.7
SMALL_MM = 4.8  # a line of where it is from, and of the foot
HEAD_MM = 38.0  # at least: the QR code stands in it
FOOT_MM = 12.0  # rule, margins, and the line with the address
WIDE = frozenset("MWmw@%—…")
FIRST_SQUARE = 0x2E80  # from here on letters are as wide as high
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


def room_for(title: str, summary: str, place: str, foot: Sequence[str]) -> float:
    """Return how many millimetres a page has left for the resource's words."""
    head = 10.0 + TITLE_MM * _lines(title, TITLE_CHARACTERS) + 2 * GAP_MM
    head += SMALL_MM * _lines(place, TITLE_CHARACTERS) + SUMMARY_MM * _lines(
        summary, SUMMARY_CHARACTERS
    )
    below = FOOT_MM + sum(1.0 + SMALL_MM * _lines(line, LINE_CHARACTERS) for line in foot if line)
    return PAGE_MM - max(head, HEAD_MM) - below


def fit_to_page(
    parts: Sequence[HandoutPart], room_mm: float, keys: Collection[str] = KEY_SECTIONS
) -> tuple[HandoutPart, ...]:
    """Return what fits into so many millimetres, in the parts' own order.

    Every part gives its first block before any gives its second, so that a long beginning
    does not push out what came of it. A block is kept whole or not at all; a part whose next
    block does not fit gives no more.
    """
    wanted = [part for part in parts if part.id in keys and part.blocks]
    wanted = wanted or [part for part in parts if part.blocks]
    room, taken = room_mm, [0] * len(wanted)
    giving = list(range(len(wanted)))
    while giving:
        still = []
        for at in giving:
            part, count = wanted[at], taken[at]
            heading = HEADING_MM if count == 0 and part.heading else 0.0
            cost = heading + height_of(part.blocks[count])
            if cost > room:
                continue
            room -= cost
            taken[at] += 1
            if taken[at] < len(part.blocks):
                still.append(at)
        giving = still
    return tuple(
        HandoutPart(part.id, part.heading, _ended(part.blocks, count))
        for part, count in zip(wanted, taken, strict=True)
        if count
    )


def _ended(blocks: Sequence[Block], count: int) -> tuple[Block, ...]:
    """Return the first blocks, without a last one that only leads to what was cut."""
    while 1 < count < len(blocks) and blocks[count - 1].text.endswith(":"):
        count -= 1
    return tuple(blocks[:count])


def height_of(block: Block) -> float:
    """Return how many millimetres a block takes, with the gap below it."""
    width = LINE_CHARACTERS - 4 if block.is_item else LINE_CHARACTERS
    return LINE_MM * max(1, _lines(block.text, width)) + GAP_MM


def _lines(text: str, width: int) -> int:
    return ceil(sum(map(_width, text)) / width)


def _width(letter: str) -> float:
    """Return how wide a letter is, beside one of ordinary width."""
    if letter in WIDE:
        return 1.8
    if ord(letter) >= FIRST_SQUARE:
        return 2.1
    return 1.3 if letter.isupper() else 1.0


def is_cut(parts: Sequence[HandoutPart], shown: Sequence[HandoutPart]) -> bool:
    """Say whether the page leaves out anything of the resource."""
    return sum(len(p.blocks) for p in parts) > sum(len(p.blocks) for p in shown)
