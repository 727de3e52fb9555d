"""Two versions of a text stand side by side, and what changed is marked, quickly."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.side_by_side import Change, Row, Run, rows_of_lists, rows_of_texts

TEXTS = st.lists(
    st.sampled_from(["one", "two", "three.", "the", "\n\n", "\n- ", "\n", "  ", "| a |", "four"])
).map(" ".join)


def shown(row, side):
    return "".join(f"[{run.text}]" if run.is_changed else run.text for run in getattr(row, side))


def sides(rows):
    return [(row.change, shown(row, "left"), shown(row, "right")) for row in rows]


def test_words_that_changed_are_marked_within_their_paragraph():
    rows = rows_of_texts("We met on two Fridays in May.", "We met on three Fridays, in late May.")
    assert sides(rows) == [
        (
            Change.CHANGED,
            "We met on [two Fridays] in May.",
            "We met on [three Fridays,] in [late] May.",
        )
    ]


def test_a_new_paragraph_and_one_taken_out_stand_alone():
    rows = rows_of_texts("One.\n\nGone.\n\nTwo.", "One.\n\nTwo.\n\nNew.")
    assert sides(rows) == [
        (Change.SAME, "One.", "One."),
        (Change.REMOVED, "[Gone.]", ""),
        (Change.SAME, "Two.", "Two."),
        (Change.ADDED, "", "[New.]"),
    ]


def test_a_reworked_paragraph_is_found_among_new_ones():
    old = "We asked the class the same five questions in September.\n\nIt rained."
    new = "All new words here.\n\nWe asked the class the same six questions in September.\n\nSun."
    assert [row.change for row in rows_of_texts(old, new)] == [
        Change.ADDED,
        Change.CHANGED,
        Change.REMOVED,
        Change.ADDED,
    ]


def test_each_item_and_each_row_of_a_table_is_a_piece():
    rows = rows_of_texts("- one\n- two\n- three", "- one\n- 2\n- three")
    assert [row.change for row in rows] == [Change.SAME, Change.CHANGED, Change.SAME]
    rows = rows_of_texts("| a |\n|---|\n| b |", "| a |\n|---|\n| b |\n| c |")
    assert rows[-1] == Row((), (Run("| c |", is_changed=True),), Change.ADDED)


def test_a_text_wrapped_in_other_lines_is_the_same():
    rows = rows_of_texts("One two\nthree four.", "One two three\nfour.")
    assert [row.change for row in rows] == [Change.SAME]


def test_long_unchanged_stretches_are_folded_and_counted():
    paragraphs = [f"Paragraph {n}." for n in range(20)]
    rows = rows_of_texts(
        "\n\n".join(paragraphs), "\n\n".join([*paragraphs[:10], "New.", *paragraphs[10:]])
    )
    assert [row.folded or row.change for row in rows] == [
        *(9, Change.SAME, Change.ADDED, Change.SAME, 9),
    ]
    assert rows[0].is_gap
    assert not rows[1].is_gap


def test_a_list_is_compared_value_by_value():
    rows = rows_of_lists(("P4", "P5"), ("P5", "P6"))
    assert sides(rows) == [
        (Change.REMOVED, "[P4]", ""),
        (Change.SAME, "P5", "P5"),
        (Change.ADDED, "", "[P6]"),
    ]


def test_markup_is_text_like_any_other():
    rows = rows_of_texts("", "<script>alert(1)</script>")
    assert rows[0].right == (Run("<script>alert(1)</script>", is_changed=True),)


@given(TEXTS, TEXTS)
def test_each_side_can_be_read_whole(before, after):
    rows = rows_of_texts(before, after)
    left = " ".join(run.text for row in rows for run in row.left).split()
    hidden = sum(row.folded for row in rows)
    assert hidden or left == before.split()
    right = " ".join(run.text for row in rows for run in row.right).split()
    assert hidden or right == after.split()


@given(TEXTS)
def test_a_text_differs_in_nothing_from_itself(text):
    assert all(row.change is Change.SAME for row in rows_of_texts(text, text))


def _text(seed, paragraphs, length):
    chance = random.Random(seed)
    return [
        " ".join(f"w{chance.randrange(3000)}" for _ in range(length)) for _ in range(paragraphs)
    ]


def _reworked(paragraphs):
    chance = random.Random(2)
    return [
        " ".join("new" if chance.random() < 0.2 else word for word in text.split())
        for text in paragraphs
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_text(1, 400, 50), _reworked(_text(1, 400, 50))),
        (_text(1, 1, 20_000), _reworked(_text(1, 1, 20_000))),
        (_text(1, 20_000, 1), _reworked(_text(1, 20_000, 1))),
        (["the same"] * 10_000, ["the same"] * 5_000 + ["the other"] * 5_000),
        (["a b a b"] * 5_000, ["b a b b"] * 5_000),
        (["a b " * 10_000], ["b b a " * 7_000]),
    ],
    ids=["paragraphs", "one paragraph", "words alone", "alike", "few words", "few words in one"],
)
def test_20000_words_of_any_shape_are_compared_and_nothing_of_them_is_lost(before, after):
    rows = rows_of_texts("\n\n".join(before), "\n\n".join(after))
    shown = " ".join(run.text for row in rows for run in row.right)
    folded = sum(row.folded for row in rows)
    assert folded or len(shown.split()) >= len(" ".join(after).split())
