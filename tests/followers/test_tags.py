"""Tags on their way into files, out of them again, and into the index."""

import pytest
from sqlalchemy import select

from app.db import reading, unit_of_work
from app.domain.people import OPERATOR, Role
from app.domain.resources import Kind
from app.domain.tags import TagStep
from app.followers import content, index
from app.formats.library_folder import resource_path
from app.models.people import Person
from app.models.resource_tags import standing_tags
from app.models.resources import Resource, Revision
from app.search.engines.memory_engine import MemoryEngine
from app.search.port import SearchQuery
from app.services.content.checking import check
from app.services.content.load_files import rules_for
from app.services.tags.changes import undo
from app.services.tags.changing import Wish, change
from app.services.tags.tagging import put_on, take_off
from tests.builders import a_person, actor_for
from tests.content_app import IDS, TAXONOMY, a_file
from tests.loading import take_in_texts

DAY = "2025-03-04"
FILE = a_file(id=IDS[0], published_on=DAY, audience="public", tags="[Outdoors]", language="en")


@pytest.fixture
def loaded(library, load):
    """A resource with a tag of its writer's and two that a teacher put on, as it was written."""
    load(FILE)
    with unit_of_work() as session:
        teacher = a_person(session, Role.TEACHER)
        teacher.is_sample = False  # nothing of invented people stands in the folder
        a_person(session, Role.ADMINISTRATOR)
        put_on(session, actor_for(teacher), IDS[0], ["rain", "Mud"])
    content.catch_up(library.content_dir, TAXONOMY)
    return resource_path(library.content_dir, Kind.CASE_STUDY, "number-talks")


@pytest.fixture
def load_again(library):
    return lambda text: [str(result) for result in take_in_texts(library, text)]


def actor(session, role):
    people = session.scalars(select(Person)).all()
    return next(actor_for(p) for p in people if p.grants[0].role is role)


def standing():
    with reading() as session:
        revision = session.scalars(select(Resource)).one().published
        return [(tag.label, tag.is_writers) for tag in standing_tags(session, revision)]


def revisions():
    with reading() as session:
        return len(session.scalars(select(Revision)).all())


BOTH = [("Outdoors", True), ("rain", False), ("Mud", False)]


def test_a_file_carries_all_tags_the_writers_first(loaded):
    assert "tags: [Outdoors, rain, Mud]\n" in loaded.read_text()


def test_a_file_loaded_again_changes_nothing(library, loaded, load_again):
    text = loaded.read_text()
    assert load_again(text) == ["unchanged"]
    assert standing() == BOTH
    with reading() as session:
        content.write_out(session, OPERATOR, library.folder / "again", TAXONOMY)
    again = resource_path(library.folder / "again", Kind.CASE_STUDY, "number-talks")
    assert again.read_text() == text


def test_a_tag_that_a_file_has_lost_is_taken_off_and_makes_no_version(loaded, load_again):
    text = loaded.read_text().replace("[Outdoors, rain, Mud]", "[Outdoors, Mud]")
    assert load_again(text) == ["changed"]
    assert standing() == [("Outdoors", True), ("Mud", False)]
    assert revisions() == 1


def test_a_tag_that_a_file_has_gained_is_its_writers(loaded, load_again):
    text = loaded.read_text().replace("[Outdoors, rain, Mud]", "[Outdoors, rain, Mud, snow]")
    assert load_again(text) == ["changed"]
    assert standing() == [("Outdoors", True), ("snow", True), ("rain", False), ("Mud", False)]
    assert revisions() == 2


def test_new_words_keep_the_tags_that_others_put_on(loaded, load_again):
    assert load_again(loaded.read_text().replace("Words.", "Better words.")) == ["changed"]
    assert standing() == BOTH


def test_a_tag_taken_off_leaves_the_file_and_no_doubt(library, loaded):
    with unit_of_work() as session:
        take_off(session, actor(session, Role.TEACHER), IDS[0], "rain")
    content.catch_up(library.content_dir, TAXONOMY)
    assert "tags: [Outdoors, Mud]\n" in loaded.read_text()


def test_what_somebody_wrote_into_a_file_is_not_written_over(library, loaded):
    loaded.write_text(loaded.read_text().replace("rain, Mud", "rain, Mud, my own"))
    with unit_of_work() as session:
        take_off(session, actor(session, Role.TEACHER), IDS[0], "rain")
    content.catch_up(library.content_dir, TAXONOMY)
    assert "my own" in loaded.read_text()


def test_files_and_database_agree_with_tags_of_others(library, loaded):
    with reading() as session:
        assert check(session, OPERATOR, library.content_dir, rules_for(TAXONOMY, {}, (), 2)) == ()


def found(engine, words):
    with reading():
        marks = frozenset({"public"})
        return [hit.tags for hit in engine.search(SearchQuery(words, marks=marks)).hits]


def test_the_index_follows_a_merge_and_its_undoing_without_a_document_written(loaded):
    engine = MemoryEngine(TAXONOMY)
    index.rebuild(engine, TAXONOMY)
    assert found(engine, 'tags:"rain"') == [("Outdoors", "rain", "Mud")]
    index.catch_up(engine, TAXONOMY)
    before = engine._documents
    with unit_of_work() as session:
        wish = Wish(TagStep.RENAME, label="Weather")
        made = change(session, actor(session, Role.ADMINISTRATOR), "rain", wish).id
    index.catch_up(engine, TAXONOMY)
    for words in ('tags:"rain"', 'tags:"weather"', "weather"):
        assert found(engine, words) == [("Outdoors", "Weather", "Mud")]
    assert engine._documents is before
    with unit_of_work() as session:
        undo(session, actor(session, Role.ADMINISTRATOR), made)
    index.catch_up(engine, TAXONOMY)
    assert found(engine, 'tags:"weather"') == []
    assert found(engine, 'tags:"rain"') == [("Outdoors", "rain", "Mud")]


def test_an_index_drawn_anew_knows_what_tags_are_called(loaded):
    with unit_of_work() as session:
        wish = Wish(TagStep.RENAME, label="Weather")
        change(session, actor(session, Role.ADMINISTRATOR), "rain", wish)
    engine = MemoryEngine(TAXONOMY)
    index.rebuild(engine, TAXONOMY)
    assert found(engine, "weather") == [("Outdoors", "Weather", "Mud")]


def test_a_tag_put_on_reaches_the_index(loaded):
    engine = MemoryEngine(TAXONOMY)
    index.rebuild(engine, TAXONOMY)
    with unit_of_work() as session:
        put_on(session, actor(session, Role.TEACHER), IDS[0], ["quokka"])
    assert found(engine, "quokka") == []
    index.catch_up(engine, TAXONOMY)
    assert len(found(engine, "quokka")) == 1
    with reading() as session:
        assert not index.compare(session, engine, TAXONOMY)
