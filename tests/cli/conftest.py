"""A library of its own for each test of the commands, its database not yet made."""

import pytest

from tests.content_app import Library


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path, is_empty=True)
    yield library
    library.close()
