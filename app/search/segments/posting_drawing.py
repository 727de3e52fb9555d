"""Draw the postings' side of a segment: where each form stands, all fields together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from app.domain.errors import SearchUnavailable
from app.search.fields import TEXT_FIELDS
from app.search.segments.packed_texts import PackedTexts
from app.search.segments.segment_arrays import FIELD_NUMBERS, SLOT_SHIFT, SLOTS, U64, DocumentArrays

MOST_ADDRESSES = 2**32 - 1  # an address has 32 bits; about 1.2 million long documents
TOO_LARGE = (
    "The library has grown beyond what one index of ours can hold, about a million long "
    "resources. The search that was there goes on; a larger engine is needed behind the port."
)


class FieldPostings(NamedTuple):
    """One form in one field: the documents that have it, how often, and where."""

    documents: npt.NDArray[Any]  # ascending
    counts: npt.NDArray[Any]
    places: npt.NDArray[Any]  # from the field's beginning, document after document


class Source(Protocol):
    """Where the postings of a segment are to be had."""

    size: int

    def terms(self, field: str) -> Iterable[tuple[bytes, int, int]]:
        """Yield each form of a field, in order: its documents, and its places in all of them."""
        ...

    def postings(self, field: str, form: bytes) -> FieldPostings:
        """Return the postings of one of the forms that `terms` yields."""
        ...

    def lengths(self, field: str) -> npt.NDArray[Any]:
        """Return the length of a field in each document, in words."""
        ...


@dataclass(frozen=True)
class PostingsPlan:
    """The forms of a segment and where each row's arrays will stand."""

    forms: PackedTexts
    fields_of: list[list[str]]  # by row
    slots_at: U64
    places_at: U64
    size: int
    marks: int  # how many different ones there are

    def shapes(self) -> dict[str, tuple[Any, tuple[int, ...]]]:
        """Return the type and shape of every array to be drawn."""
        return {
            "forms.data": (np.uint8, self.forms.data.shape),
            "forms.at": (np.uint64, self.forms.at.shape),
            "form_counts": (np.uint32, (len(self.forms), self.marks)),
            "slots_at": (np.uint64, self.slots_at.shape),
            "places_at": (np.uint64, self.places_at.shape),
            "slots": (np.uint32, (int(self.slots_at[-1]),)),
            "counts": (np.uint16, (int(self.slots_at[-1]),)),
            "places": (np.uint32, (int(self.places_at[-1]),)),
            "lengths": (np.uint32, (self.size * SLOTS,)),
        }


def plan_postings(source: Source, documents: DocumentArrays) -> PostingsPlan:
    """Look which forms there are and how much room each needs.

    Raises:
        SearchUnavailable: the segment has more places than addresses can tell apart.
    """
    if int(documents.bases[-1]) > MOST_ADDRESSES:
        raise SearchUnavailable(TOO_LARGE)
    fields_of: dict[bytes, list[str]] = {}
    room: dict[bytes, list[int]] = {}
    for field in TEXT_FIELDS:
        for form, having, places in source.terms(field.name):
            fields_of.setdefault(form, []).append(field.name)
            needed = room.setdefault(form, [0, 0])
            needed[0] += having
            needed[1] += places
    forms = sorted(fields_of)
    at = np.zeros((len(forms) + 1, 2), np.uint64)
    if forms:
        np.cumsum([room[form] for form in forms], axis=0, out=at[1:])
    return PostingsPlan(
        forms=PackedTexts.of_bytes(forms),
        fields_of=[fields_of[form] for form in forms],
        slots_at=np.ascontiguousarray(at[:, 0]),
        places_at=np.ascontiguousarray(at[:, 1]),
        size=source.size,
        marks=len(documents.mark_names),
    )


def draw_postings(
    plan: PostingsPlan,
    source: Source,
    documents: DocumentArrays,
    into: Mapping[str, npt.NDArray[Any]],
) -> None:
    """Fill the arrays of `plan.shapes()`."""
    into["forms.data"][:] = plan.forms.data
    into["forms.at"][:] = plan.forms.at
    into["slots_at"][:] = plan.slots_at
    into["places_at"][:] = plan.places_at
    lengths = into["lengths"].reshape(-1, SLOTS)
    lengths[:] = 0
    for field in TEXT_FIELDS:
        lengths[:, FIELD_NUMBERS[field.name]] = source.lengths(field.name)
    slots_at, places_at = plan.slots_at.tolist(), plan.places_at.tolist()
    for row, names in enumerate(plan.fields_of):
        form = plan.forms.raw(row)
        parts = [_placed(source.postings(name, form), name, documents.bases) for name in names]
        slots, counts, places = parts[0] if len(parts) == 1 else _joined(parts)
        first, last = slots_at[row], slots_at[row + 1]
        into["slots"][first:last] = slots
        into["counts"][first:last] = counts
        into["places"][places_at[row] : places_at[row + 1]] = places
        having = np.unique(slots >> SLOT_SHIFT) if len(parts) > 1 else slots >> SLOT_SHIFT
        into["form_counts"][row] = np.bincount(documents.marks[having], minlength=plan.marks)


_Row = tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]


def _placed(found: FieldPostings, field: str, bases: U64) -> _Row:
    """Return slots, counts and addresses."""
    slots = found.documents * SLOTS + FIELD_NUMBERS[field]
    return slots, found.counts, np.repeat(bases[slots], found.counts) + found.places


def _joined(parts: list[_Row]) -> _Row:
    """Return the fields of a form as one row, by slot."""
    slots = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    places = np.concatenate([part[2] for part in parts])
    order = np.argsort(slots, kind="stable")
    # Addresses ascend with the slots, and within a slot they ascend already.
    return slots[order], counts[order], np.sort(places)
