"""A family as each reader may know of it, and what children are told."""

import pytest

from app.domain.audience import Audience
from app.domain.errors import NotFound, WrongState
from app.domain.people import VISITOR, Role
from app.domain.workflow import State
from app.models.lineages import Lineage
from app.models.notifications import Notification
from app.services.family import note_parent
from app.services.lineages.reading import (
    compare_draft_with_parent,
    compare_with_parent,
    find_family,
)
from app.services.reviews.withdrawing import restore, withdraw
from tests.builders import a_draft, a_person, a_resource, actor_for

WHY = "The club that it tells of has closed."
LINE = "Built on “Peat”, version 1, CC BY 4.0"


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def parent(session):
    return a_resource(session, title="Peat", body="## Context\n\nOld.\n")


@pytest.fixture
def writer(session):
    return a_person(session, Role.TEACHER)


@pytest.fixture
def child(session, parent, writer):
    resource = a_resource(
        session,
        title="Moss",
        body="## Context\n\nNew.\n",
        region="south-east",
        authority="fife",
        author_id=writer.id,
        adapted_from=parent.id,
        attribution=LINE,
    )
    session.add(Lineage(resource_id=resource.id, parent_id=parent.id, parent_number=1))
    session.flush()
    return resource


def family(session, actor, resource):
    session.flush()
    session.expire_all()
    return find_family(session, actor, resource.published)


def test_both_sides_see_each_other(session, parent, child):
    above = family(session, VISITOR, child).parent
    assert (above.attribution, above.slug, above.title) == (LINE, "peat", "Peat")
    [below] = family(session, VISITOR, parent).children
    assert (below.slug, below.title, below.authority) == ("moss", "Moss", "fife")
    assert not family(session, VISITOR, a_resource(session, title="Alone"))


def test_a_parent_that_one_may_not_read_is_not_named(session, parent, child):
    parent.published.audience = Audience.REGION
    above = family(session, VISITOR, child).parent
    line = "Built on a resource, version 1, CC BY 4.0"
    assert (above.attribution, above.slug, above.title) == (line, "", "")
    child.published.attribution = ""
    assert family(session, VISITOR, child).parent.attribution == "Built on another resource"
    with pytest.raises(NotFound):
        compare_with_parent(session, VISITOR, None, "moss")


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_a_child_that_is_not_published_is_not_named(session, parent, child, state):
    child.published.state = state
    assert family(session, VISITOR, parent).children == ()


def test_a_child_that_one_may_not_read_is_not_named(session, parent, child):
    child.published.audience = Audience.REGION
    assert family(session, VISITOR, parent).children == ()
    there = actor_for(a_person(session, Role.REGIONAL_LEAD, region="south-east"))
    assert len(family(session, there, parent).children) == 1


def test_a_parent_that_the_library_does_not_hold_leaves_its_line(session, child):
    child.published.adapted_from = "01JD8Q2V7NFTK9M4C3XH6RBWZE"
    above = family(session, VISITOR, child).parent
    assert (above.attribution, above.slug) == (LINE, "")


def test_a_withdrawn_parent_warns_the_writers_and_the_page(session, parent, child, writer, lead):
    draft = a_draft(session, writer, title="Fen")
    draft.adapted_from = parent.id
    other = a_draft(session, a_person(session), title="Nothing to do with it")
    session.flush()
    withdraw(session, actor_for(lead), "peat", WHY)
    rows = session.query(Notification).filter_by(kind="parent_withdrawn").all()
    told = {(row.person_id, row.sentence, row.path) for row in rows}
    assert told == {
        (writer.id, "What “Moss” was built on was withdrawn.", "/resources/moss"),
        (writer.id, "What “Fen” was built on was withdrawn.", f"/submissions/{draft.id}"),
    }
    assert other.adapted_from is None

    above = family(session, VISITOR, child).parent
    assert above.withdrawn_on is not None
    assert (above.reason, above.slug) == (WHY, "")
    assert "Peat" not in above.attribution, "it may be withdrawn for what its title says"
    restore(session, actor_for(lead), "peat", "It is open again.")
    assert family(session, VISITOR, child).parent.slug == "peat"


def test_the_reason_is_for_those_who_could_read_it(session, parent, child, lead):
    parent.published.audience = Audience.REGION
    session.flush()
    withdraw(session, actor_for(lead), "peat", WHY)
    assert family(session, VISITOR, child).parent.reason == ""
    assert family(session, actor_for(lead), child).parent.reason == WHY


def test_differences_to_the_parent_are_shown(session, taxonomy, parent, child):
    beside = compare_with_parent(session, VISITOR, taxonomy, "moss")
    assert "context" in [field.name for field in beside.found.fields]
    assert (beside.parent.title, beside.number, beside.is_wider) == ("Peat", 1, False)
    with pytest.raises(WrongState, match="not built on"):
        compare_with_parent(session, VISITOR, taxonomy, "peat")


def test_a_draft_is_compared_by_its_writer_and_says_where_it_is_wider(
    session, taxonomy, parent, writer
):
    parent.published.audience = Audience.STAFF
    draft = a_draft(session, writer, title="Fen")
    draft.adapted_from = parent.id
    session.flush()
    beside = compare_draft_with_parent(session, actor_for(writer), taxonomy, draft.id)
    assert (beside.is_wider, beside.number) == (True, 0)
    with pytest.raises(NotFound):
        compare_draft_with_parent(session, actor_for(a_person(session)), taxonomy, draft.id)


def test_old_words_of_the_parent_are_for_its_writers(session, taxonomy, parent, child, lead):
    old = parent.published
    old.state = State.SUPERSEDED
    session.flush()
    newer = a_resource(session, title="Newer peat").revisions[0]
    newer.resource_id, newer.number = parent.id, 2
    session.flush()
    session.expire_all()
    assert compare_with_parent(session, VISITOR, taxonomy, "moss").parent is newer
    assert compare_with_parent(session, actor_for(lead), taxonomy, "moss").parent is old


def test_a_parent_is_noted_once_changed_and_taken_away(session, parent, child):
    note_parent(session, child.id, parent.id)
    assert session.get(Lineage, child.id).parent_number == 1
    other = a_resource(session, title="Other")
    note_parent(session, child.id, other.id)
    assert session.get(Lineage, child.id).parent_id == other.id
    note_parent(session, child.id, "01JD8Q2V7NFTK9M4C3XH6RBWZE")
    assert session.get(Lineage, child.id).parent_number == 0
    note_parent(session, child.id, child.id)
    session.flush()
    assert session.get(Lineage, child.id) is None
