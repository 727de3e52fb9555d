"""Words that name a section name one that the form has."""

import pytest

from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.formats.intake.section_words import NAMES


@pytest.mark.parametrize("kind", Kind)
def test_every_section_can_be_named_and_nothing_else(kind):
    assert list(NAMES[kind]) == [section.code for section in SECTIONS[kind]]
