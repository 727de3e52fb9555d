"""What the gate finds, what it lets be, and what it proposes, one promise at a time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.privacy import Risk, Surroundings, find_risks

NOWHERE = Surroundings()
SMALL = Surroundings(school_roll=23)


def found(text, around=NOWHERE):
    return [(f.risk, f.text) for f in find_risks(text, around)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aiden in P5 read aloud.", "Aiden"),
        ("[Aiden](https://school.example/aiden) in P5 read aloud.", "Aiden"),
        ("**Aiden** in\nP5 read aloud.", "Aiden"),
        ("![Aiden in P5 at the burn](media/burn.jpg)", "Aiden"),
        ("The cup.[^1]\n\n[^1]: Given by Aiden in P5.", "Aiden"),
        ("<b>Aiden</b>&nbsp;(P5) read aloud.", "Aiden"),
        ("We heard aiden in p5 read.", "aiden"),
        ("The P6 pupil Caitlin read.", "pupil Caitlin"),
        ("It was S2's Mohammed who asked.", "S2's Mohammed"),
        ("A P2 pupil called Oluwadarasimi asked.", "pupil called Oluwadarasimi"),
        ("We met the mum of Zuzanna.", "Zuzanna"),
        ("Summer (P4) said so.", "Summer"),
        ("| Pupil | Score |\n|---|---|\n| Poppy | 14 |", "Poppy"),
        ("R. Menzies (S3) began.", "R. Menzies"),
    ],
)
def test_a_pupil_is_found_by_the_words_beside_the_name(text, name):
    assert found(text) == [(Risk.PUPIL_NAME, name)]


def test_a_name_once_known_is_found_everywhere():
    text = "Ruairidh (P7) fished. Later Ruairidh's boat sank, and olivia in p3 saw Ruairidh swim."
    assert [name for _, name in found(text)] == ["Ruairidh", "Ruairidh", "olivia", "Ruairidh"]


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Macleod and our P5 teacher, Fiona, led it.",
        "Children in Harris and Lewis wrote to P6 in Angus.",
        "P6 read *Charlie and the Chocolate Factory*.",
        "Children met the author Julia Donaldson.",
        "We studied Nelson Mandela in P5.",
        "The Pupil Council, the Pupil Equity Fund and the Boys' Brigade met P7.",
        "On 3 May 1916 a boy named William Tosh was late.",
        "Nadia Haddad speaks Arabic. Nadia noticed it first.",
        "Child A and Child B counted. Child C did not.",
        "One of the pupils said so. Two pupils worked in groups of three for four weeks.",
        "Robert Burns was born on 25 January 1759.",
        "Childline is on 0800 1111 and NHS 24 on 111.",
        "Write to office@school.example or enquiries@school.example.",
        "## Contact\n\nKirkton Primary School, 1 School Wynd, DD8 4ZZ, 01356 496012",
        "```python\npupil = 'Aiden in P5'\n```",
        "See <https://school.example/p5-aiden>.",
        "Of 24 pupils with ASN, fewer than five use a switch.",
    ],
)
def test_what_names_nobody_is_let_be(text):
    assert found(text) == []


def test_places_known_to_the_library_are_no_pupils():
    text = "A boy called Fairlie asked."
    assert found(text) == [(Risk.PUPIL_NAME, "boy called Fairlie")]
    assert found(text, Surroundings(known_places=frozenset({"Fairlie"}))) == []


def test_a_pseudonym_carries_its_row_on_and_a_lone_letter_is_an_initial():
    assert found("Child A, Child B, Child C, Child D read.") == []
    [finding] = find_risks("Child A read and pupil J did not.", NOWHERE)
    assert (finding.risk, finding.text, finding.suggestion) == (Risk.INITIALS, "J", "B")


@pytest.mark.parametrize(
    ("written", "risk", "part"),
    [
        ("d.o.b. 9.11.2018", Risk.DATE_OF_BIRTH, "9.11.2018"),
        ("She turned 7 on 3 May 2016.", Risk.DATE_OF_BIRTH, "3 May 2016"),
        ("| Pupil | DOB |\n|---|---|\n| x | 2014-03-12 |", Risk.DATE_OF_BIRTH, "2014-03-12"),
        ("SCN: 123 456 789", Risk.CANDIDATE_NUMBER, "123 456 789"),
        ("Ring `07700 900123`.", Risk.TELEPHONE, "07700 900123"),
        ("Ring +44 7700 900123.", Risk.TELEPHONE, "+44 7700 900123"),
        ("They live at 22 Castle Terrace.", Risk.POSTCODE, "22 Castle Terrace"),
        ("She stays in DD8 1AB.", Risk.POSTCODE, "DD8 1AB"),
    ],
)
def test_numbers_that_lead_to_a_person_are_found(written, risk, part):
    assert found(written) == [(risk, part)]


@pytest.mark.parametrize(
    "link", ["[a.b@mail.example](mailto:a.b@mail.example)", "[me](mailto:a.b@mail.example?cc=x)"]
)
def test_an_address_in_a_mail_link_counts_once(link):
    assert found(f"Write to {link}.") == [(Risk.EMAIL, "a.b@mail.example")]


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("three pupils with ASN", "fewer than five pupils with ASN"),
        ("One child with cerebral palsy", "Fewer than five children with cerebral palsy"),
        ("two young carers", "fewer than five young carers"),
    ],
)
def test_a_small_cohort_is_proposed_as_fewer_than_five(words, instead):
    [finding] = find_risks(f"{words} in P7 took part.", NOWHERE)
    assert (finding.risk, finding.suggestion) == (Risk.SMALL_COHORT, instead)
    assert finding.text.startswith(words)


def test_what_is_common_in_a_large_school_gives_a_child_away_in_a_small_one():
    text = "Our Syrian family baked, and a pupil with autism rang the bell."
    assert found(text) == []
    assert {risk for risk, _ in found(text, SMALL)} == {Risk.SMALL_SCHOOL}
    assert len(found(text, SMALL)) == 2
    assert {risk for risk, _ in found("A roll of 23. " + text)} == {Risk.SMALL_SCHOOL}


def test_the_authors_of_the_file_are_found_and_programs_are_not():
    around = Surroundings(document_authors=("Shona Balfour", "Microsoft Office User"))
    text = "By Shona Balfour and a Microsoft Office User. Thanks to Mrs Balfour."
    assert found(text, around) == [
        (Risk.DOCUMENT_AUTHOR, "Shona Balfour"),
        (Risk.DOCUMENT_AUTHOR, "Mrs Balfour"),
    ]


def test_every_finding_says_why():
    text = (
        "Aiden (P5), dob 3.4.2016, SCN 123456789, lives in DD8 1AB, 07700 900123, a.b@mail.example."
    )
    findings = find_risks(text, NOWHERE)
    assert len(findings) == 6
    assert all(finding.why.endswith(".") for finding in findings)


def test_a_fingerprint_outlives_edits_elsewhere_and_tells_repeats_apart():
    line = "\n\nAiden in P5 read.\n\nAiden in P5 read.\n"
    short, long = (find_risks(before + line, NOWHERE) for before in ("Short.", "A longer start."))
    assert [f.fingerprint for f in short] == [f.fingerprint for f in long]
    assert len({f.fingerprint for f in short}) == 2


_PIECES = (
    "Aiden; in P5;'s mum;**;[;](x);`;| ;> ;*;_;  ;\x00;Child A;pupil JM ;dob 3.4.2016;"
    "07700 900123;a@b.example;(mailto:a@b.example);é;one autistic boy ;"
    "\n;\n\n;\r\n;```\n;# Contact\n"
)
PIECES = st.sampled_from([*_PIECES.split(";"), "&nbsp;"])


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_findings_stand_in_order_apart_and_where_they_say(text):
    findings = find_risks(text, SMALL)
    assert all(f.text == text[f.start : f.end] and f.text for f in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


@pytest.mark.parametrize(
    "seed",
    [
        "wee Aiden ", "Aa-", "~", "`", "[![", "| Pupil |\n", "3 May ", "born 3 ", "a.b.", "07700 ",
        "pupil with a b ", "one new ", " ", "\x00 ", "Aiden told us. ", "*A ", "\n", "(mailto:",
        "one pupil with autism ",
    ],
)  # fmt: skip
def test_no_text_makes_the_gate_slow(seed):
    text = (seed * (100_000 // len(seed) + 1))[:100_000]
    started = time.process_time()
    find_risks(text, SMALL)
    # About a second on an idle machine; the rest is for a busy one. Runaway patterns take minutes.
    assert time.process_time() - started < 5


def test_twenty_thousand_words_take_a_moment():
    page = (
        "Pupils in P5 read to P2 in pairs. One adult sat with Aiden, who asked Mrs Rae for more. "
    )
    text = "\n\n".join([page * 3] * 365)
    assert 19_000 < len(text.split()) < 21_000
    best = min(_seconds_for(text) for _ in range(3))
    assert best < 1  # 0.2 s is what an idle machine needs for prose with few names


def _seconds_for(text):
    started = time.process_time()
    find_risks(text, NOWHERE)
    return time.process_time() - started
