"""Words are compared alike wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.analysis import LIST_GAP, phrase_of, words, words_together


def forms(text):
    return [word.form for word in words(text) if word.form]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gàidhlig", "gaidhlig"),
        ("Ga\u0300idhlig", "Gàidhlig"),  # the accent as a character of its own
        ("children's", "childrens"),
        ("children’s", "children's"),
        ("Teaching", "teaches"),
        ("P7-S1", "p7 s1"),
        ("self-evaluation", "self evaluation"),
        ("H&WB", "h wb"),
    ],
)
def test_these_are_compared_as_the_same(one, other):
    assert forms(one) == forms(other) != []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1+2 languages", ["1+2", "languag"]),
        ("QI 2.3.", ["qi", "2.3"]),
        ("National 5", ["nation", "5"]),
        ("P5/6", ["p5", "6"]),
        ("end.Next", ["end", "next"]),
        ("PEF pef", ["pef", "pef"]),
        ("the of and", []),
        ('"(( *** --', []),
    ],
)
def test_these_words_are_kept(text, kept):
    assert forms(text) == kept


def test_small_words_keep_their_place():
    assert phrase_of(words("How good is our school")) == (("good", 0), ("school", 3))


def test_no_phrase_runs_from_one_value_of_a_list_into_the_next():
    first, second = words(f"number{LIST_GAP}talks")
    assert second.place - first.place > 1


@given(st.text())
def test_every_word_is_where_it_says_and_places_rise(text):
    found = list(words(text))
    assert all(text[word.start : word.end].strip() for word in found)
    assert [word.place for word in found] == sorted({word.place for word in found})


TEXTS = [
    "",
    "…",
    "How good is our school? Ours is good: reading, Reads, read.",
    f"one two{LIST_GAP}!!!{LIST_GAP}the three{LIST_GAP}",
    " ".join(f"word{n} of the day" for n in range(40)),
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_a_text_are_the_same_one_by_one_or_together(text):
    found = list(words(text))
    together = words_together(text, 16)
    forms = {word.form for word in found if word.form}
    assert together.places == {f: [w.place for w in found if w.form == f] for f in forms}
    assert together.surfaces == {word.surface for word in found}
    assert together.end == (found[-1].place + 1 if found else 0)
    assert together.steps == [
        next(word.start for word in found if word.place >= step)
        for step in range(0, together.end, 16)
    ]
