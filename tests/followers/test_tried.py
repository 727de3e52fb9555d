"""What schools tried moves the rung and the count in the index, and back."""

from datetime import date

import pytest

from app.db import reading, unit_of_work
from app.domain.evidence import Outcome
from app.domain.people import Role
from app.followers import documents as standing
from app.followers import index
from app.models.resources import Resource
from app.services.adoptions import recording
from app.services.adoptions.saying import Told
from tests.builders import a_person, a_school, actor_for
from tests.content_app import IDS, TAXONOMY, a_file

PLACES = (
    ("Invented Bay Primary School", "angus", "tayside"),
    ("Invented Hill Primary School", "angus", "tayside"),
    ("Invented Links Primary School", "fife", "south-east"),
)


@pytest.fixture
def carried(library, load):
    """Load a resource; return a function that carries what waits and tells how it stands."""
    library.search.rebuild([])
    load(a_file(id=IDS[0]))

    def carry():
        index.catch_up(library.search, TAXONOMY)
        document = library.search.documents[IDS[0]]
        return document.facets["evidence"], document.tries

    return carry


def adopt(place, outcome=Outcome.WORKED):
    told = Told(("p5",), date(2026, 9, 1), outcome, would_repeat=True)
    with unit_of_work() as session:
        teacher = actor_for(a_person(session, Role.TEACHER, school=a_school(session, *place)))
        resource = session.get_one(Resource, IDS[0])
        return teacher, recording.adopt(session, teacher, TAXONOMY, resource, told).id


def test_the_third_school_in_a_second_authority_moves_the_facet_and_deleted_it_moves_back(carried):
    assert carried() == (("idea",), 0)
    adopt(PLACES[0])
    adopt(PLACES[1])
    assert carried() == (("repeated",), 2)
    teacher, third = adopt(PLACES[2])
    assert carried() == (("adopted-elsewhere",), 3)

    with unit_of_work() as session:
        recording.delete(session, teacher, third)
    assert carried() == (("repeated",), 2)


def test_what_did_not_work_is_counted_all_the_same(carried):
    for place in PLACES:
        adopt(place, Outcome.NOT)
    assert carried() == (("tried-once",), 3)


def test_the_writers_own_school_has_tried_what_it_tells_of(library, load):
    load(a_file(id=IDS[0], school="Invented Bay Primary School"))
    with reading() as session:
        [document] = standing.documents(session, TAXONOMY)
    assert (document.facets["evidence"], document.tries) == (("tried-once",), 0)


def test_nobody_finds_an_idea_by_the_name_of_its_rung(library, load):
    load(a_file(id=IDS[0]))
    with reading() as session:
        [document] = standing.documents(session, TAXONOMY)
    assert "Idea" not in document.labels
