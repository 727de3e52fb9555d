"""Golden queries are read as they are written; what cannot be used is told with its file."""

import pytest

from app.domain.errors import InvalidInput
from app.search.measuring.golden_queries import Split, read_floor, read_golden

ONE = """\
- id: acronym-01
  query: PEF
  need: how it is spent
  filters: {stage: [p5]}
  best:
    - breakfast
  useful:
    - kitchen
"""


@pytest.fixture
def put(tmp_path):
    def write(text, path="tuning/acronym.yaml"):
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        return tmp_path

    return write


def test_a_query_says_what_is_asked_and_what_answers_it(put):
    (query,) = read_golden(put(ONE))
    assert (query.id, query.kind, query.split) == ("acronym-01", "acronym", Split.TUNING)
    assert query.filters == {"stage": ("p5",)}
    assert query.grades == {"breakfast": 2, "kitchen": 1}
    assert query.asked == "PEF [stage: p5]"


def test_what_three_divides_stands_in_check(put):
    put(ONE)
    folder = put(ONE.replace("01", "03"), "check/acronym.yaml")
    assert [query.split for query in read_golden(folder)] == [Split.TUNING, Split.CHECK]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("query: PEF\n", "must be a list"),
        ("- id: acronym-01\n  query: PEF\n", "has id, query and need"),
        (ONE + "  bset: [kitchen]\n", "nothing else"),
        (ONE.replace("acronym-01", "typo-01"), "must be acronym- and a number"),
        (ONE.replace("01", "03"), "“acronym-03” is in the wrong split"),
        (ONE.replace("    - kitchen", "    - breakfast"), "one resource twice"),
        ("- id: acronym-01\n  query: PEF\n  need: help\n", "wants nothing"),
        (ONE + ONE, "an id twice: acronym-01"),
        ("- id: [\n", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told(put, text, told):
    with pytest.raises(InvalidInput, match=told):
        read_golden(put(text))


def test_a_project_without_its_queries_is_told_where_they_should_be(tmp_path):
    with pytest.raises(InvalidInput, match=r"no judged queries in .* come with the project"):
        read_golden(tmp_path)


def test_the_floor_holds_names_and_numbers(put):
    assert read_floor(put("tuning: 0.85\ncheck: 0.8\n", "floor")) == {"tuning": 0.85, "check": 0.8}
    with pytest.raises(InvalidInput, match="names and numbers"):
        read_floor(put("tuning: high\n", "floor"))


def test_a_missing_floor_is_told(tmp_path):
    with pytest.raises(InvalidInput, match=r"floor cannot be read: No such file"):
        read_floor(tmp_path)
