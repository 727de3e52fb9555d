"""A resource from a file: everything taken that can be, everything told that cannot."""

from datetime import date

import pytest

from app.domain.audience import Audience
from app.domain.errors import InvalidInput
from app.domain.resources import Evidence, Kind
from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.formats.problems import Severity
from app.formats.resource_files import ReadingRules, check_rules, read_resource

PLACED = {"kind": "case-study", "region": "tayside"}


@pytest.fixture
def read(taxonomy):
    def read(text, name="04-first_steps", body_keys=(), **defaults):
        rules = ReadingRules(taxonomy, defaults, body_keys)
        return read_resource(text.encode(), name, rules)

    return read


@pytest.fixture
def read_with(read):
    """Read a placed file that says one thing more."""
    return lambda line: read(f"---\nkind: case-study\nregion: tayside\n{line}\n---\nWords\n")


def told(found):
    return [(p.severity.value, p.line, p.sentence) for p in found.problems]


def test_terms_are_understood_by_code_label_and_alias_in_any_case(read):
    found = read(
        "---\nkind: Case Study\nregion: TAYSIDE\nstages: [P5, Primary 6]\n"
        "themes: [numeracy, pef, Pupil Equity Funding (PEF)]\nareas: Mathematics\n---\nWords\n"
    )
    assert found.content.kind is Kind.CASE_STUDY
    assert found.content.terms["stage"] == ("p5", "p6")
    assert found.content.terms["theme"] == ("numeracy", "pef")
    assert found.content.terms["area"] == ("mathematics",)
    assert found.problems == ()


def test_an_unknown_term_becomes_a_tag_and_the_three_nearest_are_named(read_with):
    found = read_with("themes: [numercy, pef]\ntags: [number]")
    assert found.content.terms["theme"] == ("pef",)
    assert found.content.tags == ("number", "numercy")
    [(severity, line, sentence)] = told(found)
    assert (severity, line) == ("warning", 4)
    assert sentence.startswith("“numercy” is no theme that we know. The nearest: numeracy (")
    assert sentence.count("(") == 3
    assert sentence.endswith("The word is kept as a tag.")


def test_a_retired_term_gives_way_to_its_successor_and_says_so(taxonomy):
    retired = Term("north", "North", replaced_by="northern-alliance", valid_to=date(2026, 1, 1))
    regions = taxonomy.vocabularies["regions"]
    changed = Vocabulary("regions", "Region", (*regions.terms, retired))
    rules = ReadingRules(Taxonomy({**taxonomy.vocabularies, "regions": changed}))
    found = read_resource(b"---\nkind: case-study\nregion: North\n---\nWords\n", "x", rules)
    assert found.content.region == "northern-alliance"
    assert "has become" in found.problems[0].sentence


def test_a_ring_of_successors_ends(taxonomy):
    ring = (Term("a", "A", replaced_by="b"), Term("b", "B", replaced_by="a"))
    rules = ReadingRules(
        Taxonomy({**taxonomy.vocabularies, "themes": Vocabulary("themes", "Theme", ring)}), PLACED
    )
    found = read_resource(b"---\nthemes: [a]\n---\nWords\n", "x", rules)
    assert found.content.terms["theme"] == ("b",)


def test_the_region_follows_from_the_authority_before_any_default(read):
    text = "---\nkind: case-study\nauthority: Angus\n---\nWords\n"
    assert read(text).content.region == "tayside"
    assert read(text, region="south-east").content.region == "tayside"
    assert read("Words\n", kind="case-study", region="Tayside").content.region == "tayside"


def test_a_file_without_kind_or_region_is_refused_and_told_which_default_would_mend_it(read):
    found = read("Words\n")
    assert found.content is None
    assert [p.severity for p in found.problems] == [Severity.REFUSED] * 2
    assert "--default kind=professional-learning" in found.problems[0].sentence
    assert "--default region=tayside" in found.problems[1].sentence


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Given\n---\n# Heading\n", "Given"),
        ("---\ntitle: ' '\n---\n# *Heading* [one](x) #\n", "Heading one"),
        ("[![badge](x)](y)\n\nTwo words\n=========\n", "Two words"),
        ("Intro\n\n### Third level\n", "Third level"),
        ("```\n# not this\n```\n~~~\n# nor this\n~~~\n", "04 first steps"),
        ("Only words\n", "04 first steps"),
        ("", "04 first steps"),
    ],
)
def test_the_title_is_given_or_the_first_heading_or_the_file_s_name(read, text, title):
    found = read(text, **PLACED)
    assert found.content.title == title
    assert found.content.body in text  # whole, the heading too


def test_a_heading_too_long_for_a_title_is_cut_and_a_title_too_long_is_refused(read):
    assert len(read(f"# {'long ' * 90}\n", **PLACED).content.title) <= 200
    assert read(f"---\ntitle: {'long ' * 90}\n---\nWords\n", **PLACED).content is None


def test_unknown_keys_are_kept_as_they_were_written(read_with):
    found = read_with("teaching: 015 # minutes\nauthor:\n  - 'A: B'")
    assert found.content.extra_yaml == "teaching: 015 # minutes\nauthor:\n  - 'A: B'"


def test_text_in_a_front_matter_key_can_become_the_body(read):
    text = "---\nabstract: |\n  First.\n\n  Second.\nnote: kept\n---\n"
    found = read(text, body_keys=("abstract",), **PLACED)
    assert found.content.body == "First.\n\nSecond.\n"
    assert found.content.extra_yaml == "note: kept"
    before = read(text + "Third.\n", body_keys=("abstract",), **PLACED)
    assert before.content.body == "First.\n\nSecond.\n\nThird.\n"


def test_an_empty_body_is_told_with_what_to_do(read):
    assert "--body-key" in read("---\nabstract: x\n---\n", **PLACED).problems[0].sentence


def test_defaults_stand_in_only_for_what_is_missing(read):
    text = "---\nlicence: CC0-1.0\nprovider:\n---\nWords\n"
    found = read(text, **PLACED, licence="MIT", provider="Team", stages="p5, p6", tags="a, b")
    assert (found.content.licence, found.content.provider) == ("CC0-1.0", "Team")
    assert found.content.terms["stage"] == ("p5", "p6")
    assert found.content.tags == ("a", "b")


def test_evidence_is_read_and_what_is_strange_in_it_is_kept_apart(read_with):
    found = read_with('evidence: {grade: Repeated, cohort: "20-29", cost: low, sample: 12}')
    assert found.content.evidence == Evidence("repeated", None, "20-29", "low")
    assert found.content.extra_yaml == "evidence_sample: '12'"
    twice = read_with("evidence: {sample: 12}\nevidence_sample: 13")
    assert twice.content.extra_yaml == "evidence_sample: 13\nevidence_sample_: '12'"
    assert read_with("evidence: we counted").content.evidence == Evidence(measure="we counted")


def test_days_numbers_and_the_id_are_understood(read_with):
    found = read_with(
        "published_on: 2026-10-02\nduration_minutes: 45\nid: 01jd8q2v7nftk9m4c3xh6rbwze"
    )
    assert found.content.published_on == date(2026, 10, 2)
    assert found.content.duration_minutes == 45
    assert found.id == "01JD8Q2V7NFTK9M4C3XH6RBWZE"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("id: PLACEHOLDER", "no id"),
        ("title: [a, b]", "one text"),
        ("audience: everyone", "public, staff or region"),
        ("published_on: 2026-02-31", "a day such as"),
        ("review_by: next spring", "a day such as"),
        ("duration_minutes: an hour", "whole number"),
        ("duration_minutes: 99999999999999999999999999", "whole number"),
        ("language: English (UK)", "such as en, gd"),
        (f"school: {'x' * 201}", "limit is 200"),
        ("tags: [[a]]", "list of texts"),
        ("tags: {a: b}", "one text"),
        (f"tags: [{'x' * 101}]", "over 100 characters"),
        ("evidence: {measure: [a]}", "one text"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_with_its_line(read_with, line, words):
    found = read_with(line)
    assert found.content is None
    [problem] = found.problems
    assert (problem.severity, problem.line) == (Severity.REFUSED, 4)
    assert words in problem.sentence


def test_a_word_not_known_for_the_audience_never_makes_a_file_public(read_with):
    assert read_with("audience: Staff").content.audience is Audience.STAFF
    assert read_with("audience: teachers").content is None


def test_a_long_summary_is_told_and_kept(read_with):
    found = read_with(f"summary: {'word ' * 61}")
    assert "61 words" in found.problems[0].sentence
    assert len(found.content.summary.split()) == 61


@pytest.mark.parametrize(
    ("defaults", "body_keys", "words"),
    [
        ({"colour": "blue"}, (), "no default for “colour”"),
        ({"region": "south"}, (), "--default region: “south” is no region"),
        ({"audience": "all"}, (), "--default audience"),
        ({}, ("title",), "cannot be a body key"),
    ],
)
def test_rules_that_cannot_be_used_are_refused_at_once(taxonomy, defaults, body_keys, words):
    with pytest.raises(InvalidInput, match=words):
        check_rules(ReadingRules(taxonomy, defaults, body_keys))


def test_rules_that_can_be_used_pass(taxonomy):
    check_rules(ReadingRules(taxonomy, {**PLACED, "stages": "p5,p6"}, ("abstract",)))
