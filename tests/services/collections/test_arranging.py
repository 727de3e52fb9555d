"""Arranging a collection: order, notes and minutes, and two curators at once."""

import pytest

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.errors import NotAllowed, NotFound
from app.domain.people import Role
from app.services.collections import arranging
from app.services.collections.beginning import begin
from app.services.collections.words import WordsRefused, mark_of_words
from tests.builders import a_collection, a_person, a_resource, actor_for


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def three(session, lead):
    resources = tuple(a_resource(session, title=title) for title in ("One", "Two", "Three"))
    return a_collection(session, lead, resources, state=CollectionState.PRIVATE)


def order(session, collection):
    session.expire_all()
    return [
        (section.title, [item.resource.published.title for item in section.items])
        for section in collection.sections
    ]


def ids(collection):
    return [item.resource_id for section in collection.sections for item in section.items]


def test_resources_are_added_in_their_order_and_each_once(session, lead):
    actor = actor_for(lead)
    made = begin(session, actor, "For the network day")
    one, two = a_resource(session, title="One"), a_resource(session, title="Two")

    assert arranging.add(session, actor, made.id, [two.id, one.id]) == 2
    assert arranging.add(session, actor, made.id, [one.id]) == 0
    assert order(session, made) == [("", ["Two", "One"])]


def test_what_the_curator_may_not_read_cannot_be_added(session, lead, three):
    theirs = a_resource(session, title="Theirs", audience=Audience.REGION, region="south-east")
    with pytest.raises(NotFound):
        arranging.add(session, actor_for(lead), three.id, [theirs.id])


def test_an_item_moves_up_and_down_and_says_where_it_is(session, lead, three):
    actor, (one, _, third) = actor_for(lead), ids(three)

    placed = arranging.move(session, actor, three.id, third, -1)
    assert (placed.place, placed.of) == (2, 3)
    assert order(session, three) == [("", ["One", "Three", "Two"])]
    assert arranging.move(session, actor, three.id, one, -1).place == 1  # an end is an end


def test_items_move_between_sections_and_back_when_a_section_goes(session, lead, three):
    actor, (one, two, _) = actor_for(lead), ids(three)
    arranging.add_section(session, actor, three.id, "After lunch")
    section = three.sections[1].id

    arranging.put(session, actor, three.id, one, section=section)
    assert order(session, three) == [("", ["Two", "Three"]), ("After lunch", ["One"])]
    arranging.put(session, actor, three.id, two, section=section, place=0)
    arranging.move_section(session, actor, three.id, section, -1)
    assert order(session, three) == [("After lunch", ["Two", "One"]), ("", ["Three"])]
    arranging.remove_section(session, actor, three.id, section)
    assert order(session, three) == [("", ["Two", "One", "Three"])]


def test_an_item_crosses_into_the_next_section_by_moving_down(session, lead, three):
    actor, (_, _, third) = actor_for(lead), ids(three)
    arranging.add_section(session, actor, three.id, "After lunch")
    arranging.move(session, actor, three.id, third, 1)
    assert order(session, three) == [("", ["One", "Two"]), ("After lunch", ["Three"])]


def test_a_removed_item_is_gone_and_can_be_added_again(session, lead, three):
    actor, (one, _, _) = actor_for(lead), ids(three)
    arranging.remove(session, actor, three.id, one)
    assert order(session, three) == [("", ["Two", "Three"])]
    arranging.add(session, actor, three.id, [one])
    assert order(session, three) == [("", ["Two", "Three", "One"])]
    with pytest.raises(NotFound):
        arranging.move(session, actor, three.id, "01JD8Q2V7NFTK9M4C3XH6RBWZE", 1)


def test_two_curators_at_once_lose_nothing(session, lead, three):
    actor, (one, two, _) = actor_for(lead), ids(three)
    empty = mark_of_words("")
    was = {f"note-{one}": empty, f"note-{two}": empty}

    first = {f"note-{one}": "Read this first.", f"note-{two}": ""}
    assert arranging.write(session, actor, three.id, first, was) == ()
    # The second saw neither note, wrote another for the same item, and one for the other.
    second = {f"note-{one}": "Skim this.", f"note-{two}": "A game."}
    [clash] = arranging.write(session, actor, three.id, second, was)
    assert (clash.field, clash.theirs) == (f"note-{one}", "Read this first.")
    # What they left as it was does not clash, and is not written over.
    third = {f"note-{one}": "", f"note-{two}": "A game."}
    assert arranging.write(session, actor, three.id, third, was) == ()
    held = arranging.words_of(three)
    assert (held[f"note-{one}"], held[f"note-{two}"]) == ("Read this first.", "A game.")


def test_minutes_that_are_none_are_told_at_their_field(session, lead, three):
    one = ids(three)[0]
    with pytest.raises(WordsRefused) as refused:
        arranging.write(session, actor_for(lead), three.id, {f"minutes-{one}": "ten"})
    assert list(refused.value.problems) == [f"minutes-{one}"]


def test_who_reads_a_published_one_cannot_arrange_it(session, three):
    three.state = CollectionState.PUBLISHED
    reader = actor_for(a_person(session, Role.TEACHER))
    with pytest.raises(NotAllowed):
        arranging.remove(session, reader, three.id, ids(three)[0])
