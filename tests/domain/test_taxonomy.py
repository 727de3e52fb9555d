"""The taxonomy: terms are found as people write them, and the data holds together."""

import pytest

from app.domain.facets import FACETS, TERM_LISTS
from app.domain.taxonomy import fold


@pytest.mark.parametrize(
    ("vocabulary", "typed", "code"),
    [
        ("authorities", "angus", "angus"),
        ("authorities", "Western Isles", "na-h-eileanan-siar"),
        ("authorities", "NA H-EILEANAN SIAR", "na-h-eileanan-siar"),
        ("authorities", "Dùn Dè", "dundee-city"),
        ("stages", "primary 5", "p5"),
        ("stages", "P5", "p5"),
        ("themes", "Gàidhlig", "gaelic"),
        ("themes", "gaidhlig", "gaelic"),
        ("themes", "childrens rights", "uncrc"),
        ("indicators", "2.3", None),
        ("indicators", "HGIOS4 2.3", "hgios4-2.3"),
        ("areas", "maths", "mathematics"),
    ],
)
def test_a_term_is_found_by_code_label_or_alias_in_any_case(taxonomy, vocabulary, typed, code):
    found = taxonomy.vocabularies[vocabulary].find(typed)
    assert (found.code if found else None) == code


def test_folding_takes_away_case_accents_apostrophes_and_spare_space():
    assert fold("  Children’s   GÀIDHLIG ") == "childrens gaidhlig"


def test_every_facet_has_its_vocabulary(taxonomy):
    wanted = {facet.vocabulary for facet in FACETS if facet.vocabulary}
    assert wanted <= set(taxonomy.vocabularies)
    assert {facet.key for facet in TERM_LISTS} >= {"stages", "sectors", "areas", "themes"}


def test_the_six_regions_hold_all_thirty_two_authorities(taxonomy):
    regions = set(taxonomy.codes("regions"))
    authorities = taxonomy.vocabularies["authorities"].terms
    assert len(regions) == 6
    assert len(authorities) == 32
    assert {a.broader[0] for a in authorities} == regions


def test_every_stage_belongs_to_levels_that_are_there(taxonomy):
    levels = set(taxonomy.codes("levels"))
    assert all(set(stage.broader) <= levels for stage in taxonomy.vocabularies["stages"].terms)


def test_unverified_fields_name_fields(taxonomy):
    for _, term in taxonomy.all_terms():
        assert all(getattr(term, name, None) for name in term.unverified), term


def test_an_unknown_code_is_its_own_label(taxonomy):
    assert taxonomy.label("themes", "no-such") == "no-such"
