"""Which spellings are one tag, and what is no tag."""

import pytest

from app.domain.errors import InvalidInput
from app.domain.tags import letter_of, near_slugs, slug_of_tag, split_tags, tidy_tag, tidy_tags


@pytest.mark.parametrize(
    "words",
    [
        "Number talks",
        "number  talks",
        "NUMBER-TALKS",
        "number_talks",
        " #number talks! ",
        "Númber talks",
    ],
)
def test_spellings_of_one_tag_meet(words):
    assert slug_of_tag(words) == "number-talks"


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Children’s rights", "childrens-rights"),
        ("Health & wellbeing", "health-and-wellbeing"),
        ("Gàidhlig", "gaidhlig"),
        ("читання", "читання"),
        ("maths", "maths"),
        ("--", ""),
        ("x" * 200, "x" * 100),
    ],
)
def test_a_slug_keeps_letters_and_figures(words, slug):
    assert slug_of_tag(words) == slug


def test_endings_are_tried_but_not_cut():
    assert slug_of_tag("number talk") != slug_of_tag("number talks")
    assert "number-talks" in near_slugs("number-talk")
    assert "number-talk" in near_slugs("number-talks")
    assert "story" in near_slugs("stories")
    assert near_slugs("maths") == ()
    for kept in ("analysis", "progress", "status", "ethics"):
        assert kept[:-1] not in near_slugs(kept)


def test_several_are_split_at_commas_each_spelling_once():
    assert split_tags("play, Outdoor learning,, outdoor-learning ;rain\nmud") == (
        "play", "Outdoor learning", "rain", "mud",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("a", "too short"),
        ("!!", "too short"),
        ("2024", "only a number"),
        ("x" * 51, "too long"),
        ("one two three four five six seven", "too long"),
        ("someone@school.example", "an address"),
        ("https://x.example", "an address"),
        ('say "hush"', "a character"),
        ("nul\0", "a character"),
        ("<b>bold", "a character"),
    ],
)
def test_what_is_no_tag_is_told_why(words, why):
    with pytest.raises(InvalidInput, match=why):
        tidy_tag(words)


def test_a_tag_is_tidied_and_its_case_kept():
    assert tidy_tag("  #PEF   and me. ") == "PEF and me"


def test_there_must_be_some_and_not_too_many():
    with pytest.raises(InvalidInput, match="Write a tag"):
        tidy_tags([])
    with pytest.raises(InvalidInput, match="10 tags at once"):
        tidy_tags(f"tag {letter}" for letter in "abcdefghijk")


def test_a_list_has_a_letter_for_each():
    assert [letter_of(slug) for slug in ("play", "1-plus-2", "читання")] == ["P", "#", "#"]
