"""Everything of Whoosh that is not documented and that we lean on: look here when Whoosh changes.

tests/search/engines/test_whoosh_internals.py holds each of these against Whoosh's own public
reading.
"""

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter, sub
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex, clean_files
from whoosh.reading import IndexReader
from whoosh.system import pack_int, pack_ushort
from whoosh.writing import SegmentWriter

from app.search.segments.posting_drawing import FieldPostings
from app.search.segments.posting_pool import PostingPool, TermPostings

INDEX_NAME = "MAIN"  # Whoosh's own, where nobody gives another
BLOCK = 1024  # postings written together
COMPRESSION = 1  # the quickest: reading is done from the arrays
SMALL = 200  # bytes; so little is not worth compressing, and most forms have no more


class QuickCodec(W3Codec):
    """Whoosh's own files, written a form at a time instead of a posting at a time.

    No shortest and longest length is kept with each block of postings. Only
    Whoosh's top-ten shortcut asks for them, and that loses true hits.
    """

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Return what writes the forms of a segment and their postings."""
        return _QuickFieldWriter(self, storage, segment)


class _QuickFieldWriter(W3FieldWriter):
    def add_postings(self, schema: Any, lengths: Any, items: Iterable[TermPostings]) -> None:
        for field, terms in groupby(items, attrgetter("field")):
            self.start_field(field, schema[field])
            has_values = schema[field].format.fixed_value_size() != 0
            for term in terms:
                self._write_term(term, has_values)
            self.finish_field()

    def _write_term(self, term: TermPostings, has_values: bool) -> None:
        documents, values = term.documents, term.values
        weights = [len(value) // 4 or 1 for value in values]
        start, last = self._postfile.tell(), len(documents)
        blocks = [WHOOSH3_HEADER_MAGIC]
        for first in range(0, last, BLOCK):
            end = min(first + BLOCK, last)
            some = values[first:end] if has_values else None
            block = _block(documents[first:end], weights[first:end], some)
            blocks += [pack_int(-len(block) if end == last else len(block)), block]
        written = b"".join(blocks)
        self._postfile.write(written)
        info = W3TermInfo(float(sum(weights)), last, 0, 0, float(max(weights)))
        info._minid, info._maxid = documents[0], documents[-1]
        info.set_extent(start, len(written))
        self._tindex.add(pack_ushort(self._fieldid) + term.form, info.to_bytes())


def _block(documents: list[int], weights: list[int], values: list[bytes] | None) -> bytes:
    """Return some postings of one form as Whoosh reads them."""
    gaps = (documents[0], *map(sub, documents[1:], documents))
    most = max(weights)
    if most > min(weights):
        told: Any = tuple(map(float, weights))
    else:
        told = None if most == 1 else float(most)
    data = pickle.dumps((gaps, told, None if values is None else tuple(values)), 2)
    level = COMPRESSION if len(data) > SMALL else 0
    head = (len(documents), documents[-1], float(most), level, 0, 0)
    return pickle.dumps(head, 2) + (zlib.compress(data, level) if level else data)


BeforeCommit = Callable[[Any], None]  # is given each new segment


class PreparingWriter(SegmentWriter):
    """A writer that lets each new segment be made ready before its commit can be seen.

    It takes no lock of Whoosh's, which outlives a writer that could not begin:
    whoever writes holds ours.
    """

    def __init__(self, index: FileIndex, memory_limit_mb: int, prepare: BeforeCommit) -> None:
        super().__init__(index, _lk=False, codec=QuickCodec())
        self.pool = PostingPool(Path(index.storage.folder), memory_limit_mb * 2**20)
        self._prepare = prepare

    def add_document(self, **fields: Any) -> None:
        """Add a document: what Whoosh does, without what no field of ours asks for."""
        writer = self.perdocwriter
        writer.start_doc(self.docnum)
        for name in sorted(fields):
            field, length = self.schema[name], 0
            if field.indexed:
                items = [*field.index(fields[name])]
                self.pool.add_document(name, self.docnum, items)
                length = sum(map(itemgetter(1), items)) if field.scorable else 0
            writer.add_field(name, field, fields[name] if field.stored else None, length)
        writer.finish_doc()
        self._added = True
        self.docnum += 1

    def _finalize_segment(self) -> Any:
        segment = super()._finalize_segment()
        self._prepare(segment)
        return segment


def toc_name(generation: int) -> str:
    """Return the name of the file that tells how an index stood after a commit."""
    name: str = TOC._filename(INDEX_NAME, generation)
    return name


def commit_of(index: FileIndex) -> tuple[int, Sequence[Any]]:
    """Return the last commit's generation and its segments, read in one step.

    An index tells of itself as it stands now, not as it stood when it was
    opened: asked for one after the other, the two may be of different commits.
    """
    toc = index._read_toc()
    return toc.generation, toc.segments


def segments_of(index: FileIndex) -> Sequence[Any]:
    """Return the segments of an index as it stands now."""
    return commit_of(index)[1]


def replace_segments(folder: Any, segments: Sequence[Any]) -> None:
    """Let an index consist of these segments, in one step; files of others are swept.

    For whoever holds the folder's lock.
    """
    storage = FileStorage(folder, supports_mmap=False)
    toc = TOC.read(storage, INDEX_NAME)
    generation = toc.generation + 1
    TOC(toc.schema, list(segments), generation).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, generation, list(segments))


def sweep_tables(folder: Path) -> None:
    """Remove what killed commits left of tables of contents that were not yet in place.

    Whoosh sweeps all else of theirs itself. For whoever holds the folder's lock.
    """
    for path in folder.glob("*.toc.*"):
        path.unlink(missing_ok=True)


class BlockReader:
    """Reads a segment's postings a block at a time, as arrays (the format of Whoosh 2.7, "W3").

    A term's postings are a mark, then blocks: a length (negative for the last),
    a pickle that tells of the block, and a pickled tuple of the gaps between
    documents, the weights (None: all 1; a number: all that) and the values.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.size: int = reader.doc_count_all()
        self._reader = reader
        self._file = reader._terms._postfile
        self._extents: dict[tuple[str, bytes], tuple[int, int]] = {}

    def terms(self, field: str) -> Iterator[tuple[bytes, int, int]]:
        """Yield each form of a field, in order: its documents, and its places in all of them."""
        for text, info in self._reader.iter_field(field):
            form = text if isinstance(text, bytes) else text.encode("utf-8")
            offset, (length,) = info.extent()  # Whoosh leaves the length in a tuple
            self._extents[field, form] = (offset, length)
            yield form, info.doc_frequency(), int(info.weight())

    def postings(self, field: str, form: bytes) -> FieldPostings:
        """Return the postings of one of the forms that `terms` has yielded."""
        offset, length = self._extents[field, form]
        self._file.seek(offset)
        data = bytes(self._file.read(length))
        if data[:4] != WHOOSH3_HEADER_MAGIC:
            raise ValueError("Whoosh's postings do not begin as they should")
        documents: list[int] = []
        values: list[bytes] = []
        stream = BytesIO(data)
        at, is_last = 4, False
        while not is_last:
            size = int.from_bytes(data[at : at + 4], "big", signed=True)
            is_last, at = size < 0, at + 4
            stream.seek(at)
            told = pickle.load(stream)  # noqa: S301 - a file of ours in a private folder
            packed = data[stream.tell() : at + abs(size)]
            block = pickle.loads(zlib.decompress(packed) if told[3] else packed)  # noqa: S301
            documents += accumulate(block[0])  # each block counts from 0 anew
            values += block[2]
            at += abs(size)
        return _as_arrays(documents, values)

    def lengths(self, field: str) -> npt.NDArray[Any]:
        """Return the length of a field in each document, in words, as Whoosh keeps it."""
        reader = self._reader
        return np.fromiter(
            (reader.doc_field_length(n, field) or 0 for n in range(self.size)), np.uint32, self.size
        )


def _as_arrays(documents: list[int], values: list[bytes]) -> FieldPostings:
    sizes = np.fromiter(map(len, values), np.int64, len(values)) // 4
    places = np.frombuffer(b"".join(values), np.uint32)
    return FieldPostings(np.array(documents, np.int64), sizes, places)
