"""What is known of one segment, as arrays: in a mapped file or in memory, read alike.

Documents count from 0. A *slot* is one field of one document: document * 8 + field.
An *address* counts the words of a segment through: all fields of its first document,
then of its second, with gaps between fields so that no phrase runs across.
A *row* is one form of a word, in the order of the forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.fields import TEXT_FIELDS
from app.search.segments.near_words import NearWords
from app.search.segments.packed_texts import PackedTexts

SLOTS = 8  # to a document; a power of two, so that a slot's document is a shift away
SLOT_SHIFT = 3
GAP = 512  # addresses between two fields: more than a query's characters
HEAD = 12  # bytes
OFFER_KINDS = ("term", "tag", "title", "school")  # the order among equals
FIELD_NUMBERS = {field.name: number for number, field in enumerate(TEXT_FIELDS)}

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]
Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class DocumentArrays:
    """The documents of a segment, deleted ones too."""

    ids: PackedTexts
    ids_order: U32  # document numbers by id
    fingerprints: PackedTexts
    marks: U16  # of each document, a number in mark_names
    mark_names: PackedTexts
    filed_names: PackedTexts  # facet=code, sorted
    filed: U64  # a row of bits to each of filed_names: the documents filed under it
    published: I32  # days; 0 where there is no date
    review: I32
    tries: I32  # schools that tried it
    titles: PackedTexts  # folded
    title_ranks: U32  # by folded title, then id
    cards: PackedTexts  # JSON: what a line of results shows (cards.py)
    bodies: PackedTexts
    steps: U32  # bytes from a body's beginning to every 16th place
    steps_at: U64  # where each document's steps begin
    bases: U64  # the address of each slot, and the first after all
    words: PackedTexts  # the different words, whole and folded, sorted
    word_counts: U32  # a row to each word, a column to each mark: documents that have it
    offers: PackedTexts  # texts that may be suggested: titles, tags, terms, schools
    offer_kinds: U8  # a number in OFFER_KINDS
    offer_documents: U32  # the documents that carry each offer ...
    offer_documents_at: U64  # ... and where each offer's begin
    offer_folds: PackedTexts  # each offer folded
    offer_starts: U64  # every word of the folded offers, by the text from it on: offer << 16 | byte
    offer_heads: npt.NDArray[np.bytes_]  # the first HEAD bytes of each of them

    @cached_property
    def near_words(self) -> NearWords:
        """The words, ready to be looked through for near ones."""
        return NearWords(self.words)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.marks)


@dataclass(frozen=True)
class PostingArrays:
    """Where each form stands; every array but the first runs through all rows."""

    forms: PackedTexts  # sorted
    form_counts: U32  # a row to each form, a column to each mark: documents that have it
    slots_at: U64  # where each row's slots begin
    places_at: U64
    slots: U32  # ascending within a row
    counts: U16  # times the form stands in the slot
    places: U32  # the addresses where it stands, ascending within a row
    lengths: U32  # of each slot, in words as Whoosh tells them


@dataclass(frozen=True)
class SegmentArrays:
    """Both sides of a segment."""

    documents: DocumentArrays
    postings: PostingArrays


def flattened(side: DocumentArrays | PostingArrays) -> dict[str, npt.NDArray[Any]]:
    """Return every array by its name, packed texts as two."""
    held: dict[str, npt.NDArray[Any]] = {}
    for field in fields(side):
        value = getattr(side, field.name)
        if isinstance(value, PackedTexts):
            held |= {f"{field.name}.data": value.data, f"{field.name}.at": value.at}
        else:
            held[field.name] = value
    return held


def gathered(arrays: Arrays) -> SegmentArrays:
    """Return a segment from all its arrays by name."""

    def side(kind: type[Any]) -> Any:
        return kind(
            **{
                field.name: arrays[field.name]
                if field.name in arrays
                else PackedTexts(arrays[f"{field.name}.data"], arrays[f"{field.name}.at"])
                for field in fields(kind)
            }
        )

    return SegmentArrays(side(DocumentArrays), side(PostingArrays))
