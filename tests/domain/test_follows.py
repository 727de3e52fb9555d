"""When a digest is due, why a thing stands in it, and which searches are the same."""

from datetime import UTC, datetime

import pytest

from app.domain.errors import InvalidInput
from app.domain.follows import LONGEST_KEY, Rhythm, SavedSearch, because, last_moment
from app.domain.tags import slug_of_tag


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.WEEKLY, "2026-11-28T16:00", "2026-11-23T07:00"),  # a Saturday
        (Rhythm.WEEKLY, "2026-11-23T07:00", "2026-11-23T07:00"),
        (Rhythm.WEEKLY, "2026-11-23T06:59", "2026-11-16T07:00"),
        (Rhythm.DAILY, "2026-11-28T16:00", "2026-11-27T07:00"),  # none at the weekend
        (Rhythm.DAILY, "2026-11-25T09:00", "2026-11-25T07:00"),
        (Rhythm.WEEKLY, "2026-07-06T06:00", "2026-07-06T06:00"),  # seven o’clock in summer
        (Rhythm.WEEKLY, "2026-07-06T05:59", "2026-06-29T06:00"),
    ],
)
def test_a_digest_is_due_at_seven_in_scotland(rhythm, now, due):
    assert last_moment(rhythm, at(now), 7) == at(due)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["Numeracy"], "because you follow Numeracy"),
        (["Numeracy", "Tayside"], "because you follow Numeracy and Tayside"),
        (["Numeracy", "Numeracy"], "because you follow Numeracy"),
        (["A", "B", "C", "D", "E"], "because you follow A, B, C and 2 more"),
    ],
)
def test_a_reason_names_what_is_followed(labels, said):
    assert because(labels) == said


def test_the_same_search_has_the_same_key_however_it_was_shown():
    one = SavedSearch.read("q=number++talks&stage=p6&stage=p5&page=3&sort=newest&home=tayside")
    other = SavedSearch.read("?stage=p5&q=number+talks&stage=p6")
    assert one.key == other.key == "q=number+talks&stage=p5&stage=p6"
    assert SavedSearch.read(one.key) == one


@pytest.mark.parametrize("query", ["", "page=2", "q=", "nonsense=1", "q=%00"])
def test_a_search_for_nothing_cannot_be_followed(query):
    with pytest.raises(InvalidInput, match="choose a filter"):
        SavedSearch.read(query)


@pytest.mark.parametrize("query", ["&".join(f"stage=p{n}" for n in range(40)), "&a=1" * 300])
def test_a_search_that_asks_for_too_much_cannot_be_followed(query):
    with pytest.raises(InvalidInput, match="too"):
        SavedSearch.read(query + "&q=" + "w" * LONGEST_KEY)


def test_spellings_of_a_tag_are_one_tag():
    assert {slug_of_tag(tag) for tag in ("Number Talks", "number-talks", " NÚMBER  talks ")} == {
        "number-talks"
    }
