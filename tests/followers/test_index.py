"""The index follows the outbox, as things stand now."""

import dataclasses
import multiprocessing

import pytest
from sqlalchemy import select

from app.db import reading, unit_of_work
from app.domain.audience import Audience
from app.domain.errors import SearchUnavailable
from app.domain.events import EventKind, Follower
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.followers import documents as standing
from app.followers import index
from app.followers.outbox import count_waiting, find_waiting, mark_handled
from app.models.resources import Revision
from app.services.ledger import record, record_many
from tests.content_app import IDS, TAXONOMY, a_file

FULL = {
    "id": IDS[0],
    "authority": "angus",
    "stages": "[p6, p5]",
    "themes": "[gaelic]",
    "notice": "Invented.",
    "published_on": "2025-03-04",
    "tags": "[talk]",
}


@pytest.fixture
def engine(library):
    library.search.rebuild([])
    return library.search


def waiting():
    with reading() as session:
        return count_waiting(session, Follower.INDEX)


def documents():
    with reading() as session:
        return list(standing.documents(session, TAXONOMY))


def test_a_publication_is_carried_and_again_is_harmless(library, load, engine):
    load(a_file(id=IDS[0]))
    assert waiting() == 1
    assert index.catch_up(engine, TAXONOMY) == 1
    assert index.catch_up(engine, TAXONOMY) == 0
    assert engine.documents[IDS[0]].title == "Number talks"


def test_the_words_of_terms_are_asked_for_after_the_events_were_read(library, load, engine):
    """A label is in its file before its event can be read: who looks later has both."""
    load(a_file(id=IDS[0], themes="[attendance]"))
    index.catch_up(engine, TAXONOMY)
    themes = TAXONOMY.vocabularies["themes"]
    renamed = dataclasses.replace(
        themes,
        terms=tuple(
            dataclasses.replace(term, label="Being there") if term.code == "attendance" else term
            for term in themes.terms
        ),
    )
    words = dataclasses.replace(TAXONOMY, vocabularies={**TAXONOMY.vocabularies, "themes": renamed})

    def now():
        assert waiting() == 1
        return words

    with unit_of_work() as session:
        asked = select(Revision.resource_id).where(Revision.state == State.PUBLISHED)
        record_many(session, EventKind.RESOURCE_RELABELLED, asked)
    assert index.catch_up(engine, now) == 1
    assert "Being there" in engine.documents[IDS[0]].labels


def test_many_events_about_one_resource_write_it_once_as_it_stands_now(library, load, engine):
    for words in ("One.\n", "Two.\n", "Three.\n"):
        load(a_file(id=IDS[0], body=words))
    assert index.catch_up(engine, TAXONOMY) == 3
    assert engine.writes == [[IDS[0]]]
    assert engine.documents[IDS[0]].body == "Three."


def test_what_is_no_longer_published_leaves_the_index(library, load, engine):
    load(a_file(id=IDS[0]))
    index.catch_up(engine, TAXONOMY)
    with unit_of_work() as session:
        session.scalars(select(Revision)).one().state = State.WITHDRAWN
        record(session, EventKind.RESOURCE_WITHDRAWN, IDS[0])
    index.catch_up(engine, TAXONOMY)
    assert engine.documents == {}


def test_while_the_engine_fails_events_wait_and_nothing_is_lost(library, load, engine):
    load(a_file(id=IDS[0]))
    engine.fails = 1
    with pytest.raises(SearchUnavailable):
        index.catch_up(engine, TAXONOMY)
    assert waiting() == 1
    assert index.catch_up(engine, TAXONOMY) == 1


def test_the_oldest_events_go_first_and_each_follower_has_its_own(library, load):
    load(a_file("One", id=IDS[0]), a_file("Two", id=IDS[1]))
    with reading() as session:
        first = find_waiting(session, Follower.INDEX, limit=1)
    assert first.subjects == (IDS[0],)
    with unit_of_work() as session:
        mark_handled(session, first)
    with reading() as session:
        assert find_waiting(session, Follower.INDEX).subjects == (IDS[1],)
        assert count_waiting(session, Follower.CONTENT) == 2


def test_a_document_says_all_that_people_search_and_narrow_by(library, load):
    load(a_file(body="# H\n\n*Words* [x](https://x.example).\n", **FULL))
    [document] = documents()
    assert document.facets == {
        "kind": ("case-study",),
        "stage": ("p6", "p5"),
        "theme": ("gaelic",),
        "region": ("tayside",),
        "authority": ("angus",),
        "year": ("2025",),
        "evidence": ("idea",),
    }
    assert {"Angus", "Aonghas", "Case study"} <= set(document.labels)
    assert document.body == "H\nWords x."
    assert (document.mark, document.is_sample, document.tags) == ("public", True, ("talk",))


def test_a_resource_for_one_region_carries_that_region_s_mark(library, load):
    load(a_file(audience=Audience.REGION))
    assert documents()[0].mark == "region:tayside"


def test_the_fingerprint_changes_with_anything_that_is_indexed(library, load):
    load(a_file(**FULL))
    [before] = documents()
    themes = TAXONOMY.vocabularies["themes"]
    renamed = dataclasses.replace(
        themes,
        terms=tuple(dataclasses.replace(term, label=f"New {term.label}") for term in themes.terms),
    )
    taxonomy = Taxonomy({**TAXONOMY.vocabularies, "themes": renamed})
    with reading() as session:
        [other_label] = standing.documents(session, taxonomy)
    load(a_file(**{**FULL, "stages": "[p6]"}))
    [other_stage] = documents()
    assert len({before.fingerprint, other_label.fingerprint, other_stage.fingerprint}) == 3
    assert documents() == [other_stage]


def test_the_difference_between_index_and_database_is_named(library, load, engine):
    load(a_file("One", id=IDS[0]), a_file("Two", id=IDS[1]))
    index.rebuild(engine, TAXONOMY)
    with reading() as session:
        assert not index.compare(session, engine, TAXONOMY)
    held = engine.documents.pop(IDS[0])
    engine.documents[IDS[2]] = held
    engine.documents[IDS[1]] = dataclasses.replace(engine.documents[IDS[1]], fingerprint="x")
    with reading() as session:
        found = index.compare(session, engine, TAXONOMY)
    assert found == index.Difference((IDS[0],), (IDS[2],), (IDS[1],))


# Drawing the index anew


def withdraw(resource_id):
    with unit_of_work() as session:
        session.scalars(
            select(Revision).where(Revision.resource_id == resource_id)
        ).one().state = State.WITHDRAWN
        record(session, EventKind.RESOURCE_WITHDRAWN, resource_id)


def test_what_is_published_or_withdrawn_during_a_rebuild_is_so_in_the_new_index(
    library, load, engine
):
    load(a_file("One", id=IDS[0]), a_file("Two", id=IDS[1]))

    def meanwhile(done, _):
        if done:
            load(a_file("Three", id=IDS[2]))
            withdraw(IDS[0])
            index.catch_up(engine, TAXONOMY)  # the old index has it, and nothing waits any more

    assert index.rebuild(engine, TAXONOMY, meanwhile) == 2
    assert waiting() == 0
    assert set(engine.documents) == {IDS[1], IDS[2]}


def test_what_waited_before_a_rebuild_is_not_written_twice_by_it(library, load, engine):
    load(a_file("One", id=IDS[0]), a_file("Two", id=IDS[1]))
    index.rebuild(engine, TAXONOMY)
    assert engine.writes == [[]]
    assert waiting() == 2  # another process may hold an index of its own: it still wants them


def test_what_waited_before_a_rebuild_of_a_shared_index_waits_no_more(library, load, engine):
    load(a_file("One", id=IDS[0]), a_file("Two", id=IDS[1]))
    engine.is_shared = True
    index.rebuild(engine, TAXONOMY)
    assert engine.documents.keys() == {IDS[0], IDS[1]}
    assert waiting() == 0


def test_what_waited_goes_on_waiting_when_a_rebuild_fails(library, load, engine, monkeypatch):
    load(a_file("One", id=IDS[0]))
    engine.is_shared = True

    def fails(*_):
        raise SearchUnavailable("There is too little room.")

    monkeypatch.setattr(engine, "rebuild", fails)
    with pytest.raises(SearchUnavailable):
        index.rebuild(engine, TAXONOMY)
    assert waiting() == 1


def test_many_hands_read_as_one_does(library, load, engine, monkeypatch):
    load(*(a_file(f"Title {n}", body=f"*Words* {n}.\n") for n in range(30)))
    alone = documents()
    monkeypatch.setattr(index, "WORTH_MANY_HANDS", 1)
    told = []
    assert index.rebuild(engine, TAXONOMY, lambda *so_far: told.append(so_far)) == 30
    assert list(engine.documents.values()) == alone
    assert told[-1] == (30, 30)


def test_hands_do_not_outlive_a_rebuild_that_fails(library, load, engine, monkeypatch):
    load(*(a_file(f"Title {n}") for n in range(30)))
    monkeypatch.setattr(index, "WORTH_MANY_HANDS", 1)

    def broken(documents, *_):
        next(iter(documents))
        raise SearchUnavailable("the disk is full")

    monkeypatch.setattr(engine, "rebuild", broken)
    with pytest.raises(SearchUnavailable):
        index.rebuild(engine, TAXONOMY)
    assert multiprocessing.active_children() == []
