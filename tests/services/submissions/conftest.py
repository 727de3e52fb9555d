"""A headteacher with a file, and the people who must not see it."""

import pytest

from app.domain.people import Role
from tests.builders import a_person, actor_for


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Invented Head")


@pytest.fixture
def actor(head):
    return actor_for(head)
