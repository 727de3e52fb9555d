"""A library of its own for each test of what follows."""

import pytest

from tests.content_app import Library
from tests.loading import take_in_texts


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path)
    yield library
    library.close()


@pytest.fixture
def load(library):
    """Load texts, each as a file of its own: load(a_file(...), a_file(...))."""
    return lambda *texts: take_in_texts(library, *texts)
