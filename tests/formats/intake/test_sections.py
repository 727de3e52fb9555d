"""Every piece lands in a section or is asked about; none is lost."""

import pytest

from app.domain.resources import Kind
from app.formats.intake.section_words import NAMES, section_of
from app.formats.intake.sections import Unplaced, place
from app.formats.intake.values import Piece

STUDY, LEARNING = Kind.CASE_STUDY, Kind.PROFESSIONAL_LEARNING


def piece(heading, body="", level=1):
    return Piece(heading, level, body or f"About {heading}.\n")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Context", "context"),
        ("1. Background", "context"),
        ("OUR APPROACH:", "what-we-did"),
        ("2) What did we do?", "what-we-did"),
        ("What we did next", "next-steps"),
        ("Outcomes", "impact"),
        ("Evidence", "how-we-know"),
        ("Evidence of impact", "how-we-know"),
        ("Lessons learned", "what-we-would-change"),
        ("What didn’t work", "what-we-would-change"),
        ("Resources needed", "cost-and-time"),
        ("Cost & time", "cost-and-time"),
        ("Get in touch!", "contact"),
        ("Buaidh", "impact"),
        ("Co-theacsa", "context"),
        ("Cosgais agus ùine", "cost-and-time"),
        ("Tatties", ""),
        ("", ""),
    ],
)
def test_a_heading_names_its_section_however_it_is_written(heading, code):
    assert section_of(heading, STUDY) == code


def test_the_same_word_may_mean_another_section_of_another_kind():
    assert section_of("Resources", STUDY) == "cost-and-time"
    assert section_of("Resources", LEARNING) == "downloads-and-links"
    assert section_of("Who should attend?", LEARNING) == "who-it-is-for"


def test_no_name_means_two_sections():
    for names in NAMES.values():
        every = [name.strip() for said in names.values() for name in said.split(";")]
        flat = [" ".join(name.split()) for name in every]
        assert sorted(flat) == sorted(set(flat))


def test_a_sub_heading_stays_with_the_section_above_it():
    placed = place(
        [piece("Our approach"), piece("Context", level=2), piece("Detail", level=3)], STUDY
    )
    assert placed.sections == {
        "what-we-did": "About Our approach.\n\n### Context\n\nAbout Context.\n\n"
        "#### Detail\n\nAbout Detail.\n"
    }
    assert placed.unplaced == ()


def test_sections_below_a_heading_that_is_none_are_found():
    placed = place([piece("Our project in full"), piece("Impact", level=2)], STUDY)
    assert placed.sections == {"impact": "About Impact.\n"}
    assert [each.heading for each in placed.unplaced] == ["Our project in full"]


def test_what_fits_nowhere_is_kept_with_a_guess():
    placed = place(
        [
            Piece("", 0, "Once.\n"),
            piece("Our approach"),
            piece("Thursdays"),
            piece("Rain", level=2),
            piece("The costs of it all"),
        ],
        STUDY,
    )
    assert placed.unplaced == (
        Unplaced("", 0, "Once.\n", "context"),
        Unplaced("Thursdays", 1, "About Thursdays.\n\n### Rain\n\nAbout Rain.\n", "what-we-did"),
        Unplaced("The costs of it all", 1, "About The costs of it all.\n", "cost-and-time"),
    )


def test_two_pieces_of_one_section_stand_one_below_the_other():
    placed = place([piece("Background"), piece("Aims")], STUDY)
    assert placed.sections == {"context": "About Background.\n\n### Aims\n\nAbout Aims.\n"}


def test_sections_come_in_our_order():
    placed = place([piece("Impact"), piece("Context")], STUDY)
    assert list(placed.sections) == ["context", "impact"]


def test_a_heading_without_words_below_it_is_no_empty_section():
    assert place([Piece("Context", 1, "")], STUDY).sections == {}
