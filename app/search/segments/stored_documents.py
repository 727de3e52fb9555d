"""A document as an index keeps it: itself, and what reading its words has found out."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.search.analysis import FieldWords, words_together
from app.search.fields import TEXT_FIELDS, texts_of
from app.search.port import SearchDocument

MARK = "mark"
WORDS_BETWEEN_STEPS = 16  # of the body: a snippet begins reading at one


@dataclass(frozen=True)
class StoredDocument:
    """What the index keeps of a document besides its postings."""

    document: SearchDocument
    surfaces: tuple[str, ...]  # its different words, whole and folded, from any field
    spans: tuple[int, ...]  # by field of TEXT_FIELDS: the place after its last word
    steps: tuple[int, ...]  # where every 16th place of the body begins, in characters


def read_fields(document: SearchDocument) -> Mapping[str, FieldWords]:
    """Return the words of each text field."""
    return {
        # A lone surrogate, half a character, cannot be written down as UTF-8.
        name: words_together(text.encode("utf-8", "replace").decode("utf-8"), WORDS_BETWEEN_STEPS)
        for name, text in texts_of(document).items()
    }


def filed_under(document: SearchDocument) -> list[str]:
    """Return what a document is filed under, and its mark."""
    filed = [f"{facet}={code}" for facet, codes in document.facets.items() for code in codes]
    return [f"{MARK}={document.mark}", *sorted(set(filed))]


def stored_of(document: SearchDocument, read: Mapping[str, FieldWords]) -> StoredDocument:
    """Return what is kept of a document whose fields' words are given."""
    return StoredDocument(
        document=document,
        surfaces=tuple(set[str]().union(*(found.surfaces for found in read.values()))),
        spans=tuple(read[field.name].end for field in TEXT_FIELDS),
        steps=tuple(read["body"].steps),
    )
