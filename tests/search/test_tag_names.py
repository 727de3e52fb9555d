"""A merged or renamed tag is found by its old word, and shown and offered by its new one."""

import pytest

from app.domain.tags import TagName
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.port import SearchQuery
from tests.search.documents import PUBLIC, a_document

MERGED = (
    TagName("times-tables", "times tables", "Multiplication facts"),
    TagName("multiplication-facts", "Multiplication facts", "Multiplication facts"),
)


@pytest.fixture
def engine(empty_engine):
    empty_engine.rebuild(
        [
            a_document("a", "Otters", tags=("times tables",)),
            a_document("b", "Badgers", tags=("Multiplication facts", "play")),
            a_document("c", "Foxes", tags=("times-tables", "multiplication facts")),
            a_document("d", "Secret tables", tags=("hush hush",), mark="region:tayside"),
        ]
    )
    empty_engine.name_tags(MERGED)
    return empty_engine


def ids(engine, words, **more):
    found = engine.search(SearchQuery(words, marks=PUBLIC, **more))
    return sorted(hit.id for hit in found.hits)


@pytest.mark.parametrize(
    "words", ["times tables", "multiplication facts", 'tags:"times tables"', "tag:multiplication"]
)
def test_old_and_new_words_find_the_same(engine, words):
    wanted = ["b", "c"] if words == "tag:multiplication" else ["a", "b", "c"]
    assert ids(engine, words) == wanted


def test_a_reason_is_told_once_and_by_the_name_that_is_kept(engine):
    page = engine.search(SearchQuery('tags:"times tables"', marks=PUBLIC))
    told = {hit.id: [reason.matched for reason in hit.reasons] for hit in page.hits}
    assert told["a"] == ["times tables"]
    assert told["b"] == ["Multiplication facts"]


def test_what_a_tag_is_ruled_out_by_is_ruled_out_by_all_its_names(engine):
    assert ids(engine, '-tags:"times tables"') == []


def test_the_name_that_is_kept_is_shown_once(engine):
    found = engine.search(SearchQuery("foxes", marks=PUBLIC))
    assert found.hits[0].tags == ("Multiplication facts",)
    similar = engine.similar("a", PUBLIC)
    assert all("times tables" not in hit.tags for hit in similar)


@pytest.mark.parametrize("typed", ["times t", "multip", "facts"])
def test_only_the_name_that_is_kept_is_offered(engine, typed):
    offered = [line.text for line in engine.suggest(typed, PUBLIC) if line.kind == "tag"]
    assert offered == ["Multiplication facts"]


def test_a_new_name_is_offered_and_left_as_it_is_typed_though_no_document_has_it(engine):
    engine.name_tags(
        (
            TagName("play", "play", "Quokkastyle"),
            TagName("quokkastyle", "Quokkastyle", "Quokkastyle"),
        )
    )
    assert [line.text for line in engine.suggest("quok", PUBLIC)] == ["Quokkastyle"]
    page = engine.search(SearchQuery("quokkastyle", marks=PUBLIC))
    assert [hit.id for hit in page.hits] == ["b"]
    assert page.correction is None


def test_a_new_name_of_what_a_reader_may_not_see_is_not_offered(engine):
    engine.name_tags((TagName("hush-hush", "hush hush", "Whisper"),))
    assert engine.suggest("whisp", PUBLIC) == []
    assert engine.suggest("whisp", frozenset({"region:tayside"}))[0].text == "Whisper"


def test_a_retired_tag_finds_and_is_shown_but_not_offered(engine):
    engine.name_tags((TagName("play", "play", "play", is_offered=False),))
    assert [line for line in engine.suggest("play", PUBLIC) if line.kind == "tag"] == []
    page = engine.search(SearchQuery("tags:play", marks=PUBLIC))
    assert page.hits[0].tags == ("Multiplication facts", "play")


def test_a_hidden_tag_is_shown_nowhere(engine):
    engine.name_tags((TagName("play", "play", "play", is_shown=False),))
    page = engine.search(SearchQuery("badgers", marks=PUBLIC))
    assert page.hits[0].tags == ("Multiplication facts",)


def test_undone_names_leave_all_as_it_was(engine):
    engine.name_tags(())
    assert ids(engine, 'tags:"times tables"') == ["a", "c"]
    assert engine.search(SearchQuery("otters", marks=PUBLIC)).hits[0].tags == ("times tables",)


def test_spellings_of_one_tag_are_offered_once(engine):
    engine.name_tags(())
    offered = [line.text for line in engine.suggest("times", PUBLIC) if line.kind == "tag"]
    assert len(offered) == 1


def test_every_process_that_reads_the_index_hears_of_new_names(tmp_path, taxonomy):
    writer = WhooshEngine(tmp_path / "index", taxonomy)
    writer.rebuild([a_document("a", "Otters", tags=("times tables",))])
    reader = WhooshEngine(tmp_path / "index", taxonomy)
    assert ids(reader, 'tags:"multiplication facts"') == []
    writer.name_tags(MERGED)
    assert ids(reader, 'tags:"multiplication facts"') == ["a"]
    assert not writer.needs_tending()


def test_a_torn_file_of_names_keeps_nobody_from_searching(tmp_path, taxonomy):
    engine = WhooshEngine(tmp_path / "index", taxonomy)
    engine.rebuild([a_document("a", "Otters", tags=("times tables",))])
    engine.name_tags(MERGED)
    (tmp_path / "index" / "tag_names.json").write_text("[[", encoding="utf-8")
    assert ids(engine, 'tags:"times tables"') == ["a"]
