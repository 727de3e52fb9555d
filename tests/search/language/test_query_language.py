"""Whatever is typed is read as its author may have meant it, and never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import LONGEST_QUERY, MOST_WORDS
from app.search.language.query_language import TypedFilter, parse, parse_plain
from tests.search.odd_queries import ODD_QUERIES


def read(text, taxonomy):
    """Tell each clause as [-][field:]text[*], phrases in quotation marks."""
    told = []
    for clause in parse(text, taxonomy).clauses:
        inner = f'"{clause.text}"' if clause.is_phrase else clause.text
        field = f"{clause.field}:" if clause.field else ""
        marks = ("-" if clause.is_excluded else "") + ("prefix " if clause.is_prefix else "")
        told.append(f"{marks}{field}{inner}")
    return told


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("number talks", ["number", "talks"]),
        ('"number talks" P5', ['"number talks"', "P5"]),
        ("“number talks”", ['"number talks"']),
        ('"number talks', ["number", "talks"]),  # never closed
        ('a"b c"d', ["a", '"b c"', "d"]),
        ("maths -homework", ["maths", "-homework"]),
        ('-"home work"', ['-"home work"']),
        ("P7-S1 self-evaluation", ["P7-S1", "self-evaluation"]),
        ("P7 - S1", ["P7", "S1"]),
        ("--maths", ["--maths"]),
        ("title:play", ["title:play"]),
        ("Title:play tag:outdoors", ["title:play", "tags:outdoors"]),
        ('title:"free play"', ['title:"free play"']),
        ("-title:play", ["-title:play"]),
        ("numer*", ["prefix numer*"]),
        ("title:numer*", ["prefix title:numer*"]),
        ("nu*", ["nu*"]),
        ("*ing", ["*ing"]),
        ("10:30 note:this", ["10:30", "note:this"]),
        ("http://example.org/a", ["http://example.org/a"]),
        ('note:"this one"', ['"note:"this one""']),
        ('region:"', []),
        ('"((', []),
        ("", []),
    ],
)
def test_a_query_is_read(text, clauses, taxonomy):
    assert read(text, taxonomy) == clauses


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("region:tayside", (TypedFilter("region", "tayside"),)),
        ("region:SEIC", (TypedFilter("region", "south-east"),)),  # an alias
        ('region:"Northern Alliance"', (TypedFilter("region", "northern-alliance"),)),
        ("stages:P5", (TypedFilter("stage", "p5"),)),  # as front matter calls it
        ("-stage:p5", (TypedFilter("stage", "p5", is_excluded=True),)),
        ("year:2025", (TypedFilter("year", "2025"),)),
    ],
)
def test_a_facet_value_may_be_typed(text, filters, taxonomy):
    parsed = parse(text, taxonomy)
    assert (parsed.filters, parsed.clauses, parsed.notes) == (filters, (), ())


def test_an_unknown_facet_value_is_searched_as_words_and_told(taxonomy):
    parsed = parse("region:narnia", taxonomy)
    assert [clause.text for clause in parsed.clauses] == ["narnia"]
    assert parsed.notes == ("We know no region called “narnia”, so it was searched for as words.",)


def test_more_than_the_most_words_are_set_aside_and_told(taxonomy):
    parsed = parse(" ".join(f"w{n} w{n}" for n in range(20)), taxonomy)
    assert {w.form for c in parsed.clauses for w in c.words} == {f"w{n}" for n in range(16)}
    assert parsed.notes == ("Only the first 16 different words were searched for.",)


def test_a_longer_query_is_cut_between_words_and_told(taxonomy):
    parsed = parse("maths " * 60, taxonomy)
    assert len(parsed.text) <= LONGEST_QUERY
    assert {clause.text for clause in parsed.clauses} == {"maths"}
    assert parsed.notes == ("Only the first 300 characters were searched for.",)


def test_a_short_prefix_is_searched_as_a_word_and_told(taxonomy):
    assert parse("nu*", taxonomy).notes == ("A * needs at least 3 letters before it.",)


def test_a_judged_query_is_read_without_marks_or_limits():
    parsed = parse_plain('-heat "flow field:x ' + " ".join(f"w{n}" for n in range(99)))
    assert all(clause.is_plain for clause in parsed.clauses)
    assert len(parsed.clauses) == 3 + 99


def _keeps_its_limits(parsed):
    assert len(parsed.text) <= LONGEST_QUERY
    forms = {word.form for clause in parsed.clauses for word in clause.words if word.form}
    assert len(forms) <= MOST_WORDS
    for clause in parsed.clauses:
        assert parsed.text[clause.start : clause.start + len(clause.text)] == clause.text


@pytest.mark.parametrize("text", ODD_QUERIES, ids=range(len(ODD_QUERIES)))
def test_an_odd_query_is_read_within_its_limits(text, taxonomy):
    _keeps_its_limits(parse(text, taxonomy))


_TYPED = st.one_of(
    st.text(),
    st.text(alphabet="ab \"-*:()[]“”'\\&+.", max_size=80),
    st.lists(st.sampled_from(['"', "-", "*", "title:", "region:", "p5", "maths", " "])).map(
        "".join
    ),
)


@given(text=_TYPED)
def test_any_text_is_read_within_its_limits(taxonomy, text):
    _keeps_its_limits(parse(text, taxonomy))
