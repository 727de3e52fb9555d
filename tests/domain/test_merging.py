"""When two people edit, nothing that either wrote is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain.merging import Clash, merge

TEXTS = st.lists(
    st.sampled_from(["One.", "Two.", "Three.", "Four\nlines.", "Five."]), max_size=6
).map("\n\n".join)
LISTS = st.lists(st.sampled_from(["p4", "p5", "p6", "p7"]), unique=True).map(tuple)
FORMS = st.fixed_dictionaries(
    {}, optional={"title": TEXTS, "impact": TEXTS, "stages": LISTS, "tags": LISTS}
)
BASE = "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive."


def merged(base, mine, theirs):
    return merge({"text": base}, {"text": mine}, {"text": theirs})


def test_changes_to_paragraphs_apart_are_put_together():
    found = merged(BASE, BASE.replace("One", "First"), BASE.replace("Four", "Fourth"))
    assert found.values == {"text": "First.\n\nTwo.\n\nThree.\n\nFourth.\n\nFive."}
    assert found.clashes == ()


def test_a_paragraph_added_by_one_and_another_taken_out_by_the_other():
    found = merged(BASE, f"Before.\n\n{BASE}", BASE.replace("Three.\n\n", ""))
    assert found.values == {"text": "Before.\n\nOne.\n\nTwo.\n\nFour.\n\nFive."}


def test_the_same_change_by_both_is_made_once():
    both = BASE.replace("One", "First")
    found = merged(BASE, both, both.replace("Five", "Fifth"))
    assert found.values == {"text": "First.\n\nTwo.\n\nThree.\n\nFour.\n\nFifth."}


def test_changes_to_one_paragraph_clash_and_mine_stays_in_sight():
    mine, theirs = BASE.replace("Two", "2"), BASE.replace("Two", "II")
    found = merged(BASE, mine, theirs)
    assert found.values == {"text": mine}
    assert found.clashes == (Clash("text", BASE, mine, theirs),)


def test_changes_to_neighbours_clash():
    assert merged(BASE, BASE.replace("Two", "2"), BASE.replace("Three", "3")).clashes


def test_paragraphs_added_at_the_same_place_clash():
    assert merged(BASE, f"{BASE}\n\nMine.", f"{BASE}\n\nTheirs.").clashes


def test_a_title_that_both_changed_clashes():
    found = merge({"title": "Talks"}, {"title": "Number talks"}, {"title": "Maths talks"})
    assert [clash.field for clash in found.clashes] == ["title"]


def test_a_list_has_what_either_added_and_not_what_either_took_out():
    found = merge(
        {"stages": ("p4", "p5")}, {"stages": ("p5", "p6")}, {"stages": ("p4", "p5", "p7")}
    )
    assert found.values == {"stages": ("p5", "p6", "p7")}
    assert not found.clashes


def test_a_field_emptied_by_one_and_changed_by_the_other_clashes():
    found = merge({"impact": "Much."}, {}, {"impact": "A lot."})
    assert found.clashes == (Clash("impact", "Much.", None, "A lot."),)
    assert found.values == {}


def test_line_ends_of_a_browser_are_no_change():
    sent = BASE.replace("\n", "\r\n")
    found = merged(BASE, sent.replace("One", "First"), BASE.replace("Five", "Fifth"))
    assert found.values == {"text": "First.\n\nTwo.\n\nThree.\n\nFour.\n\nFifth."}


@given(FORMS, FORMS)
def test_a_change_by_one_alone_counts_as_it_is(base, changed):
    assert merge(base, changed, base).values == changed
    assert merge(base, base, changed).values == changed
    assert merge(base, changed, changed).values == changed
    assert not merge(base, changed, base).clashes


@given(FORMS, FORMS, FORMS)
def test_whose_turn_it_was_makes_no_difference(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    turned = {Clash(c.field, c.base, c.theirs, c.mine) for c in other.clashes}
    assert set(one.clashes) == turned
    clashing = {clash.field for clash in one.clashes}
    for field in (one.values.keys() | other.values.keys()) - clashing:
        assert _as_set(one.values[field]) == _as_set(other.values[field])


@given(FORMS, FORMS, FORMS)
def test_what_either_added_is_there_or_in_a_clash(base, mine, theirs):
    found = merge(base, mine, theirs)
    clashing = {clash.field for clash in found.clashes}
    for form in (mine, theirs):
        for field in form.keys() - clashing:
            added = _pieces(form[field]) - _pieces(base.get(field, ""))
            assert added <= _pieces(found.values.get(field, ""))


@given(FORMS, FORMS, FORMS)
def test_nothing_comes_of_nowhere(base, mine, theirs):
    found = merge(base, mine, theirs)
    for field, value in found.values.items():
        known = [_pieces(form.get(field, "")) for form in (base, mine, theirs)]
        assert _pieces(value) <= set().union(*known)


def _as_set(value):
    return value if isinstance(value, str) else set(value)


def _pieces(value):
    pieces = re.split(r"\n\n", value) if isinstance(value, str) else value
    return {piece for piece in pieces if piece}
