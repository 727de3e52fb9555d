"""Find forms at their places from each other: a phrase, all fields at once."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.search.analysis import Phrase
from app.search.segment import Postings, Segment, slots_at

LARGE = 2048  # addresses; from here on a rough look first is quicker
_ROUGH = 1 << 20  # marks of the rough look; a power of two

Addresses = npt.NDArray[np.int64]


def occurrences_of(phrase: Phrase, segment: Segment) -> Postings | None:
    """Return where in a segment a phrase stands; None where nowhere."""
    held = sorted(((segment.places(form), offset) for form, offset in phrase), key=_length)
    if not len(held[0][0]):
        return None
    places, offset = held[0]
    starts = places.astype(np.int64) - offset
    for places, offset in held[1:]:
        starts = _followed(starts, places, offset)
        if not len(starts):
            return None
    slots = slots_at(starts, segment.documents.bases)
    slots, counts = np.unique(slots, return_counts=True)
    return Postings(slots, counts)


def _length(held: tuple[npt.NDArray[Any], int]) -> int:
    return len(held[0])


def _followed(starts: Addresses, places: npt.NDArray[Any], offset: int) -> Addresses:
    """Return the starts that have one of the places so many words on."""
    wanted = starts + offset
    if len(wanted) > LARGE:
        # Mark the places in a small table first; most starts fall away at once.
        rough = np.zeros(_ROUGH, np.bool_)
        rough[places & (_ROUGH - 1)] = True
        keep = rough[wanted & (_ROUGH - 1)]
        starts, wanted = starts[keep], wanted[keep]
    at = np.searchsorted(places, wanted)
    at[at == len(places)] = 0
    followed: Addresses = starts[places[at] == wanted]
    return followed
