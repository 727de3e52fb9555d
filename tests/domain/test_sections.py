"""The sections are those that a resource is known by, and each helps its writer."""

import re

import pytest

from app.domain.resources import Kind
from app.domain.sections import SECTIONS

EVERY = [section for kind in Kind for section in SECTIONS[kind]]


def test_a_case_study_has_its_sections_in_order():
    assert "; ".join(section.heading for section in SECTIONS[Kind.CASE_STUDY]) == (
        "Context; What we did; How we know; Impact; What we would change; Cost and time; "
        "Next steps; Contact"
    )


def test_professional_learning_has_its_sections_in_order():
    assert "; ".join(section.heading for section in SECTIONS[Kind.PROFESSIONAL_LEARNING]) == (
        "What this is; Who it is for; How to use it; Downloads and links"
    )


@pytest.mark.parametrize("section", EVERY, ids=lambda section: section.code)
def test_a_section_is_called_in_code_as_it_is_on_the_page(section):
    assert section.code == section.heading.lower().replace(" ", "-")


@pytest.mark.parametrize("section", EVERY, ids=lambda section: section.code)
def test_a_section_has_a_hint_and_an_example_of_few_words(section):
    assert re.fullmatch(r"[A-Z].+[.?]", section.hint)
    assert 5 <= len(section.hint.split()) <= 40
    assert 8 <= len(section.example.split()) <= 40


@pytest.mark.parametrize("kind", Kind)
def test_some_sections_are_wanted_and_some_are_free(kind):
    assert {section.is_wanted for section in SECTIONS[kind]} == {True, False}
