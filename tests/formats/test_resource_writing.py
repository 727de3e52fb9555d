"""The canonical file: natural to read, and the same bytes every time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facets import TERM_LISTS
from app.domain.resources import AttachmentRef, Evidence, Kind, ResourceContent
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.resource_writing import to_file

ID = "01JD8Q2V7NFTK9M4C3XH6RBWZE"
FULL = """---
id: 01JD8Q2V7NFTK9M4C3XH6RBWZE
kind: case-study
title: "On the road: Gypsy/Traveller learners"
summary: In one line, what changed for learners.
notice: This is an invented example. The school, the people and the results are not real.
region: tayside
authority: angus
school: St Voloc's Primary School
audience: public
stages: [p5, p6]
sectors: [primary]
areas: [mathematics]
themes: [numeracy, rural-island]
indicators: [hgios4-2.3]
priorities: [nif-gap]
type: toolkit
duration_minutes: 45
provider: Regional team
standards: [gtcs-full]
tags: [number talks, "a, b", "2026", "yes", mòd]
evidence: {grade: repeated, measure: "what was counted", cohort: "20-29", cost: none}
language: en
licence: CC-BY-4.0
published_on: 2026-10-02
review_by: 2028-10-02
attachments: [{file: planner.docx, label: Our planner}, {file: a.csv, label: "Counts: 2026"}]
author:
  - 'A: B' # kept
---
## Context

Words.
"""


def again(taxonomy, data):
    found = read_resource(data, "x", ReadingRules(taxonomy))
    assert found.problems == ()
    return found


def test_a_file_in_the_canonical_form_comes_back_byte_for_byte(taxonomy):
    found = again(taxonomy, FULL.encode())
    assert to_file(found.id, found.content).decode() == FULL


def test_a_file_that_says_little_is_written_short():
    content = ResourceContent(Kind.PROFESSIONAL_LEARNING, "Talk", "", "tayside")
    assert to_file(ID, content).decode() == (
        f"---\nid: {ID}\nkind: professional-learning\ntitle: Talk\nregion: tayside\n"
        "audience: public\nlanguage: en\n---\n"
    )


@pytest.mark.parametrize(
    "title", ["5 ways to talk", "What now?", "A & B", "It's (PEF) – 'no'", "C#"]
)
def test_ordinary_titles_need_no_quotes(title):
    content = ResourceContent(Kind.CASE_STUDY, title, "", "tayside")
    assert f"title: {title}\n" in to_file(ID, content).decode()


@pytest.mark.parametrize("facet", TERM_LISTS, ids=lambda facet: facet.name)
def test_the_terms_of_every_facet_are_written_and_read_back(taxonomy, facet):
    terms = {facet.name: taxonomy.codes(facet.vocabulary)[:2]}
    content = ResourceContent(Kind.CASE_STUDY, "Talk", "", "tayside", terms=terms)
    written = to_file(ID, content)
    assert f"\n{facet.key}: [" in written.decode()
    assert read_resource(written, "x", ReadingRules(taxonomy)).content == content


ONE_LINE = st.text(max_size=40).map(lambda text: " ".join(text.replace("\0", "").split()))
WORDS = ONE_LINE.filter(bool)
FILES = st.lists(
    st.builds(AttachmentRef, st.sampled_from(["a.pdf", "1.csv", "n.md"]), WORDS),
    max_size=2,
    unique_by=lambda ref: ref.name,
)
BODIES = st.text(max_size=80).map(lambda text: text.replace("\0", "").replace("\r", "").strip("\n"))
CONTENTS = st.builds(
    ResourceContent,
    kind=st.sampled_from(Kind),
    title=WORDS,
    body=BODIES.map(lambda body: f"{body}\n" if body else ""),
    region=st.just("tayside"),
    summary=st.text(max_size=60).map(lambda text: text.replace("\0", "").strip()),
    school=st.none() | WORDS,
    tags=st.lists(WORDS, unique=True, max_size=3).map(tuple),
    terms=st.sampled_from([{}, {"stage": ("p6", "p5"), "area": ("mathematics",)}]),
    evidence=st.none() | st.builds(Evidence, measure=WORDS),
    attachments=FILES.map(tuple),
    published_on=st.none() | st.dates(date(1900, 1, 1)),
)


@given(CONTENTS)
def test_whatever_a_resource_says_is_read_back_the_same(taxonomy, content):
    written = to_file(ID, content)
    found = read_resource(written, "x", ReadingRules(taxonomy))
    assert found.content == content
    assert found.id == ID
