"""The taxonomy's files: what is wrong with one is told with its name."""

import shutil

import pytest

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Asking
from app.formats.taxonomy_files import read_taxonomy
from config import PROJECT_DIR


@pytest.fixture
def folder(tmp_path):
    """A copy of the vocabularies that a test may spoil."""
    return shutil.copytree(PROJECT_DIR / "content/taxonomy", tmp_path / "taxonomy")


def test_a_folder_without_a_taxonomy_names_the_setting(tmp_path):
    with pytest.raises(InvalidInput, match="set TAXONOMY_DIR"):
        read_taxonomy(tmp_path)


def test_a_facet_without_its_vocabulary_is_told_at_once(folder):
    (folder / "themes.yaml").unlink()
    with pytest.raises(InvalidInput, match=r"There is no themes\.yaml in .*"):
        read_taxonomy(folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "must hold names and values"),
        ("a: [", "cannot be read"),
        ("vocabulary: stages", "must say “vocabulary: themes”"),
        ("vocabulary: themes\nterms: []", "must have a label and a list of terms"),
        ("vocabulary: themes\nlabel: Theme", "must have a label and a list of terms"),
        ("vocabulary: themes\nlabel: Theme\nterms: [{code: a}]", "needs a code and a label"),
        (
            "vocabulary: themes\nlabel: Theme\nterms: [{code: a, label: A}, {code: a, label: B}]",
            "uses a code twice: a",
        ),
        (
            "vocabulary: themes\nlabel: Theme\nterms: [{code: a, label: A, replaced_by: b}]",
            "the successor of a is not there",
        ),
        (
            "vocabulary: themes\nlabel: Theme\nterms: [{code: a, label: A, replaced_by: b}, "
            "{code: b, label: B, replaced_by: a}]",
            "the successors of a lead round in a ring",
        ),
        (
            "vocabulary: themes\nlabel: Theme\nterms: [{code: a, label: A, valid_to: soon}]",
            "valid_to of a is no day",
        ),
        (
            "vocabulary: themes\nlabel: Theme\nterms: [{code: a, label: A}]\n"
            "spans: [{label: All, first: a, last: z}]",
            "a span needs a label and the codes of its ends",
        ),
    ],
)
def test_a_broken_vocabulary_is_told_with_its_name(folder, words, said):
    (folder / "themes.yaml").write_text(words)
    with pytest.raises(InvalidInput, match=said) as refusal:
        read_taxonomy(folder)
    assert str(refusal.value).startswith("themes.yaml")


def test_a_taxonomy_may_do_without_the_words_of_those_who_ask(folder):
    assert "how do i" in read_taxonomy(folder).asking.turns
    (folder / "asking.yaml").unlink()
    assert read_taxonomy(folder).asking == Asking()


def test_stages_of_other_countries_are_found_and_kept_apart(folder):
    stages = read_taxonomy(folder).vocabularies["stages"]
    assert stages.find("Year 5").code == "p5"
    assert "Year 5" not in stages.by_code["p5"].aliases


def test_every_span_goes_from_an_earlier_stage_to_a_later_one(folder):
    stages = read_taxonomy(folder).vocabularies["stages"]
    codes = list(stages.by_code)
    assert all(codes.index(span.first) <= codes.index(span.last) for span in stages.spans)
    assert {span.theme for span in stages.spans} == {"", "transitions"}
