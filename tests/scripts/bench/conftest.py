"""A small shuffled library, made of the project's own pages."""

from pathlib import Path

import pytest

from app.formats.taxonomy_files import read_taxonomy
from scripts.bench.corpus import Corpus
from scripts.bench.texts import gather

PROJECT = Path(__file__).parent.parent.parent.parent


@pytest.fixture(scope="session")
def real_text():
    return gather([PROJECT / "content/case-studies"])


@pytest.fixture(scope="session")
def corpus(real_text):
    return Corpus(real_text, read_taxonomy(PROJECT / "content/taxonomy"))


@pytest.fixture(scope="session")
def documents(corpus):
    return list(corpus.documents(120))
