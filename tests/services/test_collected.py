"""Which of a collection's items a reader sees."""

import pytest

from app.domain.audience import Audience
from app.domain.collections import CollectionState
from app.domain.errors import NotFound
from app.domain.people import VISITOR, Role
from app.domain.workflow import State
from app.services.collected import read_collection, seen_by
from tests.builders import a_collection, a_person, a_resource, actor_for


@pytest.fixture
def lead(session):
    return a_person(session, Role.REGIONAL_LEAD)


@pytest.fixture
def mixed(session, lead):
    resources = (
        a_resource(session, title="For all"),
        a_resource(session, title="For staff", audience=Audience.STAFF),
        a_resource(session, title="For Tayside", audience=Audience.REGION),
        a_resource(session, title="Withdrawn", state=State.WITHDRAWN),
    )
    return a_collection(session, lead, resources)


def titles(session, actor, collection):
    seen = seen_by(session, actor, collection)
    return [item.revision.title for item in seen.items], seen.dropped


def test_each_reader_sees_the_items_that_they_may_read_anyway(session, mixed, lead):
    elsewhere = actor_for(a_person(session, Role.REGIONAL_LEAD, region="south-east"))

    assert titles(session, VISITOR, mixed) == (["For all"], 3)
    assert titles(session, elsewhere, mixed) == (["For all", "For staff"], 2)
    assert titles(session, actor_for(lead), mixed) == (["For all", "For staff", "For Tayside"], 1)


def test_a_private_collection_is_not_there_for_others(session, lead):
    private = a_collection(session, lead, state=CollectionState.PRIVATE)
    colleague = a_person(session, Role.REGIONAL_LEAD)

    assert read_collection(session, actor_for(lead), private.slug) is private
    for stranger in (VISITOR, actor_for(colleague)):
        with pytest.raises(NotFound):
            read_collection(session, stranger, private.slug)


def test_a_published_one_keeps_to_its_audience(session, lead):
    theirs = a_collection(session, lead, audience=Audience.REGION)
    with pytest.raises(NotFound):
        read_collection(session, VISITOR, theirs.id)
    teacher = actor_for(a_person(session, Role.TEACHER))
    assert read_collection(session, teacher, theirs.id) is theirs
