"""The content folder follows the outbox, and never writes over words that were not loaded."""

import pytest
from sqlalchemy import select

from app import db
from app.db import reading, unit_of_work
from app.domain.errors import NotAllowed
from app.domain.events import EventKind
from app.domain.people import OPERATOR, VISITOR, Role
from app.domain.workflow import State, Step
from app.followers import content
from app.formats.library_folder import Outside, picture_path, resource_path, sweep, write_whole
from app.models.people import Person
from app.models.resources import Resource, Revision
from app.services.ledger import record
from app.services.moving import move
from tests.builders import a_draft, a_person
from tests.content_app import IDS, SVG, TAXONOMY, a_file

DAY = "2025-03-04"


@pytest.fixture
def follow(library):
    return lambda: content.catch_up(library.content_dir, TAXONOMY)


def write_out(folder, actor=OPERATOR):
    with reading() as session:
        return content.write_out(session, actor, folder, TAXONOMY)


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def withdraw():
    with unit_of_work() as session:
        revision = session.scalars(select(Revision)).one()
        revision.state = State.WITHDRAWN
        record(session, EventKind.RESOURCE_WITHDRAWN, revision.resource_id)


def test_what_is_published_is_written_with_its_pictures(library, load, follow):
    library.put("loaded/plan.svg", SVG)
    load(a_file(id=IDS[0], published_on=DAY, body="![x](plan.svg)\n"))
    assert follow() == 1
    assert files(library.content_dir) == {
        "case-studies/number-talks.md": (
            f"---\nid: {IDS[0]}\nkind: case-study\ntitle: Number talks\nregion: tayside\n"
            f"audience: public\nlanguage: en\npublished_on: {DAY}\n---\n![x](pictures/plan.svg)\n"
        ).encode(),
        "case-studies/pictures/plan.svg": SVG,
    }
    assert follow() == 0


def test_a_withdrawn_resource_s_files_are_removed(library, load, follow):
    library.put("loaded/plan.svg", SVG)
    load(a_file(body="![x](plan.svg)\n"))
    follow()
    withdraw()
    follow()
    assert files(library.content_dir) == {}


def test_a_picture_that_another_resource_shows_stays(library, load, follow):
    library.put("loaded/plan.svg", SVG)
    load(a_file("One", id=IDS[0], body="![x](plan.svg)\n"), a_file("Two", body="![x](plan.svg)\n"))
    follow()
    load(a_file("One", id=IDS[0], body="No picture.\n"))
    follow()
    assert "case-studies/pictures/plan.svg" in files(library.content_dir)


def test_a_renamed_resource_s_old_file_is_removed(library, load, follow):
    load(a_file(id=IDS[0]))
    follow()
    moved = library.put("elsewhere/case-studies/talks.md", a_file(id=IDS[0]))
    take_in_at(library, moved)
    follow()
    assert list(files(library.content_dir)) == ["case-studies/talks.md"]


def take_in_at(library, path):
    from app.services.content.load_files import begin, read_file, rules_for
    from app.services.content.loading import take_in

    rules = rules_for(TAXONOMY, {}, (), 2)
    run = begin(path, library.content_dir, rules, 2)
    with unit_of_work() as session:
        return take_in(session, OPERATOR, run, read_file(path, rules))


def test_words_that_were_never_loaded_are_not_written_over(library, load, follow):
    load(a_file(id=IDS[0]))
    mine = a_file(id=IDS[0], body="Mine, not loaded.\n")
    library.put("content/case-studies/number-talks.md", mine)
    follow()
    assert files(library.content_dir)["case-studies/number-talks.md"].decode() == mine
    assert [path.name for path in write_out(library.content_dir).kept] == ["number-talks.md"]


@pytest.mark.parametrize(
    "text", ["not even front matter", a_file(id=IDS[1]), "---\ntitle: [\n---\n"]
)
def test_another_s_file_or_a_broken_one_in_the_place_is_left_alone(library, load, follow, text):
    load(a_file(id=IDS[0]))
    library.put("content/case-studies/number-talks.md", text)
    follow()
    assert files(library.content_dir)["case-studies/number-talks.md"].decode() == text


def test_a_file_of_the_library_is_given_its_full_form_when_it_was_loaded(library, follow):
    path = library.put("content/case-studies/talks.md", a_file(body="![x](plan.svg)\n"))
    library.put("content/case-studies/plan.svg", SVG)
    take_in_at(library, path)
    follow()
    assert b"id: " in path.read_bytes()
    assert b"(pictures/plan.svg)" in path.read_bytes()


def test_a_file_that_could_not_keep_its_name_moves_to_its_new_one(library, load, follow):
    load(a_file("Talks"))
    path = library.put("content/case-studies/talks.md", a_file("Other", body="Other.\n"))
    take_in_at(library, path)
    follow()
    found = files(library.content_dir)
    assert b"title: Other" in found["case-studies/talks-2.md"]
    assert b"title: Talks" in found["case-studies/talks.md"]


def test_a_picture_whose_bytes_are_not_known_is_left_alone(library, load, follow):
    library.put("loaded/plan.svg", SVG)
    library.put("content/case-studies/pictures/plan.svg", b"mine")
    load(a_file(body="![x](plan.svg)\n"))
    follow()
    assert files(library.content_dir)["case-studies/pictures/plan.svg"] == b"mine"


def test_writing_the_library_gives_the_same_bytes_every_time(library, load, tmp_path):
    load(a_file("One", id=IDS[0], published_on=DAY), a_file("Two", kind="professional-learning"))
    first = write_out(tmp_path / "out")
    assert (first.resources, first.changed, first.kept) == (2, 2, [])
    assert write_out(tmp_path / "out").changed == 0


def test_only_published_words_are_written(library, load, tmp_path):
    load(a_file())
    withdraw()
    assert write_out(tmp_path / "out").resources == 0


def test_only_whoever_keeps_the_library_may_write_it(library, load, tmp_path):
    with pytest.raises(NotAllowed):
        write_out(tmp_path / "out", VISITOR)


def test_no_name_leads_out_of_the_folder(tmp_path, library, load):
    load(a_file())
    with reading() as session:
        kind = session.scalars(select(Resource)).one().kind
    for name in ("../x", "/etc/x", "..", "a/b", ".hidden", ""):
        with pytest.raises(Outside):
            resource_path(tmp_path, kind, name)
        with pytest.raises(Outside):
            picture_path(tmp_path, kind, name)


def test_a_file_is_written_whole_and_the_leavings_of_a_killed_process_are_swept(tmp_path):
    path = tmp_path / "case-studies/a.md"
    assert write_whole(path, b"one")
    assert not write_whole(path, b"one")
    (path.parent / ".a.md.99.part").write_bytes(b"ha")
    sweep(tmp_path)
    assert list(path.parent.iterdir()) == [path]


def test_what_invented_people_publish_is_not_written_out(library):
    with db.unit_of_work() as session:
        head = a_person(session, Role.HEADTEACHER)
        assert head.is_sample
        revision = a_draft(session, head, state=State.APPROVED, title="Peat")
        move(session, OPERATOR, revision, Step.PUBLISH, is_decided=True)
    content.catch_up(library.content_dir, TAXONOMY)
    assert list(library.content_dir.rglob("*.md")) == []

    with db.unit_of_work() as session:
        session.get(Person, head.id).is_sample = False
        record(session, EventKind.RESOURCE_PUBLISHED, revision.resource_id)
    content.catch_up(library.content_dir, TAXONOMY)
    assert [path.name for path in library.content_dir.rglob("*.md")] == ["peat.md"]
