"""A body parts into sections and comes together again, and no word of it is lost."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.formats.sections import UNTITLED, Body, join_body, split_body
from config import PROJECT_DIR

STUDY = Kind.CASE_STUDY
HEADINGS = {section.heading for kind in Kind for section in SECTIONS[kind]}
LIBRARY = [(kind, p) for kind in Kind for p in (PROJECT_DIR / "content" / kind.folder).glob("*.md")]


def split(body):
    return split_body(body, STUDY)


def join(**parts):
    return join_body(Body(**parts), STUDY)


@pytest.mark.parametrize(("kind", "path"), LIBRARY, ids=lambda value: getattr(value, "stem", value))
def test_a_file_of_the_library_comes_back_as_it_was(kind, path):
    body = path.read_text().split("\n---\n", 1)[1].lstrip("\n")
    parts = split_body(body, kind)
    assert not parts.other
    assert join_body(parts, kind) == body


def test_each_text_goes_to_its_section():
    parts = split(
        "Before.\n\n## Context\n\nHere.\n\n### Our school\n\nSmall.\n\n## Impact\n\nMuch.\n"
    )
    assert parts.lead == "Before."
    assert parts.sections == {"context": "Here.\n\n### Our school\n\nSmall.", "impact": "Much."}
    assert parts.other == ""


@pytest.mark.parametrize(
    "heading",
    [
        "## what we did",
        "## WHAT WE DID:",
        "## 2. What we did",
        "## **What we did** ##",
        "## What we did {#what-we-did}",
        "##What we did",
        "# What we did",
        "What we did\n-----------",
        "What we did\n===",
    ],
)
def test_a_section_is_known_in_another_spelling(heading):
    assert split(f"{heading}\n\nA lot.").sections == {"what-we-did": "A lot."}


def test_an_ampersand_is_an_and():
    assert split("## Cost & time\n\nNone.").sections == {"cost-and-time": "None."}


@pytest.mark.parametrize(
    "text",
    [
        "```\n## Impact\n```",
        "~~~ text\n## Impact\n\n```\n~~~",
        "    ## Impact",
        "> ## Impact",
        "- ## Impact",
        "#Impact",
        "#1 Impact",
        "Two lines\nImpact\n------",
        "| Impact |\n|--------|",
    ],
)
def test_what_the_page_shows_as_no_heading_is_none(text):
    parts = split(f"## Context\n\n{text}\n")
    assert parts == Body({"context": text})
    assert join_body(parts, STUDY) == f"## Context\n\n{text}\n"


def test_what_fits_no_section_is_kept_with_its_heading_in_order():
    parts = split("## Thanks\n\nAll.\n\n## Context\n\nHere.\n\nSources\n-------\n\nOne.")
    assert parts.sections == {"context": "Here."}
    assert parts.other == "## Thanks\n\nAll.\n\nSources\n-------\n\nOne."


def test_a_title_at_the_top_stays_at_the_top():
    body = "# Our talks\n\nIn short.\n\n## Context\n\nHere.\n"
    assert split(body).lead == "# Our talks\n\nIn short."
    assert join_body(split(body), STUDY) == body


def test_headings_below_a_section_of_the_top_level_stay_in_it():
    parts = split("# What we did\n\n## First term\n\nTalks.\n\n# Impact\n\nMuch.")
    assert parts.sections == {"what-we-did": "## First term\n\nTalks.", "impact": "Much."}
    assert "### First term" in join_body(parts, STUDY)


def test_a_section_that_comes_twice_is_put_together():
    parts = split("## Impact\n\nOne.\n\n## Context\n\nHere.\n\n## Impact\n\nTwo.")
    assert parts.sections == {"context": "Here.", "impact": "One.\n\nTwo."}


def test_a_heading_typed_into_a_section_cannot_be_taken_for_a_section():
    body = join(sections={"context": "Here.\n\n## Impact\n\nNo.\n\nMore\n====\n\nYes."})
    assert body == "## Context\n\nHere.\n\n### Impact\n\nNo.\n\n### More\n\nYes.\n"


def test_a_fence_left_open_swallows_no_section():
    body = join(sections={"context": "```\ncode", "impact": "```\nmore"})
    assert body == "## Context\n\n```\ncode\n```\n\n## Impact\n\n```\nmore\n```\n"
    assert set(split(body).sections) == {"context", "impact"}


def test_other_words_without_a_heading_do_not_slip_into_the_last_section():
    body = join(sections={"contact": "The office."}, other="Thank you.")
    assert split(body).sections == {"contact": "The office."}
    assert split(body).other == f"## {UNTITLED}\n\nThank you."


def test_lines_may_end_as_a_browser_sends_them():
    assert (
        join(sections={"context": "Here.\r\n\r\nThere.\r\n"}) == "## Context\n\nHere.\n\nThere.\n"
    )


def test_sections_without_words_leave_no_heading():
    assert join(sections={"context": " \n", "impact": ""}, lead="\n") == ""


def test_a_long_body_of_open_fences_is_parted_quickly():
    started = time.perf_counter()
    join_body(split("\n".join(f"```{n}\n{'#' * 900}" for n in range(10_000))), STUDY)
    assert time.perf_counter() - started < 10


LINES = st.sampled_from(
    [
        *(
            "## Context",
            "# Impact",
            "## what we did {#did}",
            "Contact\n---",
            "Next steps\n=====",
            "## Context",
        ),
        *(
            "# Title",
            "## Thanks",
            "Sources\n---",
            "### Small",
            "##",
            "C#\n---",
            "#tag",
            "##Joined",
            "## ##",
        ),
        *(
            "",
            "",
            "some words",
            "other words here",
            "    indented",
            "- item",
            "> quote",
            "---",
            "===",
        ),
        *("```", "```python", "````", "~~~", "| a | b |", "|---|---|", "[^1]: note"),
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
PARTS = st.builds(
    Body,
    st.dictionaries(st.sampled_from([s.code for s in SECTIONS[STUDY]]), TEXTS),
    TEXTS,
    TEXTS,
)


def words(text):
    """Every word by its count, without headings of sections and marks of headings and fences."""
    bare = re.sub(r"\{#.*?\}|[#`~=-]", " ", text)
    for heading in {*HEADINGS, UNTITLED}:
        bare = re.sub(re.escape(heading), " ", bare, flags=re.I)
    return Counter(bare.split())


@given(TEXTS)
def test_parting_and_joining_loses_no_word(body):
    joined = join_body(split(body), STUDY)
    assert words(joined) == words(body)
    assert join_body(split(joined), STUDY) == joined


@given(PARTS)
def test_what_is_typed_into_the_parts_stays_in_its_part(parts):
    joined = join_body(parts, STUDY)
    again = split(joined)
    once_more = join_body(again, STUDY)
    assert join_body(split(once_more), STUDY) == once_more
    assert words(once_more) == words("\n".join([parts.lead, *parts.sections.values(), parts.other]))
    filled = [code for code, text in parts.sections.items() if words(text)]
    assert all(words(again.sections[code]) >= words(parts.sections[code]) for code in filled)
