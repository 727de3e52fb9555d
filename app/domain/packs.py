"""A network day's pack as values: for whom it is, and a running order whose times add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate

from app.domain.audience import Audience, may_read
from app.domain.people import VISITOR, Actor, Role

TITLE_LIMIT = PLACE_LIMIT = 200  # characters
LONGEST_PART_MINUTES = 240
DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - any: only its clock is read
DAY_MINUTES = 24 * 60
SHORT_MINUTES, HALF_DAY_MINUTES = 90, 180


class Part(StrEnum):
    """What a slot of the day is for."""

    WELCOME = "welcome"
    ITEM = "item"
    BREAK = "break"
    LUNCH = "lunch"
    CLOSE = "close"


@dataclass(frozen=True)
class Times:
    """How a day is cut; minutes of 0 leave the part out, an item number of 0 too."""

    start: time = time(9, 30)
    welcome_minutes: int = 15
    item_minutes: int = 30  # for items that say none
    break_after: int = 0  # the item's number, from 1
    break_minutes: int = 15
    lunch_after: int = 0
    lunch_minutes: int = 45
    closing_minutes: int = 15


@dataclass(frozen=True)
class Plan:
    """What somebody asked for: a day and whom it is for. Nothing of it is kept."""

    for_whom: Audience
    title: str
    held_on: date | None = None
    place: str = ""
    times: Times = Times()
    with_files: bool = False  # whether the zip holds what the resources offer for download


@dataclass(frozen=True)
class Slot:
    """One line of a running order, by the clock."""

    part: Part
    starts: time
    ends: time
    minutes: int
    number: int = 0  # of the item, from 1


def running_order(minutes: Sequence[int | None], times: Times) -> tuple[Slot, ...]:
    """Return the day's slots in order; `minutes` are the items' own, None where they say none.

    A break that would come after the last item is left out: the day closes there.
    """
    parts = [(Part.WELCOME, times.welcome_minutes, 0)]
    for number, given in enumerate(minutes, 1):
        parts.append((Part.ITEM, times.item_minutes if given is None else given, number))
        if number < len(minutes):
            parts += _pauses_after(number, times)
    parts.append((Part.CLOSE, times.closing_minutes, 0))
    slots, at = [], datetime.combine(DAY, times.start)
    for part, length, number in parts:
        if length or part is Part.ITEM:
            ends = at + timedelta(minutes=length)
            slots.append(Slot(part, at.time(), ends.time(), length, number))
            at = ends
    return tuple(slots)


def suggested_pauses(minutes: Sequence[int | None], item_minutes: int) -> tuple[int, int]:
    """Return after which items a break and lunch do best, by number; 0 for none.

    Up to an hour and a half needs no break; up to three hours need one half-way; a longer day
    has lunch half-way and its break half-way to lunch.
    """
    lengths = [item_minutes if given is None else given for given in minutes]
    total = sum(lengths)
    if len(lengths) < 2 or total <= SHORT_MINUTES:  # noqa: PLR2004 - a pause stands between two
        return 0, 0
    if total <= HALF_DAY_MINUTES:
        return _nearest(lengths, total / 2), 0
    lunch = _nearest(lengths, total / 2)
    before = _nearest(lengths[:lunch], total / 4) if lunch > 1 else 0
    return before, lunch


def _nearest(lengths: Sequence[int], wanted: float) -> int:
    """Return the number of the item, but the last, that ends nearest to so many minutes."""
    ends = list(accumulate(lengths))[:-1]
    return 1 + min(range(len(ends)), key=lambda at: abs(ends[at] - wanted))


def is_within_a_day(slots: Sequence[Slot], start: time) -> bool:
    """Say whether the slots end before midnight."""
    return start.hour * 60 + start.minute + sum(slot.minutes for slot in slots) < DAY_MINUTES


def _pauses_after(number: int, times: Times) -> list[tuple[Part, int, int]]:
    pauses = []
    if number == times.break_after:
        pauses.append((Part.BREAK, times.break_minutes, 0))
    if number == times.lunch_after:
        pauses.append((Part.LUNCH, times.lunch_minutes, 0))
    return pauses


def reader_of(for_whom: Audience, region: str | None) -> Actor:
    """Return the one who stands for all who are handed a pack: they read what all of them may."""
    if for_whom is Audience.PUBLIC:
        return VISITOR
    return Actor(Role.TEACHER, region=region if for_whom is Audience.REGION else None)


def audiences_for(actor: Actor, held_by: Audience, region: str | None) -> tuple[Audience, ...]:
    """Return whom a pack may be for, widest first, where the collection is for `held_by`.

    Never wider than the collection, whose own words are in it, and never more than the
    maker may read.
    """
    order = tuple(Audience)
    narrower = order[order.index(held_by) :]
    return tuple(one for one in narrower if _may_make(actor, one, region))


def _may_make(actor: Actor, for_whom: Audience, region: str | None) -> bool:
    if for_whom is Audience.REGION and not region:
        return False
    return may_read(actor, for_whom, region or "")
