"""Draw a Whoosh segment's file of arrays, and open it again."""

from collections.abc import Mapping
from pathlib import Path

from whoosh.reading import IndexReader

from app.search.engines.whoosh_schema import document_of
from app.search.segments.arrays_file import Array, read_arrays, write_arrays
from app.search.segments.document_drawing import draw_documents
from app.search.segments.posting_drawing import Source, draw_postings, plan_postings
from app.search.segments.segment import DrawnSegment
from app.search.segments.segment_arrays import flattened, gathered


def draw(reader: IndexReader, source: Source, path: Path) -> None:
    """Draw a segment from its documents and postings; the file appears when it is whole.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    numbers = range(reader.doc_count_all())
    documents = draw_documents(document_of(reader.stored_fields(n)) for n in numbers)
    plan = plan_postings(source, documents)
    held = flattened(documents)
    shapes = {name: (array.dtype, array.shape) for name, array in held.items()} | plan.shapes()

    def fill(arrays: Mapping[str, Array]) -> None:
        for name, array in held.items():
            arrays[name][...] = array
        draw_postings(plan, source, documents, arrays)

    write_arrays(path, shapes, fill)


def open_drawn(path: Path) -> DrawnSegment:
    """Open a segment's file of arrays.

    Raises:
        FileNotFoundError: there is none.
        Torn: it is not whole.
    """
    return DrawnSegment(gathered(read_arrays(path)))
