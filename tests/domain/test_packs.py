"""A pack's readers, and a running order whose times add up."""

from datetime import time

import pytest

from app.domain.audience import Audience
from app.domain.packs import (
    Part,
    Times,
    audiences_for,
    is_within_a_day,
    running_order,
    suggested_pauses,
)
from app.domain.people import VISITOR, Actor, Role

PUBLIC, STAFF, REGION = Audience
LEAD = Actor(Role.REGIONAL_LEAD, id=1, region="tayside")


def clock(slots):
    return [(s.part, f"{s.starts:%H:%M}", f"{s.ends:%H:%M}") for s in slots]


def test_each_part_begins_when_the_one_before_ends():
    times = Times(break_after=1, lunch_after=2)
    assert clock(running_order([20, None, 45], times)) == [
        (Part.WELCOME, "09:30", "09:45"),
        (Part.ITEM, "09:45", "10:05"),
        (Part.BREAK, "10:05", "10:20"),
        (Part.ITEM, "10:20", "10:50"),
        (Part.LUNCH, "10:50", "11:35"),
        (Part.ITEM, "11:35", "12:20"),
        (Part.CLOSE, "12:20", "12:35"),
    ]


def test_parts_without_minutes_are_left_out_but_no_item_is():
    slots = running_order([0, 10], Times(welcome_minutes=0, closing_minutes=0, break_minutes=0))
    assert [slot.part for slot in slots] == [Part.ITEM, Part.ITEM]


def test_no_break_comes_after_the_last_item():
    slots = running_order([10, 10], Times(break_after=2, lunch_after=9))
    assert {Part.BREAK, Part.LUNCH}.isdisjoint(slot.part for slot in slots)


def test_a_day_without_items_still_has_its_frame():
    assert [slot.part for slot in running_order([], Times())] == [Part.WELCOME, Part.CLOSE]


def test_a_day_ends_before_midnight():
    late = Times(start=time(22, 0))
    assert is_within_a_day(running_order([60], late), late.start)
    assert not is_within_a_day(running_order([90], late), late.start)


@pytest.mark.parametrize(
    ("minutes", "pauses"),
    [
        ([], (0, 0)),
        ([200], (0, 0)),
        ([30, 30, 30], (0, 0)),
        ([30, 30, 30, 30], (2, 0)),
        ([60, None, 60], (1, 0)),
        ([30] * 8, (2, 4)),
        ([200, 200], (0, 1)),
    ],
)
def test_pauses_are_suggested_where_a_day_needs_them(minutes, pauses):
    assert suggested_pauses(minutes, 30) == pauses


@pytest.mark.parametrize(
    ("actor", "held_by", "region", "offered"),
    [
        (LEAD, PUBLIC, "tayside", (PUBLIC, STAFF, REGION)),
        (LEAD, STAFF, "tayside", (STAFF, REGION)),
        (LEAD, REGION, "tayside", (REGION,)),
        (LEAD, REGION, "northern", ()),
        (LEAD, PUBLIC, None, (PUBLIC, STAFF)),
        (Actor(Role.NATIONAL_READER, id=2), PUBLIC, "tayside", (PUBLIC, STAFF)),
        (Actor(Role.ADMINISTRATOR, id=3), PUBLIC, "tayside", (PUBLIC, STAFF, REGION)),
        (VISITOR, PUBLIC, "tayside", (PUBLIC,)),
    ],
)
def test_a_pack_is_never_for_more_than_the_collection_or_its_maker(actor, held_by, region, offered):
    assert audiences_for(actor, held_by, region) == offered
