"""A folder of vocabularies that a test may change, and an administrator."""

import shutil

import pytest

from app.domain.people import Role
from config import PROJECT_DIR
from tests.builders import a_person, actor_for


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PROJECT_DIR / "content/taxonomy", tmp_path / "taxonomy")


@pytest.fixture
def keeper(session):
    return actor_for(a_person(session, Role.ADMINISTRATOR))
