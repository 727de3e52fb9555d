"""The table of differences says in words, marks and structure what changed."""

from dataclasses import replace

import pytest
from lxml import html as parser

from app.domain.resources import Kind, ResourceContent
from app.formats.differences import compare

PAGE = """{% from "components/differences.html" import differences %}
{{ differences(found, before="Version 1", now="Version 2") }}"""
BEFORE = ResourceContent(
    kind=Kind.CASE_STUDY,
    title="Number talks",
    body="## Context\n\nWe are small.\n\nGone.\n\n" + "\n\n".join(f"Same {n}." for n in range(9)),
    region="tayside",
)


@pytest.fixture
def shown(app, taxonomy):
    def show(after):
        with app.test_request_context():
            template = app.jinja_env.from_string(PAGE)
            return parser.fromstring(template.render(found=compare(BEFORE, after, taxonomy)))

    return show


def test_each_field_is_a_table_with_a_caption_and_heads(shown):
    page = shown(replace(BEFORE, title="Maths talks", region="northern"))
    assert [c.text_content() for c in page.iter("caption")] == ["Title", "Region"]
    assert {head.get("scope") for head in page.iter("th")} == {"col"}
    assert [head.text_content() for head in page.iter("th")][:2] == ["Version 1", "Version 2"]


def test_what_came_and_went_is_said_in_words_for_those_who_listen(shown):
    page = shown(replace(BEFORE, title="Maths talks"))
    assert page.find(".//del").text_content() == "removed: Number (end)"
    assert page.find(".//ins").text_content() == "added: Maths (end)"
    assert "visually-hidden" in page.find(".//ins/span").get("class")


def test_what_stayed_far_from_a_change_is_counted(shown):
    page = shown(replace(BEFORE, body=BEFORE.body.replace("Gone.\n\n", "")))
    gaps = [row.text_content().strip() for row in page.find_class("differences__gap")]
    assert gaps == ["8 unchanged paragraphs or lines"]
    assert page.find_class("differences__rest")[0].text_content() == "4 other fields are unchanged."


def test_nothing_changed_is_said(shown):
    assert "Nothing changed." in shown(BEFORE).text_content()


def test_what_people_wrote_is_never_markup(shown):
    page = shown(replace(BEFORE, title="<script>alert(1)</script>"))
    assert page.find(".//script") is None
    assert "<script>alert(1)</script>" in page.text_content()
