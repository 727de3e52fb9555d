"""A headteacher at the browser, with a draft of their own."""

import pytest

from app.domain.people import Role
from tests.builders import a_draft, a_person


@pytest.fixture
def head(session):
    return a_person(session, Role.HEADTEACHER, name="Invented Head")


@pytest.fixture
def browser(as_person, head):
    return as_person(head)


@pytest.fixture
def draft(session, head):
    return a_draft(session, head)
