"""Collections as files: loaded, written, checked; nothing silent and nothing lost."""

import pytest
from sqlalchemy import select

from app.db import reading, unit_of_work
from app.domain.audit import AuditAction
from app.domain.events import EventKind
from app.domain.people import OPERATOR, Role
from app.followers import content as follower
from app.models.audit import AuditEntry
from app.models.collections import Collection, CollectionVersion
from app.services.collections import arranging, publishing
from app.services.collections.changing import change
from app.services.content.checking import check
from app.services.content.load_files import begin, read_file, rules_for
from app.services.content.loading import take_in
from app.services.ledger import record
from tests.builders import a_collection, a_person
from tests.content_app import IDS, SVG, TAXONOMY, a_file

ID = "01JD8Q2V7NFTK9M4C3XH6RBWZX"
FILE = f"""---
id: {ID}
title: Talking about number
summary: For a network day.
notice: This is an invented example.
region: tayside
audience: public
cover: board.svg
cover_text: A board full of sums.
language: en
published_on: 2026-03-02
made_by: "somebody"
sections:
- title: "Begin: here"
  items:
  - resource: {IDS[0]}
    note: "Read *this*.\\n\\nThen that."
    minutes: 20
- title: ""
  items:
  - resource: {IDS[1]}
---
Bring a sum.
"""


@pytest.fixture
def library_of_two(library):
    library.put("content/case-studies/one.md", a_file("One", id=IDS[0], published_on="2026-03-02"))
    library.put("content/case-studies/two.md", a_file("Two", id=IDS[1], published_on="2026-03-02"))
    library.put("content/collections/pictures/board.svg", SVG)
    library.put("content/collections/talking-about-number.md", FILE)
    return library


@pytest.fixture
def load(library):
    def load():
        rules = rules_for(TAXONOMY, {}, (), 2)
        run = begin(None, library.content_dir, rules, 2)
        told = []
        for path in run.tree.files:
            with unit_of_work() as session:
                outcome = take_in(session, OPERATOR, run, read_file(path, rules))
            told.append((path.name, str(outcome.result), outcome.problems))
        return told

    return load


def follow(library):
    return follower.catch_up(library.content_dir, TAXONOMY)


def checked(library):
    with reading() as session:
        return check(session, OPERATOR, library.content_dir, rules_for(TAXONOMY, {}, (), 2))


def only():
    with reading() as session:
        one = session.scalars(select(Collection)).one()
        return one.slug, one.version, one.title


def test_a_file_is_loaded_and_written_again_byte_for_byte(library_of_two, load):
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    # Extra keys keep their place behind ours.
    canonical = FILE.replace('made_by: "somebody"\n', "").replace(
        f"  - resource: {IDS[1]}\n", f'  - resource: {IDS[1]}\nmade_by: "somebody"\n'
    )
    path.write_text(canonical)
    assert [result for _, result, _ in load()] == ["new", "new", "new"]
    follow(library_of_two)
    assert path.read_text() == canonical
    assert [result for _, result, _ in load()] == ["unchanged"] * 3
    assert checked(library_of_two) == ()


def test_a_changed_file_is_a_new_version_and_the_old_one_stays_on_record(library_of_two, load):
    load()
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    path.write_text(path.read_text().replace("Bring a sum.", "Bring two."))
    assert load()[-1][1] == "changed"
    with reading() as session:
        versions = session.scalars(select(CollectionVersion.markdown)).all()
        loads = select(AuditEntry).where(AuditEntry.action == AuditAction.COLLECTION_LOADED)
        assert len(session.scalars(loads).all()) == 2
    assert ["Bring two." in one for one in versions] == [False, True]


def test_a_resource_that_is_not_known_is_told_with_its_line_and_left_out(library_of_two, load):
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    path.write_text(path.read_text().replace(IDS[1], IDS[2]))
    [problem] = load()[-1][2]
    assert IDS[2] in problem.sentence
    assert path.read_text().splitlines()[problem.line - 1] == f"  - resource: {IDS[2]}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("minutes: 20", "minutes: lots", "minutes must be from 1 to 600"),
        (IDS[1], IDS[0], "stands twice"),
        ("    minutes: 20", "    hours: 20", "“hours” is not known here"),
        (f"resource: {IDS[1]}", "resource: two", "must be the id of one"),
        ("audience: public", "audience: friends", "audience must be"),
        ("cover: board.svg", "cover: ../board.svg", "cover must be the name of a file"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(library_of_two, load, old, new, told):
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    path.write_text(path.read_text().replace(old, new))
    name, result, problems = load()[-1]
    assert (name, result) == ("talking-about-number.md", "refused")
    assert told in " ".join(problem.sentence for problem in problems)


def test_a_renamed_file_moves_the_address_and_the_former_one_leads_there(library_of_two, load):
    load()
    home = library_of_two.content_dir / "collections"
    (home / "talking-about-number.md").rename(home / "number-talk.md")
    assert load()[-1][1] == "changed"
    assert only()[0] == "number-talk"


def test_what_is_taken_back_leaves_no_file_and_no_cover(library_of_two, load):
    load()
    follow(library_of_two)
    with unit_of_work() as session:
        publishing.take_back(session, OPERATOR, ID)
    follow(library_of_two)
    home = library_of_two.content_dir / "collections"
    assert [path.name for path in home.rglob("*") if path.is_file()] == []


def test_each_change_on_a_page_reaches_the_file(library_of_two, load):
    load()
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    for by in (1, 1, -1):
        with unit_of_work() as session:
            arranging.move(session, OPERATOR, ID, IDS[0], by)
        follow(library_of_two)
    with unit_of_work() as session:
        change(session, OPERATOR, ID, {"summary": "For May."}, taxonomy=TAXONOMY)
    follow(library_of_two)
    assert "summary: For May." in path.read_text()
    assert checked(library_of_two) == ()


def test_words_that_were_never_loaded_are_not_written_over(library_of_two, load):
    load()
    follow(library_of_two)
    path = library_of_two.content_dir / "collections/talking-about-number.md"
    mine = path.read_text().replace("Bring a sum.", "My own words.")
    path.write_text(mine)
    with unit_of_work() as session:
        change(session, OPERATOR, ID, {"summary": "For May."}, taxonomy=TAXONOMY)
    follow(library_of_two)
    assert path.read_text() == mine
    assert "differ in" in checked(library_of_two)[0]


def test_what_invented_people_publish_is_not_written_out(library):
    with unit_of_work() as session:
        made = a_collection(session, a_person(session, Role.REGIONAL_LEAD))
        made.summary = "For us."
        record(session, EventKind.COLLECTION_CHANGED, made.id)
    follow(library)
    assert not (library.content_dir / "collections").exists()
    assert checked(library) == ()
