"""A reviewer sees every field that changed, in the order of the form, and no other."""

from dataclasses import fields, replace
from datetime import date

import pytest

from app.domain.audience import Audience
from app.domain.resources import Evidence, Kind, ResourceContent
from app.formats.differences import compare
from app.formats.side_by_side import Change, Row, Run

BEFORE = ResourceContent(
    kind=Kind.CASE_STUDY,
    title="Number talks",
    body="Hello.\n\n## Context\n\nWe are small.\n\n## Impact\n\nMuch.\n\n## Thanks\n\nAll.\n",
    region="tayside",
    summary="Ten minutes a day.",
    authority="angus",
    terms={"stage": ("p5", "p6"), "theme": ("numeracy",)},
    tags=("number talks",),
    evidence=Evidence(grade="repeated", measure="a survey", cost="low"),
    licence="CC-BY-4.0",
)


def names(before, after, taxonomy):
    return [field.name for field in compare(before, after, taxonomy).fields]


def test_nothing_changed_is_said_by_a_count_alone(taxonomy):
    found = compare(BEFORE, BEFORE, taxonomy)
    assert found.fields == ()
    assert found.unchanged == 17


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"title": "Number talk"}, "title"),
        ({"summary": ""}, "summary"),
        ({"body": BEFORE.body.replace("Hello", "Welcome")}, "lead"),
        ({"body": BEFORE.body.replace("small", "smaller")}, "context"),
        ({"body": BEFORE.body.replace("All", "Everyone")}, "other"),
        ({"body": BEFORE.body + "\n## Contact\n\nThe office."}, "contact"),
        ({"terms": {"stage": ("p5",), "theme": ("numeracy",)}}, "stage"),
        ({"terms": {"stage": ("p5", "p6")}}, "theme"),
        ({"tags": ()}, "tags"),
        ({"evidence": replace(BEFORE.evidence, grade="tried-once")}, "evidence-grade"),
        ({"evidence": replace(BEFORE.evidence, measure="two surveys")}, "evidence-measure"),
        ({"evidence": replace(BEFORE.evidence, cohort="20-29")}, "evidence-cohort"),
        ({"evidence": replace(BEFORE.evidence, cost=None)}, "evidence-cost"),
        ({"region": "northern"}, "region"),
        ({"authority": "moray"}, "authority"),
        ({"school": "Sample Primary"}, "school"),
        ({"learning_type": "course"}, "type"),
        ({"duration_minutes": 60}, "duration"),
        ({"provider": "The network"}, "provider"),
        ({"audience": Audience.STAFF}, "audience"),
        ({"language": "gd"}, "language"),
        ({"licence": None}, "licence"),
        ({"notice": "Invented."}, "notice"),
        ({"published_on": date(2026, 3, 2)}, "published-on"),
        ({"review_by": date(2028, 3, 2)}, "review-by"),
        ({"adapted_from": "01JD8Q2V7NFTK9M4C3XH6RBWZE"}, "adapted-from"),
        ({"attribution": "Built on “Peat”, version 2"}, "attribution"),
        ({"extra_yaml": "ours: true"}, "extra"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_change_to_any_field_is_seen(taxonomy, change, name):
    assert names(BEFORE, replace(BEFORE, **change), taxonomy) == [name]


def test_no_field_of_a_resource_is_forgotten():
    """Whoever adds a field to ResourceContent adds it to `compare`, and a line above."""
    assert len(fields(ResourceContent)) == 23
    assert len(fields(Evidence)) == 4


def test_a_picture_that_came_is_named_and_shown_with_its_words(taxonomy):
    after = replace(
        BEFORE, body=BEFORE.body.replace("small.", "small. ![A plan](pictures/plan.svg)")
    )
    found = {field.name: field for field in compare(BEFORE, after, taxonomy).fields}
    assert list(found) == ["context", "pictures"]
    assert found["pictures"].rows[0].right == (Run("plan.svg", is_changed=True),)


def test_terms_are_told_as_people_call_them(taxonomy):
    after = replace(BEFORE, terms={"stage": ("p5", "p7"), "theme": ("numeracy",)})
    [stages] = compare(BEFORE, after, taxonomy).fields
    assert stages.label == "Stages"
    assert [row.change for row in stages.rows] == [Change.SAME, Change.REMOVED, Change.ADDED]
    assert stages.rows[2] == Row((), (Run("P7", is_changed=True),), Change.ADDED)


def test_without_a_version_before_everything_filled_is_new(taxonomy):
    found = compare(None, BEFORE, taxonomy)
    assert [field.name for field in found.fields[:5]] == [
        *("title", "summary", "lead", "context", "impact"),
    ]
    assert {row.change for field in found.fields for row in field.rows} == {Change.ADDED}
    assert found.unchanged == 0


def test_space_alone_is_no_change(taxonomy):
    after = replace(BEFORE, body=BEFORE.body.replace("We are", "We\nare"))
    assert names(BEFORE, after, taxonomy) == []
