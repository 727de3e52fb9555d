"""One resource on one page: whole paragraphs, as many as fit."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.handouts import (
    HEADING_MM,
    Block,
    HandoutPart,
    fit_to_page,
    height_of,
    is_cut,
    room_for,
)

LONG = "word " * 200


def part(code, *texts):
    return HandoutPart(code, code.capitalize(), tuple(map(Block, texts)))


ROOM = room_for("A title", "A summary.", "A school, Angus", ())


def height(parts):
    heads = sum(HEADING_MM for p in parts if p.heading)
    return heads + sum(height_of(b) for p in parts for b in p.blocks)


def test_what_is_short_stays_whole():
    parts = (part("context", "One.", "Two."), part("impact", "Three."))
    assert fit_to_page(parts, ROOM) == parts
    assert not is_cut(parts, fit_to_page(parts, ROOM))


def test_a_long_beginning_does_not_push_out_what_came_of_it():
    parts = (part("context", *[LONG] * 9), part("impact", "It worked."))
    shown = fit_to_page(parts, ROOM)
    assert shown[-1].blocks == (Block("It worked."),)
    assert is_cut(parts, shown)


def test_sections_that_matter_less_give_way():
    parts = (part("impact", "It worked."), part("contact", "The office."))
    assert fit_to_page(parts, ROOM) == parts[:1]


def test_no_page_ends_on_words_that_lead_to_what_was_cut():
    shown = fit_to_page((part("context", "One.", "Second week:", "x" * 9000),), ROOM)
    assert shown == (part("context", "One."),)


def test_a_text_of_other_sections_is_shown_too():
    parts = (part("our-story", "It worked."),)
    assert fit_to_page(parts, ROOM) == parts


def test_a_paragraph_longer_than_the_page_is_left_out_whole():
    assert fit_to_page((part("context", "x" * 9000),), ROOM) == ()


BLOCKS = st.builds(Block, st.text("ab ", min_size=1, max_size=400), st.booleans())
PARTS = st.lists(
    st.builds(
        HandoutPart,
        st.sampled_from(["context", "impact", "contact", "other"]),
        st.sampled_from(["", "Heading"]),
        st.lists(BLOCKS, max_size=8).map(tuple),
    ),
    max_size=8,
)


@given(PARTS, st.floats(0, ROOM))
def test_it_never_holds_more_than_a_page_and_keeps_its_order(parts, room):
    shown = fit_to_page(parts, room)
    assert height(shown) <= room + 1e-6
    told = [block.text for p in shown for block in p.blocks]
    whole = [block.text for p in parts for block in p.blocks]
    rest = iter(whole)
    assert all(text in rest for text in told)


def test_a_long_head_leaves_less_room():
    assert room_for("A long title " * 12, "Words " * 60, "A place", ("Evidence",)) < ROOM - 40
