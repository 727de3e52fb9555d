"""Stages are read as a teacher says them, and another country's are asked about."""

import pytest

from app.search.language.query_language import parse
from app.search.language.synonyms import Relation, Thesaurus
from app.search.language.understanding import understand


@pytest.fixture(scope="module")
def read(taxonomy):
    thesaurus = Thesaurus(taxonomy)
    return lambda text: understand(parse(text, taxonomy), thesaurus)


def stages(understood):
    """Return the weight of each stage that a query finds what is filed under."""
    wanted = understood.plan.wanted
    held = [c for thing in wanted for c in thing.concepts if c.facet == "stage"]
    return {c.code: c.weight for c in sorted(held, key=lambda concept: concept.weight)}


def range_of(first, last):
    codes = ["elc", *(f"p{n}" for n in range(1, 8)), *(f"s{n}" for n in range(1, 7))]
    return set(codes[codes.index(first) : codes.index(last) + 1])


P5, S1 = "Stage P5 (Second level)", "Stage S1 (Third and fourth level)"
NURSERY = "Stage ELC (Early level)"


@pytest.mark.parametrize(
    ("text", "label", "code"),
    [
        ("P5", P5, "p5"),
        ("p5", P5, "p5"),
        ("P5s", P5, "p5"),
        ("P 5", P5, "p5"),
        ("P.5", P5, "p5"),
        ("primary 5", P5, "p5"),
        ("Primary Five", P5, "p5"),
        ("primary5", P5, "p5"),
        ("primary fives", P5, "p5"),
        ("primary sixes", "Stage P6 (Second level)", "p6"),
        ("P1", "Stage P1 (Early level)", "p1"),
        ("P4", "Stage P4 (First level)", "p4"),
        ("S1", S1, "s1"),
        ("first year", S1, "s1"),
        ("1st year", S1, "s1"),
        ("sixth year", "Stage S6 (Senior phase)", "s6"),
        ("S5", "Stage S5 (Senior phase)", "s5"),
        ("nursery", NURSERY, "elc"),
        ("nurseries", NURSERY, "elc"),
        ("early years", NURSERY, "elc"),
        ("pre-school", NURSERY, "elc"),
    ],
)
def test_a_stage_is_known_by_each_of_its_names(text, label, code, read):
    (chip,) = read(text).chips
    assert (chip.typed, chip.label, chip.facet, chip.code) == (text, label, "stage", code)
    assert stages(read(text))[code] == 1.0


def test_the_exact_stage_stands_before_its_level(read):
    assert stages(read("P5")) == {"p5": 1.0, "p6": 0.4, "p7": 0.4}
    (wanted,) = read("P5").plan.wanted
    told = {other.text: (other.weight, other.relation) for other in wanted.others}
    assert told["Second level"] == (0.4, Relation.BROADER)
    assert told["Primary five"] == (0.6, Relation.VARIANT)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("P5-P7", "p5", "p7"),
        ("P5–P7", "p5", "p7"),
        ("P5 - P7", "p5", "p7"),
        ("P5-7", "p5", "p7"),
        ("P5 to P7", "p5", "p7"),
        ("P5 to 7", "p5", "p7"),
        ("primary 5 to 7", "p5", "p7"),
        ("primary five to primary seven", "p5", "p7"),
        ("P5/6", "p5", "p6"),
        ("P5/6/7", "p5", "p7"),
        ("P6 and P7", "p6", "p7"),
        ("P6 & P7", "p6", "p7"),
        ("P6, P7", "p6", "p7"),
        ("P1, P2 and P3", "p1", "p3"),
        ("primary six and seven", "p6", "p7"),
        ("P7 and S1", "p7", "s1"),
        ("P6-S1", "p6", "s1"),
        ("S1-S3", "s1", "s3"),
        ("S3 to S4", "s3", "s4"),
        ("S4-6", "s4", "s6"),
    ],
)
def test_a_range_is_every_stage_from_its_first_to_its_last(text, first, last, read):
    (chip,) = read(text).chips
    assert chip.typed == text
    assert chip.label == f"Stages {first.upper()} to {last.upper()}"
    assert stages(read(text)) == dict.fromkeys(range_of(first, last), 1.0)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("P5 and S2", {"p5", "s2"}),  # not next to each other
        ("P7-P5", {"p7", "p5"}),  # the wrong way round
        ("P5 6 weeks", {"p5"}),  # weeks, not stages
        ("P5 with 7 groups", {"p5"}),
    ],
)
def test_what_is_no_range_is_not_read_as_one(text, codes, read):
    held = stages(read(text))
    assert {code for code, weight in held.items() if weight == 1.0} == codes


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("early level", "Early level (ELC to P1)", "elc", "p1"),
        ("first level", "First level (P2 to P4)", "p2", "p4"),
        ("second level", "Second level (P5 to P7)", "p5", "p7"),
        ("2nd level", "Second level (P5 to P7)", "p5", "p7"),
        ("third and fourth level", "Third and fourth level (S1 to S3)", "s1", "s3"),
        ("senior phase", "Senior phase (S4 to S6)", "s4", "s6"),
        ("BGE", "Broad general education (ELC to S3)", "elc", "s3"),
        ("broad general education", "Broad general education (ELC to S3)", "elc", "s3"),
        ("lower primary", "Lower primary (P1 to P3)", "p1", "p3"),
        ("upper primary", "Upper primary (P5 to P7)", "p5", "p7"),
        ("senior secondary", "Upper secondary (S4 to S6)", "s4", "s6"),
    ],
)
def test_a_level_means_each_of_its_stages_less(text, label, first, last, read):
    (chip,) = read(text).chips
    assert (chip.label, chip.code) == (label, "")
    assert stages(read(text)) == dict.fromkeys(range_of(first, last), 0.4)


@pytest.mark.parametrize(
    "text",
    [
        "P7-S1",
        "P7/S1",
        "P7 - S1",
        "P7 to S1",
        "P7 into S1",
        "primary 7 to S1",
        "transition to secondary",
        "transitions to secondary",
        "moving up to secondary",
        "moving up to the academy",
        "primary to secondary transition",
        "starting secondary school",
    ],
)
def test_moving_up_to_secondary_is_a_transition_in_both_sectors(text, read):
    answer = read(text)
    (chip,) = answer.chips
    assert chip.label == "Transition from P7 to S1"
    assert (chip.facet, chip.code) == ("theme", "transitions")
    first, *besides = answer.plan.wanted
    assert ("theme", "transitions", 1.0) in {(c.facet, c.code, c.weight) for c in first.concepts}
    assert not first.is_weak
    # A transition of other years is still one; those of P7 and S1 stand before it.
    assert [(w.concepts[0].code, w.is_weak) for w in besides] == [("p7", True), ("s1", True)]


@pytest.mark.parametrize("text", ["nursery to P1", "ELC to P1", "starting school", "ELC-P1"])
def test_starting_school_is_a_transition_too(text, read):
    answer = read(text)
    assert [chip.label for chip in answer.chips] == ["Transition from nursery to P1"]
    assert [w.concepts[0].code for w in answer.plan.wanted[1:]] == ["elc", "p1"]


@pytest.mark.parametrize(
    ("text", "asked", "words", "codes"),
    [
        ("Year 5", "P5", "P5", {"p5"}),
        ("year five fractions", "P5", "P5 fractions", {"p5"}),
        ("fractions in Y5", "P5", "fractions in P5", {"p5"}),
        ("Year 8", "S1", "S1", {"s1"}),
        ("Grade 4", "P5", "P5", {"p5"}),
        ("4th grade", "P5", "P5", {"p5"}),
        ("third grade", "P4", "P4", {"p4"}),
        ("Reception", "P1", "P1", {"p1"}),
        ("Kindergarten", "P1", "P1", {"p1"}),
        ("EYFS", "ELC", "ELC", {"elc"}),
        ("Year 3 to 5", "P3 to P5", "P3 to P5", {"p3", "p4", "p5"}),
        ("Years 5 and 6", "P5 to P6", "P5 to P6", {"p5", "p6"}),
        ("Key Stage 2 spelling", "P3 to P6", "P3 to P6 spelling", {"p3", "p4", "p5", "p6"}),
        ("KS1", "P1 to P2", "P1 to P2", {"p1", "p2"}),
        ("sixth form", "S5 to S6", "S5 to S6", {"s5", "s6"}),
    ],
)
def test_another_countrys_stage_is_asked_about_and_searched_for(text, asked, words, codes, read):
    answer = read(text)
    (question,) = answer.questions
    assert (question.label, question.words) == (asked, words)
    assert question.typed not in {chip.typed for chip in answer.chips}
    held = stages(read(text))
    assert {code for code, weight in held.items() if weight == 1.0} == codes
    assert question.typed in {wanted.typed for wanted in answer.plan.wanted}


@pytest.mark.parametrize(
    "text",
    [
        "receptive language",  # cut to the same stem as reception
        "first year teacher",  # a probationer
        "5 year plan",
        "National 5 biology",
        "P8",
        "primary",
        "year",
    ],
)
def test_this_is_no_stage(text, read):
    assert stages(read(text)) == {}
    assert read(text).questions == ()
