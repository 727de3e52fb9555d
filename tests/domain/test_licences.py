"""What a licence lets others make of a work, and the line that says whose it was."""

import pytest

from app.domain.licences import (
    attribution_of,
    licence_asked_for,
    why_not_build_on,
    without_title,
)


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0"])
def test_what_may_be_changed_may_be_built_on(licence):
    assert why_not_build_on(licence) == ""


@pytest.mark.parametrize(
    ("licence", "sentence"),
    [
        (None, "does not say"),
        ("", "does not say"),
        ("CC-BY-ND-4.0", "no derivatives"),
        ("CC-BY-NC-ND-4.0", "no derivatives"),
        ("All rights reserved", "We do not know its licence, All rights reserved"),
    ],
)
def test_what_may_not_be_changed_is_refused_with_a_way_on(licence, sentence):
    assert sentence in why_not_build_on(licence)
    assert "Ask the school" in why_not_build_on(licence)


def test_the_line_says_title_place_version_and_licence():
    line = attribution_of("Number talks", "Balquhinnie Primary School", "Angus", 3, "CC-BY-4.0")
    place = "Balquhinnie Primary School, Angus"
    assert line == f"Built on “Number talks”, {place}, version 3, CC BY 4.0"
    assert licence_asked_for(line) == "CC-BY-4.0"


def test_what_is_not_for_everybody_is_named_without_its_title():
    line = attribution_of("", "", "Angus", 1, "CC-BY-SA-4.0")
    assert line == "Built on a resource, Angus, version 1, CC BY-SA 4.0"
    assert licence_asked_for(line) == "CC-BY-SA-4.0"


def test_a_line_without_a_licence_of_ours_asks_for_none():
    assert licence_asked_for("Built on “Peat”, version 3") is None
    assert licence_asked_for("") is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Built on “Peat”, Angus, version 1", "Built on a resource, Angus, version 1"),
        ("Built on “The “big” peat”, Angus", "Built on a resource, Angus"),
        ("Built on a resource, Angus", "Built on a resource, Angus"),
        ("Built on “Peat, Angus", "Built on “Peat, Angus"),
    ],
)
def test_a_title_can_be_left_out(line, told):
    assert without_title(line) == told
