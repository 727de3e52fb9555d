"""A resource with its writer, and somebody who tried it."""

import pytest

from app.domain.people import Role
from tests.builders import a_person, a_resource, a_school, actor_for


@pytest.fixture
def writer(session):
    return a_person(session, Role.TEACHER, name="Invented writer")


@pytest.fixture
def resource(session, writer):
    return a_resource(
        session,
        title="Number talks",
        terms={"stage": ("p5", "p6")},
        author_id=writer.id,
        school="Balquhinnie Primary School",
        school_id=actor_for(writer).school_id,
    )


@pytest.fixture
def school(session):
    return a_school(session, "Invented Links Primary School", "fife", "south-east")


@pytest.fixture
def teacher(session, school):
    return a_person(session, Role.TEACHER, school=school)
