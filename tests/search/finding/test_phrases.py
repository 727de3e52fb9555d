"""A phrase stands where its forms stand at their places from each other, however many there are."""

import random
from types import SimpleNamespace

import numpy as np
import pytest

from app.search.finding.phrases import LARGE, occurrences_of
from app.search.segments.segment import Postings

LONGEST = 4  # words from the first to the last of the phrases below


def a_segment(places, bases):
    held = {form: np.array(sorted(found), np.uint32) for form, found in places.items()}
    nowhere = np.zeros(0, np.uint32)

    def postings(form):
        slots, counts = np.unique(
            np.searchsorted(bases, held[form], "right") - 1, return_counts=True
        )
        return Postings(slots, counts)

    return SimpleNamespace(places=lambda form: held.get(form, nowhere), postings=postings)


def by_looking(phrase, places, bases):
    """Return slot -> times, by looking at every start."""
    starts = set.intersection(*({p - offset for p in places[form]} for form, offset in phrase))
    counted = {}
    for start in starts:
        slot = max(n for n, base in enumerate(bases[:-1]) if base <= start)
        counted[slot] = counted.get(slot, 0) + 1
    return counted


@pytest.mark.parametrize("room", [400, 20_000, 3_000_000])
@pytest.mark.parametrize("phrase", [
    (("a", 0), ("b", 1)),
    (("a", 0), ("b", 1), ("c", 2)),
    (("a", 0), ("c", 3)),
    (("a", 0), ("a", 1)),
    (("b", 0), ("a", 1), ("b", 2)),
])  # fmt: skip
def test_a_phrase_is_found_where_looking_everywhere_finds_it(room, phrase):
    chance = random.Random(room)
    often = min(room // 2, 3 * LARGE)
    places = {form: set(chance.sample(range(5, room), often)) for form in "abc"}
    # Some runs for certain, also where much is far apart.
    for start in chance.sample(range(5, room - 9), 40):
        for form, offset in phrase:
            places[form].add(start + offset)
    bases = [0, *sorted(chance.sample(range(1, room), 60)), room + 9]
    # Between two fields there is a gap that no phrase crosses.
    gaps = {base - back for base in bases for back in range(1, LONGEST + 1)}
    places = {form: found - gaps for form, found in places.items()}
    found = occurrences_of(phrase, a_segment(places, bases))
    told = dict(zip(found.slots.tolist(), found.counts.tolist(), strict=True))
    assert told == by_looking(phrase, places, bases)
    assert found.slots.tolist() == sorted(told), "ascending, each once"


def test_a_phrase_with_a_form_that_stands_nowhere_is_nowhere():
    segment = a_segment({"a": {1, 5}, "b": {2}}, [0, 10])
    assert occurrences_of((("a", 0), ("x", 1)), segment) is None
    assert occurrences_of((("b", 0), ("a", 1)), segment) is None
    assert occurrences_of((("a", 0), ("b", 1)), segment).counts.tolist() == [1]
