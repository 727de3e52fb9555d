"""Attachments travel with the library's files: taken in, written out, checked, removed."""

import shutil

import pytest
from sqlalchemy import select

from app.db import reading, unit_of_work
from app.domain.events import EventKind
from app.domain.workflow import State
from app.followers import content
from app.models.resources import Revision
from app.models.submissions import Attachment
from app.services.ledger import record
from tests.content_app import IDS, TAXONOMY, Library, a_file
from tests.formats.attachment_files import CSV, PDF

OFFERED = '[{file: plan.pdf, label: Our plan}, {file: counts.csv, label: "Counts: P5"}]'


@pytest.fixture
def loaded(library):
    library.put("loaded/attachments/plan.pdf", PDF)
    library.put("loaded/attachments/counts.csv", CSV)
    library.put("loaded/a.md", a_file(id=IDS[0], published_on="2025-03-04", attachments=OFFERED))
    library.run("content", "load", library.folder / "loaded")
    return library.content_dir / "case-studies"


def test_they_are_written_beside_the_text_byte_for_byte(loaded):
    assert (loaded / "attachments/plan.pdf").read_bytes() == PDF
    assert (loaded / "attachments/counts.csv").read_bytes() == CSV
    assert f"attachments: {OFFERED}\n" in (loaded / "number-talks.md").read_text()


def test_what_was_written_loads_again_as_unchanged_and_checks_clean(library, loaded):
    done = library.run("content", "load")
    assert "0 new, 0 changed, 1 unchanged, 0 refused, 0 left alone" in done.stdout
    assert library.run("content", "check").exit_code == 0


def test_loading_the_written_library_into_an_empty_one_gives_the_same_bytes(
    library, loaded, tmp_path
):
    before = (loaded / "number-talks.md").read_bytes()
    copy = library.folder / "copy"
    shutil.copytree(library.content_dir, copy)
    other = Library(tmp_path / "other", is_empty=True)
    assert other.run("content", "load", copy).exit_code == 0
    again = other.content_dir / "case-studies"
    assert (again / "number-talks.md").read_bytes() == before
    assert (again / "attachments/plan.pdf").read_bytes() == PDF
    other.close()


def test_a_missing_or_other_file_is_told_by_check(library, loaded):
    (loaded / "attachments/plan.pdf").unlink()
    (loaded / "attachments/counts.csv").write_bytes(b"other\n")
    done = library.run("content", "check")
    assert done.exit_code == 1
    said = done.stdout + done.stderr
    assert "plan.pdf: the database holds this file, and there is no such file" in said
    assert "counts.csv: the file is another than the database's" in said


def test_files_go_with_the_resource_that_offered_them(library, loaded):
    with unit_of_work() as session:
        revision = session.scalars(select(Revision)).one()
        revision.state = State.WITHDRAWN
        record(session, EventKind.RESOURCE_WITHDRAWN, revision.resource_id)
    content.catch_up(library.content_dir, TAXONOMY)
    assert [path for path in loaded.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("gone.pdf", None, "there is no such file"),
        ("page.html", b"<p>x</p>", "none of the kinds"),
        ("plan.docx", PDF, "its content is PDF"),
    ],
)
def test_one_that_cannot_be_taken_is_told_and_no_longer_offered(library, name, data, why):
    if data is not None:
        library.put(f"loaded/attachments/{name}", data)
    library.put("loaded/a.md", a_file(id=IDS[0], attachments=f"[{{file: {name}, label: x}}]"))
    done = library.run("content", "load", library.folder / "loaded")
    assert f"The attachment {name} is not taken" in done.stderr
    assert why in done.stderr
    with reading() as session:
        assert session.scalars(select(Attachment)).all() == []


@pytest.mark.parametrize(
    "said", ["[{file: ../a.pdf}]", "[{name: a.pdf}]", "[a.pdf, a.pdf]", "[.hidden]", "[[a]]"]
)
def test_a_list_that_cannot_be_meant_is_refused(library, said):
    library.put("loaded/a.md", a_file(id=IDS[0], attachments=said))
    done = library.run("content", "load", library.folder / "loaded")
    assert "1 refused" in done.stdout


def test_a_bare_name_is_its_own_label(library):
    library.put("loaded/attachments/plan.pdf", PDF)
    library.put("loaded/a.md", a_file(id=IDS[0], attachments="plan.pdf"))
    library.run("content", "load", library.folder / "loaded")
    with reading() as session:
        [held] = session.scalars(select(Revision)).one().attachments
        assert (held.attachment_name, held.label) == ("plan.pdf", "plan.pdf")
