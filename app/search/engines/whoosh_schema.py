"""How a document lies in a Whoosh index: the schema, and the way there and back.

Whoosh keeps, for each text field, where each form of a word stands; what each
document is filed under; and the document itself, with what drawing its segment
(segment_drawing.py) would otherwise have to find out by reading its words again.
"""

import hashlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Format

from app.search.fields import TEXT_FIELDS
from app.search.port import SearchDocument
from app.search.segments.stored_documents import (
    StoredDocument,
    filed_under,
    read_fields,
    stored_of,
)

ID_FIELD = "id"
FILED_FIELD = "filed"  # facet=code for each term, and mark=… for who may see it
STORED_FIELD = "document"
MOST_COUNTED = 65535  # places that one form may have in one field of one document

# Raise this when analysis or what is stored changes, so that older indexes are drawn anew.
_REVISION = 5


class PlacesFormat(Format):
    """The places of a word in one field of one document: unsigned 32-bit numbers, ascending."""

    def __init__(self) -> None:
        super().__init__()
        self.posting_size = -1

    def decode_positions(self, value: bytes) -> list[int]:
        """Return the places, as Whoosh's own phrase search asks for them."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """Return how many places there are."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """Return what they weigh: 1 each."""
        return float(len(value) // 4)


class WordsField(FieldType):
    """A text field that is given the places of each form, read already."""

    analyzer = None
    scorable = True
    stored = False
    unique = False
    vector = None
    column_type = None

    def __init__(self) -> None:
        self.format = PlacesFormat()

    def index(
        self, value: Mapping[str, Sequence[int]], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each form with how often and where it stands."""
        for form, found in value.items():
            counted = found[:MOST_COUNTED]
            size = len(counted)
            yield form.encode("utf-8"), size, float(size), array("I", counted).tobytes()

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a form as the index holds it."""
        return value if isinstance(value, bytes) else value.encode("utf-8")

    def from_bytes(self, value: bytes) -> str:
        """Return a form from the index."""
        return value.decode("utf-8")


def make_schema() -> Schema:
    """Return the schema of a new index."""
    schema = Schema()
    schema.add(ID_FIELD, ID(unique=True))
    schema.add(FILED_FIELD, ID())
    schema.add(STORED_FIELD, STORED())
    for field in TEXT_FIELDS:
        schema.add(field.name, WordsField())
    return schema


def layout() -> str:
    """Return a short name that changes with the schema: an index of another cannot be read."""
    # Whoosh pickles the fields into the index, by the room where they stand.
    told = (_REVISION, __name__, [field.name for field in TEXT_FIELDS], _attributes())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:8]


def entry(document: SearchDocument) -> dict[str, Any]:
    """Return a document as Whoosh takes it in."""
    read = read_fields(document)
    return {
        **{name: found.places for name, found in read.items() if found.places},
        ID_FIELD: document.id,
        FILED_FIELD: filed_under(document),
        STORED_FIELD: _packed(stored_of(document, read)),
    }


def document_of(stored: Mapping[str, Any]) -> StoredDocument:
    """Return what an entry kept."""
    values, surfaces, spans, steps = stored[STORED_FIELD]
    document = SearchDocument(**dict(zip(_attributes(), values, strict=True)))
    return StoredDocument(
        document, tuple(surfaces.split("\n")) if surfaces else (), spans, tuple(array("I", steps))
    )


def _packed(kept: StoredDocument) -> tuple[Any, ...]:
    # Whoosh pickles and compresses what is stored.
    plain = replace(kept.document, facets=dict(kept.document.facets))
    values = tuple(getattr(plain, name) for name in _attributes())
    return values, "\n".join(kept.surfaces), kept.spans, array("I", kept.steps).tobytes()


def _attributes() -> list[str]:
    return [field.name for field in fields(SearchDocument)]
