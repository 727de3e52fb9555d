"""Packed texts give back what was packed, and find by the order of their bytes."""

from hypothesis import given
from hypothesis import strategies as st

from app.search.segments.packed_texts import PackedTexts

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_TEXTS = st.lists(_TEXT, max_size=12)


@given(_TEXTS)
def test_what_was_packed_comes_back_in_its_order(texts):
    packed = PackedTexts.of(texts)
    assert list(packed) == texts == [packed[n] for n in range(len(packed))]


@given(_TEXTS, _TEXT)
def test_sorted_texts_are_found_and_others_not(texts, wanted):
    every = sorted(set(texts), key=str.encode)
    packed = PackedTexts.of(every)
    assert [packed.find(text) for text in every] == list(range(len(every)))
    assert packed.find(wanted) == (every.index(wanted) if wanted in every else -1)
    below = sum(text.encode() < wanted.encode() for text in every)
    assert packed.first_not_below(wanted) == below


@given(st.lists(_TEXT, min_size=1, max_size=5), st.data())
def test_a_slice_stays_within_its_text(texts, data):
    number = data.draw(st.integers(0, len(texts) - 1))
    raw = texts[number].encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw) + 9))
    told = PackedTexts.of(texts).slice(number, start, end)
    assert told == raw[start:end].decode("utf-8", "replace")


def test_half_a_character_is_packed_as_a_question_mark():
    assert list(PackedTexts.of(["a\ud800b"])) == ["a?b"]
    assert PackedTexts.of(["a?b"]).find("a\ud800b") == -1
