"""Files, database and taxonomy held together: every difference is one line that names the file."""

import pytest
from sqlalchemy import delete, select

from app.db import reading, unit_of_work
from app.domain.errors import NotAllowed
from app.domain.people import OPERATOR, VISITOR
from app.domain.taxonomy import Taxonomy, Term, Vocabulary
from app.followers.content import catch_up
from app.models.resources import Revision, RevisionTerm
from app.services.content.checking import check
from app.services.content.load_files import rules_for
from tests.content_app import IDS, SVG, TAXONOMY, a_file
from tests.loading import take_in_texts

HOME = "content/case-studies/number-talks.md"


@pytest.fixture
def differences(library):
    def differences(taxonomy=TAXONOMY, actor=OPERATOR):
        with reading() as session:
            return check(session, actor, library.content_dir, rules_for(taxonomy, {}, (), 2))

    return differences


@pytest.fixture
def home(library):
    """A library of one resource with a picture, written out."""
    library.put("loaded/plan.svg", SVG)
    text = a_file(id=IDS[0], body="![x](plan.svg)\n", themes="[gaelic]", authority="angus")
    take_in_texts(library, text)
    catch_up(library.content_dir, TAXONOMY)
    return library.folder / HOME


def test_a_library_in_step_has_no_differences(home, differences):
    assert differences() == ()


def test_a_missing_file_is_told(home, differences):
    home.unlink()
    [line] = differences()
    assert line.startswith(f"{home}: ")
    assert "no such file" in line


def test_a_changed_file_is_told_with_what_is_unlike(home, differences):
    home.write_text(home.read_text().replace("title: Number talks", "title: Other\nschool: X"))
    [line] = differences()
    assert "differ in title, school" in line


def test_a_file_in_another_form_with_the_same_meaning_is_no_difference(home, differences):
    home.write_text(home.read_text().replace("title: Number talks", "title: 'Number talks'"))
    assert differences() == ()


def test_a_broken_file_is_told_with_its_line(home, differences):
    home.write_text("---\ntitle: x\nstages: [\n---\n")
    [line] = differences()
    assert line.startswith(f"{home}:4: ")


def test_a_file_that_was_never_loaded_and_a_copy_are_told(library, home, differences):
    library.put("content/case-studies/new.md", a_file("New"))
    library.put("content/case-studies/copy.md", home.read_bytes())
    copy, new = differences()
    assert "copy.md" in copy
    assert "keep one" in copy
    assert "flask content load" in new


def test_a_missing_or_changed_picture_is_told(home, differences):
    picture = home.parent / "pictures/plan.svg"
    picture.write_bytes(b"other")
    assert "another than the database" in differences()[0]
    picture.unlink()
    assert "no such file" in differences()[0]


def test_codes_that_the_taxonomy_does_not_know_or_has_retired_are_told(home, differences):
    themes = Vocabulary(
        "themes", "Theme", (Term("gaelic", "Gaelic", replaced_by="gd"), Term("gd", "G"))
    )
    authorities = Vocabulary("authorities", "Authority", ())
    lines = differences(
        Taxonomy({**TAXONOMY.vocabularies, "themes": themes, "authorities": authorities})
    )
    assert any("“gaelic” in themes has become “gd”" in line for line in lines)
    assert any("authorities has no term “angus”" in line for line in lines)


def test_a_code_that_came_into_the_database_another_way_is_told(home, differences):
    with unit_of_work() as session:
        session.execute(delete(RevisionTerm))
        revision = session.scalars(select(Revision)).one()
        session.add(RevisionTerm(revision_id=revision.id, facet="theme", code="x", position=0))
    assert any("themes has no term “x”" in line for line in differences())


def test_only_whoever_keeps_the_library_may_check_it(home, differences):
    with pytest.raises(NotAllowed):
        differences(actor=VISITOR)
