"""What a resource is filed under: one reading for the index, the API and the checks."""

from datetime import date

from app.domain.facets import FACETS, TERM_LISTS
from app.domain.resources import Kind, ResourceContent, codes_by_facet

FULL = ResourceContent(
    kind=Kind.PROFESSIONAL_LEARNING,
    title="Talk",
    body="",
    region="tayside",
    authority="angus",
    terms={facet.name: ("second", "first") for facet in reversed(TERM_LISTS)},
    learning_type="course",
    published_on=date(2026, 10, 2),
)


def test_every_facet_has_its_codes_in_the_order_of_the_facets():
    said = [facet.name for facet in FACETS if not facet.is_computed]
    assert list(codes_by_facet(FULL)) == said


def test_the_authors_order_is_kept_and_a_single_value_is_one_code():
    codes = codes_by_facet(FULL)
    assert codes["stage"] == ("second", "first")
    assert codes["kind"] == ("professional-learning",)
    assert codes["year"] == ("2026",)


def test_a_facet_without_codes_is_left_out():
    short = ResourceContent(Kind.CASE_STUDY, "Talk", "", "tayside")
    assert codes_by_facet(short) == {"kind": ("case-study",), "region": ("tayside",)}
