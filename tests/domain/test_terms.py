"""What may become of a term: each rule with a case that keeps it and one that breaks it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.moments import day_in_scotland, utc_now
from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.domain.terms import (
    broader_choices,
    compare_names,
    find_problems,
    keep_old_names,
    term_from,
    values_of,
    version_of,
)
from tests.content_app import TAXONOMY

PEF = Term("pef", "Pupil Equity Funding", aliases=("PEF",))
OLD = Term("old", "Old thing", aliases=("relic",), replaced_by="pef")
GLOW = Term("glow", "Glow", label_gd="Glow")
THEMES = Vocabulary("themes", "Theme", (PEF, OLD, GLOW))
TAXONOMY_OF_THREE = Taxonomy({"themes": THEMES})


def problems(before, after, vocabulary=THEMES):
    return find_problems(TAXONOMY_OF_THREE, vocabulary, before, after)


@pytest.mark.parametrize(("vocabulary", "term"), list(TAXONOMY.all_terms()))
def test_every_term_of_the_library_keeps_the_rules(vocabulary, term):
    assert find_problems(TAXONOMY, vocabulary, term, term) == {}
    assert term_from(json.loads(json.dumps(values_of(term)))) == term


@pytest.mark.parametrize("code", ["", "New", "a b", "-a", "a_b", "new", "pef", "x" * 51, "è"])
def test_a_new_code_is_plain_and_not_taken(code):
    assert "code" in problems(None, Term(code, "New thing"))
    assert problems(None, Term("hgios4-2.3", "New thing")) == {}


@pytest.mark.parametrize("name", ["PEF", "pef", "pupil equity funding", "Glow", "glow"])
def test_a_name_leads_to_one_term_of_a_vocabulary(name):
    assert "aliases" in problems(None, Term("a", "A thing", aliases=(name,)))
    assert "label" in problems(None, Term("a", name))


def test_a_term_may_take_the_names_of_one_that_gave_way_to_it():
    assert problems(PEF, replace(PEF, aliases=("PEF", "relic", "Old thing"))) == {}


def test_what_stood_there_before_is_not_held_against_a_person():
    clashing = replace(GLOW, aliases=("PEF",))
    held = Vocabulary("themes", "Theme", (PEF, OLD, clashing))
    assert problems(clashing, replace(clashing, note="A note"), held) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 151}, "label"),
        ({"aliases": ("’",)}, "aliases"),
        ({"aliases": ("one", "One")}, "aliases"),
        ({"aliases": tuple(f"name {n}" for n in range(61))}, "aliases"),
        ({"label_gd": "a\x07"}, "label_gd"),
        ({"note": "x" * 1001}, "note"),
        ({"valid_from": date(2026, 2, 2), "valid_to": date(2026, 2, 1)}, "valid_to"),
        ({"replaced_by": "pef"}, "replaced_by"),
        ({"replaced_by": "nothing"}, "replaced_by"),
        ({"replaced_by": "old"}, "replaced_by"),  # which leads back here
    ],
)
def test_what_cannot_be_is_told_at_its_field(changes, field):
    found = problems(PEF, replace(PEF, **changes))
    assert list(found) == [field]
    assert found[field].endswith(".")


def test_a_successor_is_in_use_itself():
    assert "retired itself" in problems(GLOW, replace(GLOW, replaced_by="old"))["replaced_by"]
    assert problems(GLOW, replace(GLOW, replaced_by="pef")) == {}


@pytest.mark.parametrize(
    "changes", [{"replaced_by": "professional-learning"}, {"valid_to": date(2020, 1, 1)}]
)
def test_what_the_rules_name_is_never_retired(changes):
    kinds = TAXONOMY.vocabularies["kinds"]
    term = kinds.by_code["case-study"]
    assert find_problems(TAXONOMY, kinds, term, replace(term, label="Story")) == {}
    assert find_problems(TAXONOMY, kinds, term, replace(term, **changes))


def test_terms_belong_to_groups_or_to_another_vocabulary():
    def of(name):
        return {t.code for t in broader_choices(TAXONOMY, TAXONOMY.vocabularies[name])}

    assert of("authorities") == set(TAXONOMY.codes("regions"))
    assert of("stages") == set(TAXONOMY.codes("levels"))
    assert "wellbeing-inclusion" in of("themes")
    assert of("areas") == set()
    authorities = TAXONOMY.vocabularies["authorities"]
    angus = authorities.by_code["angus"]
    for broader in ((), ("mars",), ("tayside", "south-east")):
        wrong = replace(angus, broader=broader)
        assert "broader" in find_problems(TAXONOMY, authorities, angus, wrong)


def test_an_old_name_goes_on_finding_unless_it_still_does():
    kept = keep_old_names(PEF, replace(PEF, label="Equity money"))
    assert kept.aliases == ("PEF", "Pupil Equity Funding")
    assert keep_old_names(PEF, replace(PEF, label="PUPIL equity funding")).aliases == ("PEF",)


def test_names_are_compared_as_they_are_searched():
    names = compare_names(PEF, replace(PEF, label="Equity Fund", aliases=("pef", "money")))
    assert names.gained == ("Equity Fund", "money")
    assert names.lost == ("Pupil Equity Funding",)
    assert names.kept == ("pef",)


def test_a_version_changes_with_every_field():
    versions = {version_of(term) for _, term in TAXONOMY.all_terms()}
    assert len(versions) == len(list(TAXONOMY.all_terms()))
    assert version_of(PEF) != version_of(replace(PEF, note="n"))
    assert version_of(None) not in versions


def test_a_term_is_offered_on_its_days_and_retired_after_the_last():
    today = day_in_scotland(utc_now())
    day = timedelta(days=1)
    assert Term("a", "A", valid_from=today, valid_to=today).is_offered
    assert not Term("a", "A", valid_from=today + day).is_offered
    assert not Term("a", "A", valid_from=today + day).is_retired
    assert Term("a", "A", valid_to=today - day).is_retired
    assert Term("a", "A", replaced_by="b").is_retired
    assert not Term("a", "A", valid_to=today + day, replaced_by="b").is_retired
    assert THEMES.standing(OLD) is PEF
    assert THEMES.standing(PEF) is PEF
