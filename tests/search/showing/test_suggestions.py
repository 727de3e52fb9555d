"""Lines offered while someone types: any word on, one slip forgiven, nothing hidden told."""

import random

import pytest

from app.domain.taxonomy import fold
from app.search.analysis import words
from tests.search.documents import LIBRARY, PUBLIC, TAYSIDE


def offered(documents):
    """Return every text that may be offered."""
    texts = set()
    for d in documents:
        texts |= {d.title, *d.tags, *d.labels, *([d.school] if d.school else [])}
    return texts


def begins(text, typed):
    """Whether a word of a text begins so, what follows it included."""
    folded = fold(text)
    return any(folded[word.start :].startswith(typed) for word in words(folded))


def told(engine, typed, marks=PUBLIC, limit=100):
    return [suggestion.text for suggestion in engine.suggest(typed, marks, limit)]


def test_every_line_of_which_a_word_begins_so_is_offered_first(asked, marks, library):
    engine, turns = asked
    texts = offered(library.seen(marks).values())
    for turn in range(turns):
        chance = random.Random(turn)
        word = chance.choice(fold(chance.choice(sorted(texts))).split())
        typed = word[: chance.randint(2, 5)]
        if len(typed) < 2:
            continue
        expected = {text for text in texts if begins(text, typed)}
        lines = told(engine, typed, marks, 1000)
        first = list(dict.fromkeys(lines))  # a title that several have is offered for each
        assert set(first[: len(expected)]) == expected, typed
        assert set(lines) <= texts, typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nmber", "number talks"),
        ("nubmer", "number talks"),
        ("numbber", "number talks"),
        ("nunber", "number talks"),
        ("number tlks", "number talks"),
        ("mathematcs", "Mathematics"),
        ("sample pirm", "Sample Primary School"),
        ("brekfast", "Breakfast before the bell"),
    ],
)
def test_one_slip_is_forgiven(engine, typed, meant):
    assert meant in told(engine, typed)


def test_words_of_a_body_are_not_offered(engine):
    assert told(engine, "aloud") == told(engine, "explaind") == []


def test_two_slips_are_not_forgiven(engine):
    assert told(engine, "nmebr") == []


def test_lines_without_a_slip_come_first(engine):
    lines = told(engine, "math", TAYSIDE)
    assert lines[0] == "Mathematics"


@pytest.mark.parametrize("word", ["zeppelin", "zepelin", "quokka", "quoka", "academy", "studies"])
def test_what_is_hidden_is_never_told(engine, word):
    hidden = offered(d for d in LIBRARY if d.mark not in PUBLIC)
    hidden -= offered(d for d in LIBRARY if d.mark in PUBLIC)
    for length in range(2, len(word) + 1):
        assert not set(told(engine, word[:length])) & hidden
    assert set(told(engine, word, TAYSIDE)) & hidden


@pytest.mark.parametrize("typed", ["", " ", "n", "\x00", "日"])
def test_less_than_two_letters_offer_nothing(engine, typed):
    assert told(engine, typed) == []


def test_accents_and_capitals_make_no_difference(engine):
    lines = told(engine, "GÀIDH")
    assert lines == told(engine, "gaidh") != []


def test_no_more_lines_than_wanted_and_none_twice(engine):
    every = engine.suggest("nu", TAYSIDE, 100)
    assert len(every) == len(set(every)) > 1
    assert engine.suggest("nu", TAYSIDE, 1) == every[:1]
