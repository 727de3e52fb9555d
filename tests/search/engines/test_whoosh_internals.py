"""What we lean on of Whoosh without its word: each held against Whoosh's own public reading.

When one of these fails after Whoosh was changed, the index may be read wrongly: mend
app/search/engines/whoosh_internals.py, or go back to the pinned version, before anything else.
"""

import random
from contextlib import contextmanager

import pytest
import whoosh
from filelock import FileLock
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import exists_in
from whoosh.query import Term
from whoosh.writing import SegmentWriter

from app.search.engines.whoosh_internals import (
    BlockReader,
    PreparingWriter,
    commit_of,
    replace_segments,
    segments_of,
    sweep_tables,
    toc_name,
)
from app.search.engines.whoosh_schema import ID_FIELD, entry, make_schema
from app.search.fields import TEXT_FIELDS
from tests.search.documents import a_document

WRITTEN_FOR = (2, 7, 4)
DOCUMENTS = 2300  # in one segment: the commonest word needs many blocks
GONE = ("d0", "d127", "d128", "d129", "d1500", f"d{DOCUMENTS - 1}")
FIELDS = [field.name for field in TEXT_FIELDS]


@contextmanager
def leaning_on(what):
    """Say, whatever happens, which of Whoosh's inner workings is no longer as it was."""
    try:
        yield
    except Exception as error:
        version = ".".join(map(str, whoosh.__version__))
        pytest.fail(
            f"Whoosh {version} no longer does what app/search/engines/whoosh_internals.py "
            f"leans on: {what}. ({type(error).__name__}: {error})"
        )


def library():
    chance = random.Random(1)
    for n in range(DOCUMENTS):
        words = ["otter"] * (1 + n % 3) + chance.choices(["owl", "heron", "wren"], k=n % 5)
        body = " ".join([*words, *(["kingfisher"] if n == 700 else ()), f"number{n}"])
        values = {"tags": ("otter",)} if n % 200 == 0 else {}
        yield a_document(f"d{n}", "Stoat" if n % 2 else "Otter stoat", body, **values)


def drawn(folder, documents, prepare=lambda segment: None):
    """Return an index of one more segment, written as the store writes it."""
    storage = FileStorage(folder, supports_mmap=False)
    if not exists_in(folder):
        storage.create_index(make_schema())
    writer = PreparingWriter(storage.open_index(), 128, prepare)
    for document in documents:
        writer.add_document(**entry(document))
    writer.commit(merge=False)
    return storage.open_index()


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An index of one large segment, some of whose documents were deleted afterwards."""
    folder = tmp_path_factory.mktemp("large")
    drawn(folder, library())
    writer = FileStorage(folder, supports_mmap=False).open_index().writer()
    for id_ in GONE:
        writer.delete_by_term(ID_FIELD, id_)
    writer.commit(merge=False)
    return FileStorage(folder, supports_mmap=False).open_index()


@pytest.fixture(scope="module")
def reader(large):
    with large.reader() as reader:
        yield reader


@pytest.fixture
def block_reader(reader):
    return BlockReader(reader)


def publicly(reader, field, form):
    """Return what Whoosh tells of a form's postings: document -> places."""
    matcher, told = reader.postings(field, form), {}
    while matcher.is_active():
        told[matcher.id()] = matcher.value_as("positions")
        matcher.next()
    return told


def by_blocks(block_reader, field, form):
    found = block_reader.postings(field, form)
    places, at = found.places.tolist(), 0
    told = {}
    for document, count in zip(found.documents.tolist(), found.counts.tolist(), strict=True):
        told[document] = places[at : at + count]
        at += count
    assert at == len(places)
    return told


# The version


def test_whoosh_is_the_version_that_all_this_was_written_for():
    assert whoosh.__version__ == WRITTEN_FOR, (
        "Another Whoosh is installed. Run this file's other tests and tests/search/finding/"
        "test_evaluator.py; where they hold, raise WRITTEN_FOR; where not, mend "
        "app/search/engines/whoosh_internals.py. Raise _REVISION in whoosh_schema.py beside it "
        "if its files have changed, so that every index is drawn anew."
    )


# BlockReader


def test_block_reader_yields_every_form_with_its_counts(reader, block_reader):
    for field in FIELDS:
        with leaning_on("BlockReader.terms: iter_field() yields a form and its extent()"):
            told = list(block_reader.terms(field))
        assert told == [
            (form, reader.doc_frequency(field, form), reader.frequency(field, form))
            for form in reader.lexicon(field)
        ]
    assert (b"otter", DOCUMENTS) in [told[:2] for told in block_reader.terms("body")]


@pytest.mark.parametrize("field", FIELDS)
def test_block_reader_reads_the_postings_that_whoosh_reads(reader, block_reader, field):
    gone = set(range(DOCUMENTS)) - set(reader.all_doc_ids())
    assert len(gone) == len(GONE)
    for form, _, _ in list(block_reader.terms(field)):
        with leaning_on("BlockReader.postings: a mark, then blocks of pickled tuples"):
            told = by_blocks(block_reader, field, form)
        # Whoosh leaves out what is deleted; blocks have it still.
        standing = {number: places for number, places in told.items() if number not in gone}
        assert standing == publicly(reader, field, form), (field, form)


def test_block_reader_reads_one_block_and_many_and_a_term_of_one_posting(block_reader):
    sizes = {form: size for form, size, _ in block_reader.terms("body")}
    assert sizes[b"otter"] == DOCUMENTS > 8 * 128
    assert sizes[b"kingfish"] == 1
    assert by_blocks(block_reader, "body", b"kingfish").keys() == {700}
    numbers = list(by_blocks(block_reader, "body", b"otter"))
    assert numbers == list(range(DOCUMENTS))


def test_block_reader_tells_the_lengths_that_whoosh_tells(reader, block_reader):
    for field in FIELDS:
        with leaning_on("BlockReader.lengths: doc_field_length() of every document"):
            told = block_reader.lengths(field).tolist()
        assert told == [reader.doc_field_length(n, field) or 0 for n in range(DOCUMENTS)]
    assert max(block_reader.lengths("body")) == 3 + 4 + 1


def test_postings_that_do_not_begin_as_they_should_are_refused(reader, block_reader):
    list(block_reader.terms("body"))
    offset, length = block_reader._extents["body", b"otter"]
    block_reader._extents["body", b"otter"] = (offset + 1, length)
    with pytest.raises(ValueError, match="do not begin as they should"):
        block_reader.postings("body", b"otter")


# QuickCodec and PreparingWriter


def test_what_we_write_a_form_at_a_time_whoosh_reads_like_its_own(tmp_path):
    documents = [entry(document) for document in list(library())[:1300]]
    writers = {
        "ours": lambda index: PreparingWriter(index, 64, lambda _: None),
        "Whoosh's own": lambda index: SegmentWriter(index, _lk=False, codec=W3Codec()),
    }
    readers = []
    for name, opened in writers.items():
        (tmp_path / name).mkdir()
        index = FileStorage(tmp_path / name, supports_mmap=False).create_index(make_schema())
        with leaning_on(f"{name}: SegmentWriter takes a codec, a pool and _lk"):
            writer = opened(index)
            for document in documents:
                writer.add_document(**document)
            writer.commit()
        readers.append(index.reader())
    quick, own = readers
    for field in FIELDS:
        assert list(quick.lexicon(field)) == list(own.lexicon(field))
        for form in own.lexicon(field):
            assert publicly(quick, field, form) == publicly(own, field, form)
    numbers = range(len(documents))
    assert [quick.stored_fields(n) for n in numbers] == [own.stored_fields(n) for n in numbers]
    for reader in readers:
        reader.close()


def test_a_new_segment_is_made_ready_before_its_commit_can_be_seen(tmp_path):
    seen = []

    def prepare(segment):
        # Whoever opens the index now still finds the one before.
        now = FileStorage(tmp_path, supports_mmap=False).open_index()
        seen.append((now.latest_generation(), now.doc_count(), segment.doc_count_all()))

    with leaning_on("PreparingWriter: _finalize_segment() returns the new segment"):
        drawn(tmp_path, [a_document("a"), a_document("b")], prepare)
        drawn(tmp_path, [a_document("c")], prepare)
    assert seen == [(0, 0, 2), (1, 2, 1)]


def test_a_writer_neither_waits_for_whoosh_s_lock_nor_takes_it(tmp_path):
    drawn(tmp_path, [a_document("a")])
    lock = FileStorage(tmp_path, supports_mmap=False).open_index().lock("WRITELOCK")
    assert lock.acquire()
    try:
        with leaning_on("PreparingWriter: _lk=False leaves the lock alone"):
            assert drawn(tmp_path, [a_document("b")]).doc_count() == 2
    finally:
        lock.release()
    with FileLock(tmp_path / "ours", timeout=0):
        assert drawn(tmp_path, [a_document("c")]).doc_count() == 3


# The table of contents


def test_the_name_of_a_generation_s_table_is_that_of_whoosh_s_file(tmp_path):
    for expected in (1, 2, 3):
        index = drawn(tmp_path, [a_document(f"d{expected}")])
        assert index.latest_generation() == expected, "each commit raises the generation by one"
        with leaning_on("toc_name: TOC._filename()"):
            told = toc_name(expected)
        assert [path.name for path in tmp_path.glob("*.toc")] == [told]


def test_segments_are_those_that_whoosh_s_readers_read(tmp_path):
    for documents in (["a", "b"], ["c"], ["d", "e", "f"]):
        drawn(tmp_path, map(a_document, documents))
    writer = FileStorage(tmp_path, supports_mmap=False).open_index().writer()
    writer.delete_by_term(ID_FIELD, "e")
    writer.commit(merge=False)
    index = FileStorage(tmp_path, supports_mmap=False).open_index()
    with leaning_on("commit_of: FileIndex._read_toc() has a generation and segments"):
        generation, segments = commit_of(index)
        told = [(s.doc_count_all(), s.deleted_count(), sorted(s.deleted_docs())) for s in segments]
    assert generation == index.latest_generation()
    with index.reader() as reader:
        leaves = [leaf for leaf, _ in reader.leaf_readers()]
        assert told == [
            (
                leaf.doc_count_all(),
                leaf.doc_count_all() - leaf.doc_count(),
                [n for n in range(leaf.doc_count_all()) if leaf.is_deleted(n)],
            )
            for leaf in leaves
        ]
    assert told == [(2, 0, []), (1, 0, []), (3, 1, [1])]
    names = [segment.segment_id() for segment in segments_of(index)]
    assert all((tmp_path / f"{name}.seg").exists() for name in names)


def test_replaced_segments_are_all_that_whoosh_then_reads(tmp_path):
    for id_ in "abc":
        index = drawn(tmp_path, [a_document(id_)])
    generation = index.latest_generation()
    first, gone, last = segments_of(index)
    (tmp_path / f"{gone.segment_id()}.arrays").write_bytes(b"drawn")
    (tmp_path / f"{gone.segment_id()}.arrays.new").write_bytes(b"half drawn")
    (tmp_path / f"{last.segment_id()}.arrays").write_bytes(b"drawn")
    with leaning_on("replace_segments: TOC.read(), TOC(...).write() and clean_files()"):
        replace_segments(tmp_path, [first, last])
    after = FileStorage(tmp_path, supports_mmap=False).open_index()
    assert after.latest_generation() == generation + 1
    with after.searcher() as searcher:
        assert [bool(searcher.document_number(id=id_) is not None) for id_ in "abc"] == [
            True,
            False,
            True,
        ]
        assert len(searcher.search(Term("title", "titl"), limit=None)) == 2
    assert not list(tmp_path.glob(f"{gone.segment_id()}.*")), "files of others are swept"
    assert (tmp_path / f"{last.segment_id()}.arrays").exists()


def test_a_document_deleted_in_a_segment_that_is_put_in_place_stays_deleted(tmp_path):
    index = drawn(tmp_path, map(a_document, "abc"))
    (segment,) = segments_of(index)
    with leaning_on("whoosh_merging._put_in_place: Segment.delete_document()"):
        segment.delete_document(1)
        replace_segments(tmp_path, [segment])
    with FileStorage(tmp_path, supports_mmap=False).open_index().reader() as reader:
        standing = [dict(reader.stored_fields(n))["document"][0][0] for n in reader.all_doc_ids()]
    assert standing == ["a", "c"]


def test_a_table_that_a_killed_commit_left_is_swept_and_no_other(tmp_path, monkeypatch):
    index = drawn(tmp_path, [a_document("a")])
    with monkeypatch.context() as patched:
        patched.setattr(FileStorage, "rename_file", _killed)
        with pytest.raises(KeyboardInterrupt):
            drawn(tmp_path, [a_document("b")])
    with leaning_on("sweep_tables: TOC.write() writes beside, as *.toc.*, and renames"):
        assert len(list(tmp_path.glob("*.toc.*"))) == 1
        sweep_tables(tmp_path)
    assert not list(tmp_path.glob("*.toc.*"))
    assert index.doc_count() == 1
    assert drawn(tmp_path, [a_document("c")]).doc_count() == 2


def _killed(*_, **__):
    raise KeyboardInterrupt
