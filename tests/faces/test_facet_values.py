"""Which values of a facet are offered."""

from app.domain.facets import BY_NAME
from app.faces.facet_values import offered_codes


def test_values_stand_in_the_order_of_their_vocabulary(taxonomy):
    counts = {"s1": 1, "elc": 2, "p5": 3, "p6": 0}
    assert offered_codes(taxonomy, BY_NAME["stage"], counts, ()) == ["elc", "p5", "s1"]


def test_a_chosen_value_stays_even_where_it_finds_nothing(taxonomy):
    assert offered_codes(taxonomy, BY_NAME["stage"], {"p5": 1}, ("p6",)) == ["p5", "p6"]


def test_what_no_vocabulary_knows_stands_last(taxonomy):
    counts = {"nonsense": 1, "p5": 1}
    assert offered_codes(taxonomy, BY_NAME["stage"], counts, ()) == ["p5", "nonsense"]


def test_years_stand_newest_first(taxonomy):
    counts = {"2024": 1, "2026": 1, "2025": 1}
    assert offered_codes(taxonomy, BY_NAME["year"], counts, ()) == ["2026", "2025", "2024"]
