"""The index may be deleted, torn, swapped or written at any time: searching says so or goes on."""

import os
import shutil
import threading
from collections import namedtuple

import pytest
from filelock import FileLock
from whoosh.filedb.filestore import FileStorage

from app.domain.errors import SearchUnavailable
from app.search.answering import answer
from app.search.engines import whoosh_engine, whoosh_store
from app.search.engines.whoosh_engine import WhooshEngine
from app.search.engines.whoosh_schema import document_of, entry, layout
from app.search.segments.segment import DrawnSegment
from tests.search.documents import LIBRARY, PUBLIC, TAYSIDE, a_document, a_query


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def hits(engine, words):
    return [hit.id for hit in engine.search(a_query(words)).hits]


def indexes(folder):
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


# Whoosh leaves files to the garbage collector that it had opened before one failed it.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


# Missing or broken


QUESTIONS = {
    "search": lambda engine: engine.search(a_query("numeracy")),
    "suggest": lambda engine: engine.suggest("num", PUBLIC),
    "similar": lambda engine: engine.similar("talks", PUBLIC),
    "fingerprints": lambda engine: engine.fingerprints(),
    "status": lambda engine: engine.status(),
    "write": lambda engine: engine.write([a_document("new")]),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_with_its_folder_deleted_every_question_says_so_plainly(whoosh, folder, question):
    QUESTIONS["search"](whoosh)
    shutil.rmtree(folder)
    with pytest.raises(SearchUnavailable):
        QUESTIONS[question](whoosh)
    assert not whoosh.is_present()


def test_the_sentence_is_for_a_teacher(whoosh, folder):
    shutil.rmtree(folder)
    with pytest.raises(SearchUnavailable, match=r"back within a minute\. You can still open"):
        whoosh.search(a_query("numeracy"))


def test_after_a_deletion_a_rebuild_brings_everything_back(whoosh, folder):
    shutil.rmtree(folder)
    assert whoosh.rebuild(LIBRARY) == len(LIBRARY)
    assert whoosh.is_present()
    assert whoosh.search(a_query("arithmetic")).total == 1


def test_a_folder_in_the_pointer_s_place_is_no_hindrance(whoosh, folder):
    (folder / "current").unlink()
    (folder / "current/inside").mkdir(parents=True)
    assert not whoosh.is_present()
    assert whoosh.rebuild(LIBRARY) == len(LIBRARY)
    assert whoosh.is_present()


def test_there_is_no_index_before_the_first_rebuild(folder, taxonomy):
    assert not WhooshEngine(folder, taxonomy).is_present()


@pytest.mark.parametrize("left", [0, 20])
def test_a_torn_table_of_contents_makes_the_index_unavailable(whoosh, folder, taxonomy, left):
    for path in folder.rglob("*.toc"):
        os.truncate(path, left)
    engine = WhooshEngine(folder, taxonomy)
    assert not engine.is_present()
    with pytest.raises(SearchUnavailable):
        engine.search(a_query("numeracy"))


@pytest.mark.parametrize("left", [0, 20])
def test_a_torn_segment_is_searched_by_its_arrays_and_told_when_written(
    whoosh, folder, taxonomy, left
):
    for path in folder.rglob("*.seg"):
        os.truncate(path, left)
    engine = WhooshEngine(folder, taxonomy)
    assert engine.search(a_query("arithmetic")).total == 1
    with pytest.raises(SearchUnavailable):
        engine.write([a_document("new")])


def test_with_segment_and_arrays_torn_the_index_is_unavailable(whoosh, folder, taxonomy):
    for path in [*folder.rglob("*.seg"), *folder.rglob("*.arrays")]:
        path.unlink()
        path.write_bytes(b"torn")
    engine = WhooshEngine(folder, taxonomy)
    assert not engine.is_present()


@pytest.mark.parametrize("left", [None, 0, 20, 4000, 20000])
def test_arrays_that_are_missing_or_torn_are_done_without_until_mended(
    whoosh, folder, taxonomy, left
):
    before = whoosh.search(a_query("attendance", TAYSIDE))
    for path in folder.rglob("*.arrays"):
        torn = path.read_bytes()[:left]
        path.unlink()  # never cut short in place: who has mapped it would be struck down
        if left is not None:
            path.write_bytes(torn)
    engine = WhooshEngine(folder, taxonomy)
    assert engine.search(a_query("attendance", TAYSIDE)) == before
    assert engine.needs_tending()
    assert engine.tend()
    mended = WhooshEngine(folder, taxonomy)
    assert not mended.needs_tending()
    assert mended.search(a_query("attendance", TAYSIDE)) == before


def test_mended_arrays_are_read_by_every_copy_that_was_open(whoosh, folder, taxonomy):
    for path in folder.rglob("*.arrays"):
        path.unlink()
    copies = [WhooshEngine(folder, taxonomy), WhooshEngine(folder, taxonomy)]
    assert all(copy.needs_tending() for copy in copies)
    assert copies[0].tend()
    for copy in copies:
        assert not copy.needs_tending()
        assert copy.search(a_query("arithmetic")).total == 1
        segments = [placed.segment for placed in copy._open().shelves.snapshot.placed]
        assert all(isinstance(segment, DrawnSegment) for segment in segments)


@pytest.mark.parametrize("text", ["", "gone", "../..", "\x00"])
def test_a_pointer_to_nowhere_makes_the_index_unavailable(whoosh, folder, text):
    (folder / "current").write_text(text)
    assert not whoosh.is_present()


def test_an_index_of_another_schema_is_none(whoosh, folder, taxonomy, monkeypatch):
    monkeypatch.setattr("app.search.engines.whoosh_store.layout", lambda: "00000000")
    assert not WhooshEngine(folder, taxonomy).is_present()
    assert layout() != "00000000"


# Drawing it anew


def test_a_rebuild_leaves_one_index_and_sweeps_what_a_killed_one_left(whoosh, folder):
    orphan = folder / f"{layout()}-{'0' * 12}"
    orphan.mkdir()
    (folder / "README.md").write_text("kept")
    whoosh.rebuild(LIBRARY[:2])
    assert len(indexes(folder)) == 1
    assert not orphan.exists()
    assert (folder / "README.md").read_text() == "kept"


def test_a_rebuild_that_fails_changes_nothing(whoosh, folder):
    def broken():
        yield LIBRARY[0]
        raise RuntimeError("the database went away")

    before = indexes(folder)
    with pytest.raises(RuntimeError):
        whoosh.rebuild(broken())
    assert indexes(folder) == before
    assert whoosh.fingerprints().keys() == {document.id for document in LIBRARY}


def test_a_rebuild_without_room_on_the_disk_says_how_much_is_needed(whoosh, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100, 99, 2**20))
    with pytest.raises(SearchUnavailable, match=r"1 MB are free .* 64 MB are needed"):
        whoosh.rebuild(LIBRARY)
    assert whoosh.search(a_query("arithmetic")).total == 1


def test_the_index_is_private(whoosh, folder):
    assert all(folder.joinpath(name).stat().st_mode & 0o077 == 0 for name in indexes(folder))


def test_another_copy_sees_a_swap_at_once(whoosh, folder, taxonomy):
    other = WhooshEngine(folder, taxonomy)
    assert other.search(a_query("arithmetic")).total == 1
    whoosh.rebuild([a_document("new", "Otters", "otters")])
    assert other.search(a_query("otters")).total == 1
    assert other.search(a_query("arithmetic")).total == 0


# Writing


def test_while_someone_else_writes_a_write_waits_a_little_then_says_so(whoosh, folder, monkeypatch):
    monkeypatch.setattr(whoosh_store, "LOCK_WAIT_S", 0.05)
    with (
        FileLock(folder / "writing.lock"),
        pytest.raises(SearchUnavailable, match="written by someone else"),
    ):
        whoosh.write([a_document("new")])
    whoosh.write([a_document("new", "Otters")])
    assert whoosh.search(a_query("otters")).total == 1


def test_a_write_that_fails_leaves_all_as_it_was(whoosh):
    broken = a_document("new", "Otters", facets={})
    object.__setattr__(broken, "body", None)
    with pytest.raises(AttributeError):
        whoosh.write([a_document("other", "Otters"), broken], removed=["talks"])
    assert whoosh.fingerprints().keys() == {document.id for document in LIBRARY}
    whoosh.write([a_document("other", "Otters")])
    assert whoosh.search(a_query("otters")).total == 1


def test_a_full_disk_is_told_and_leaves_all_as_it_was(whoosh, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileStorage, "create_file", full)
        with pytest.raises(SearchUnavailable, match="No space left on device"):
            whoosh.write([a_document("new", "Otters")])
    assert whoosh.fingerprints().keys() == {document.id for document in LIBRARY}
    whoosh.write([a_document("new", "Otters")])
    assert whoosh.search(a_query("otters")).total == 1


def test_more_words_than_addresses_can_tell_apart_are_refused_and_leave_all_as_it_was(
    whoosh, monkeypatch
):
    with monkeypatch.context() as patched:
        patched.setattr("app.search.segments.posting_drawing.MOST_ADDRESSES", 100)
        for write in (whoosh.rebuild, whoosh.write):
            with pytest.raises(SearchUnavailable, match="beyond what one index of ours can hold"):
                write([a_document("new", "Otters", "otters and owls")])
    assert whoosh.fingerprints().keys() == {document.id for document in LIBRARY}
    whoosh.write([a_document("new", "Otters")])
    assert whoosh.search(a_query("otters")).total == 1


def test_searching_goes_on_while_others_write_and_rebuild(folder, taxonomy):
    engine = WhooshEngine(folder, taxonomy)
    engine.rebuild([a_document(f"d{n}", "Otters", f"otters {n}") for n in range(20)])
    errors, totals, is_done = [], [], threading.Event()

    def search():
        try:
            while not is_done.is_set():
                page = engine.search(a_query("otters", per_page=50))
                totals.append((page.total, len(page.hits), page.facet_counts["region"]))
                engine.suggest("ott", PUBLIC)
        except Exception as error:
            errors.append(error)

    readers = [threading.Thread(target=search) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(12):
        engine.write([a_document(f"d{n}", "Otters", f"otters anew {n}")])
        if n % 4 == 3:
            engine.rebuild([a_document(f"d{m}", "Otters", f"otters {m}") for m in range(20)])
    is_done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    # Every answer is whole: before a change or after it, never between.
    assert {repr(one) for one in totals} == {repr((20, 20, {"tayside": 20}))}


def test_a_request_that_began_before_a_commit_still_sees_all_of_its_own_time(whoosh):
    whoosh.rebuild([a_document("a", "Otters"), a_document("b", "Otters")])
    before = whoosh._shelf(PUBLIC)
    whoosh.write([a_document("a", "Otters anew")])
    assert whoosh.search(a_query("otters")).total == 2
    page = answer(a_query("otters"), before, whoosh._language)
    assert sorted(hit.title for hit in page.hits) == ["Otters", "Otters"]


def test_what_is_written_while_the_index_is_being_opened_is_seen_next(
    whoosh, folder, taxonomy, monkeypatch
):
    reader, open_drawn = WhooshEngine(folder, taxonomy), whoosh_engine.open_drawn

    def slowly(path):
        monkeypatch.undo()
        whoosh.write([a_document("new", "Otters")])
        return open_drawn(path)

    monkeypatch.setattr(whoosh_engine, "open_drawn", slowly)
    assert hits(reader, "arithmetic") == ["talks"]
    assert hits(reader, "otters") == ["new"]


# What Whoosh holds


def test_a_document_comes_back_from_the_index_as_it_went_in():
    for document in LIBRARY:
        assert document_of(entry(document)).document == document
