"""The sample library keeps what is promised of it: its breadth, its shape, its honesty."""

import re
from collections import Counter
from itertools import combinations

import pytest

from app.domain.resources import Kind
from app.formats.resource_files import ReadingRules, read_resource
from app.formats.resource_writing import to_file
from config import PROJECT_DIR

FILES = sorted(
    path for kind in Kind for path in (PROJECT_DIR / "content" / kind.folder).glob("*.md")
)
# The second-level headings that each kind is written under, in order.
CASE_STUDY = (
    "Context",
    "What we did",
    "How we know",
    "Impact",
    "What we would change",
    "Cost and time",
    "Next steps",
    "Contact",
)
PROFESSIONAL_LEARNING = ("What this is", "Who it is for", "How to use it", "Downloads and links")
SECTIONS = {Kind.CASE_STUDY: CASE_STUDY, Kind.PROFESSIONAL_LEARNING: PROFESSIONAL_LEARNING}
SHORTEST, LONGEST = 400, 900  # words of a body
TELL_TALE = 60  # characters of a line that would not be alike by chance


@pytest.fixture(scope="module")
def library(taxonomy):
    rules = ReadingRules(taxonomy)
    return {path: read_resource(path.read_bytes(), path.stem, rules) for path in FILES}


def _contents(library):
    return [read.content for read in library.values()]


def test_every_file_is_taken_without_a_word_of_complaint(library):
    assert {path.name: read.problems for path, read in library.items() if read.problems} == {}


def test_there_are_48_case_studies_and_16_pieces_of_professional_learning(library):
    kinds = Counter(content.kind for content in _contents(library))
    assert kinds == {Kind.CASE_STUDY: 48, Kind.PROFESSIONAL_LEARNING: 16}


@pytest.mark.parametrize(
    ("vocabulary", "facet"), [("stages", "stage"), ("sectors", "sector"), ("areas", "area")]
)
def test_every_stage_sector_and_area_is_there(library, taxonomy, vocabulary, facet):
    held = {code for content in _contents(library) for code in content.terms.get(facet, ())}
    assert held == set(taxonomy.codes(vocabulary))


def test_every_region_and_authority_is_there_with_a_case_study(library, taxonomy):
    studies = [c for c in _contents(library) if c.kind is Kind.CASE_STUDY]
    assert {study.region for study in studies} == set(taxonomy.codes("regions"))
    assert {study.authority for study in studies} == set(taxonomy.codes("authorities"))


def test_at_least_40_of_the_48_themes_are_there(library):
    themes = {code for content in _contents(library) for code in content.terms["theme"]}
    assert len(themes) >= 40


def test_each_says_that_it_is_invented(library):
    assert all("This is an invented example." in content.notice for content in _contents(library))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_has_its_sections_in_order_and_is_neither_thin_nor_long(library, path):
    content = library[path].content
    assert re.findall(r"^## (.+)$", content.body, re.M) == list(SECTIONS[content.kind])
    words = len(re.sub(r"[#|*>_\-\[\]()]", " ", content.body).split())
    assert SHORTEST <= words <= LONGEST
    assert 15 <= len(content.summary.split()) <= 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_stands_in_the_form_that_the_library_writes(library, path):
    read = library[path]
    assert to_file(read.id, read.content) == path.read_bytes()


def test_no_paragraph_stands_in_two_files(library):
    lines = {
        path.stem: {line for line in read.content.body.split("\n") if len(line) > TELL_TALE}
        for path, read in library.items()
    }
    shared = [(a, b, lines[a] & lines[b]) for a, b in combinations(lines, 2)]
    assert [found for found in shared if found[2]] == []


def test_links_between_resources_lead_to_one_that_is_there(library):
    slugs = {path.stem for path in FILES}
    linked = {
        slug
        for content in _contents(library)
        for slug in re.findall(r"\(/resources/([\w-]+)\)", content.body)
    }
    assert linked
    assert linked <= slugs


def test_every_picture_is_there_is_used_and_has_a_text(library):
    for kind in Kind:
        bodies = [c.body for c in _contents(library) if c.kind is kind]
        shown = [m for body in bodies for m in re.findall(r"!\[(.*?)\]\(pictures/(.+?)\)", body)]
        held = {p.name for p in (PROJECT_DIR / "content" / kind.folder / "pictures").iterdir()}
        assert {name for _, name in shown} == held
        assert all(len(text) > 20 for text, _ in shown)
