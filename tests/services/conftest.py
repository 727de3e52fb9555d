"""A library of its own for each test of the content services."""

import pytest

from tests.content_app import Library


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path)
    yield library
    library.close()
