"""Vocabularies that a test may change, an app that lives by them, and an administrator."""

import shutil
from dataclasses import replace

import pytest

from app.domain.people import Role
from app.followers.documents import documents
from app.formats.live_taxonomy import LiveTaxonomy
from app.search.engines.memory_engine import MemoryEngine
from config import PROJECT_DIR
from tests.builders import a_person


@pytest.fixture
def folder(app, tmp_path, taxonomy):
    """Vocabularies that a test may change, and an app that lives by them."""
    held = app.extensions["parts"]
    folder = shutil.copytree(PROJECT_DIR / "content/taxonomy", tmp_path / "taxonomy")
    live = LiveTaxonomy(folder, taxonomy)
    app.extensions["parts"] = replace(
        held,
        settings=replace(held.settings, taxonomy_dir=folder),
        live=live,
        search=MemoryEngine(live.taxonomy),
    )
    yield folder
    app.extensions["parts"] = held


@pytest.fixture
def keeper(as_person, session, folder):
    return as_person(a_person(session, Role.ADMINISTRATOR, name="Invented Keeper"))


@pytest.fixture
def index(app, session, folder):
    def carry():
        session.flush()
        parts = app.extensions["parts"]
        parts.search.rebuild(documents(session, parts.taxonomy))

    return carry
