"""The vocabularies as they stand, read once."""

from pathlib import Path

import pytest

from app.formats.taxonomy_files import read_taxonomy

TAXONOMY = Path(__file__).parents[2] / "content/taxonomy"


@pytest.fixture(scope="session")
def taxonomy():
    return read_taxonomy(TAXONOMY)
