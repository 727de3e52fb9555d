"""The judged set: what is planted is found, and clean texts raise next to no alarm."""

import pytest

from tests.domain.privacy.measuring import Measure, measure, read_judged

HALVES = ("tuning", "check", "later")
MOST_MISSED = 0.05
MOST_FALSE_IN_A_TEXT = 1
MOST_FALSE_ON_AVERAGE = 0.3


@pytest.fixture(scope="module", params=HALVES)
def half(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def planted(half) -> Measure:
    return measure(read_judged(half, "planted"))


@pytest.fixture(scope="module")
def clean(half) -> Measure:
    return measure(read_judged(half, "clean"))


def test_what_is_planted_is_found(half, planted):
    # The check half is held by its figure alone: nobody tunes to what it says.
    told = "" if half == "check" else "\n".join(planted.missed)
    assert planted.recall >= 1 - MOST_MISSED, f"{planted.table()}\n{told}"


def test_no_clean_text_raises_more_than_one_alarm(half, clean):
    told = {} if half == "check" else {name: f for name, f in clean.false.items() if f}
    assert max(map(len, clean.false.values())) <= MOST_FALSE_IN_A_TEXT, told
    assert clean.mean_false <= MOST_FALSE_ON_AVERAGE, told


def test_planted_texts_raise_no_other_alarms(half, planted):
    told = {} if half == "check" else planted.false
    assert planted.mean_false <= MOST_FALSE_ON_AVERAGE, told


def test_the_set_is_as_large_as_it_says():
    texts = [t for half in ("tuning", "check") for t in read_judged(half, "planted")]
    clean = [t for half in ("tuning", "check") for t in read_judged(half, "clean")]
    marks = [mark for text in texts for mark in text.marks]
    assert (len(texts), len(clean)) == (30, 30)
    assert len(marks) >= 60
    assert {mark.risk for mark in marks} == {
        "pupil-name",
        "initials",
        "date-of-birth",
        "candidate-number",
        "email",
        "telephone",
        "postcode",
        "small-cohort",
        "small-school",
        "document-author",
    }
    assert all(len(text.text.split()) >= 150 for text in clean)
    assert not any(text.marks for text in clean)
