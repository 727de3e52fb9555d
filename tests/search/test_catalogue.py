"""Sets of documents as bits say the same as sets."""

from hypothesis import given
from hypothesis import strategies as st

from app.search.catalogue import bits_of, documents_of

SETS = st.sets(st.integers(0, 300))


@given(SETS)
def test_what_goes_in_comes_out_in_order(documents):
    assert list(documents_of(bits_of(documents, 301))) == sorted(documents)


@given(SETS, SETS)
def test_bits_meet_as_sets_do(one, other):
    together = bits_of(one, 301) & bits_of(other, 301)
    assert set(documents_of(together)) == one & other
    assert together.bit_count() == len(one & other)
