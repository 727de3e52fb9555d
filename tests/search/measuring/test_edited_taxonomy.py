"""The taxonomy without a word: the word is gone, and nothing else."""

import pytest

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Taxonomy, Term, Vocabulary, WordGroup
from app.search.measuring.edited_taxonomy import without_synonym

PEF = WordGroup("PEF", "acronym", ("PEF", "Pupil Equity Funding", "Pupil Equity Fund"))
CHILD = WordGroup("pupil", "variant", ("pupil", "child", "bairns"))
READING = WordGroup("leughadh", "gaelic", ("leughadh", "reading"))
THEME = Term("pef", "Pupil Equity Funding (PEF)", aliases=("PEF", "equity funding"))
TAXONOMY = Taxonomy(
    {"themes": Vocabulary("themes", "Theme", (THEME, Term("play", "Play")))},
    (PEF, CHILD, READING),
)


def test_a_group_named_by_the_word_goes_whole_and_so_does_the_alias():
    edited = without_synonym(TAXONOMY, "PEF")
    assert edited.word_groups == (CHILD, READING)
    assert edited.vocabularies["themes"].terms[0].aliases == ("equity funding",)


def test_out_of_another_group_only_the_word_goes():
    edited = without_synonym(TAXONOMY, "Bairns")
    assert [group.members for group in edited.word_groups[1:2]] == [("pupil", "child")]
    assert edited.vocabularies == TAXONOMY.vocabularies


def test_a_pair_does_not_stay_as_one():
    assert without_synonym(TAXONOMY, "reading").word_groups == (PEF, CHILD)


def test_a_word_that_the_taxonomy_has_not_is_told():
    with pytest.raises(InvalidInput, match="no synonym or alias “PFE”"):
        without_synonym(TAXONOMY, "PFE")
