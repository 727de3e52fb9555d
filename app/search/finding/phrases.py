"""Find forms at their places from each other: a phrase, all fields at once."""

import numpy as np
import numpy.typing as npt

from app.search.analysis import Phrase
from app.search.segments.segment import Postings, Segment

LARGE = 2048  # addresses; from here on a rough look first is quicker
_ROUGH = 1 << 20  # marks of the rough look; a power of two

Addresses = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.intp]


def occurrences_of(phrase: Phrase, segment: Segment) -> Postings | None:
    """Return where in a segment a phrase stands; None where nowhere.

    The slots are those of its rarest form, which all stand in the same field.
    """
    held = sorted(((segment.places(form), offset, form) for form, offset in phrase), key=_length)
    rarest, offset, form = held[0]
    at: Numbers | None = None
    for places, other, _ in held[1:]:
        at = _followed(rarest, at, places, other - offset)
        if not len(at):
            return None
    postings = segment.postings(form)
    if postings is None or at is None:
        return postings
    slots = np.repeat(postings.slots, postings.counts).take(at)
    firsts = np.flatnonzero(slots[1:] != slots[:-1]) + 1
    firsts = np.concatenate((np.zeros(1, np.intp), firsts))
    return Postings(slots.take(firsts), np.diff(firsts, append=len(slots)))


def _length(held: tuple[Addresses, int, str]) -> int:
    return len(held[0])


def _followed(rarest: Addresses, at: Numbers | None, places: Addresses, offset: int) -> Numbers:
    """Return which of the rarest form's addresses have one of the places so many words on.

    Args:
        at: which of them to look at; None: all.
    """
    # Addresses wrap around at their ends, where no word is to be met.
    wanted = rarest + np.uint32(offset % (1 << 32))
    if at is not None:
        wanted = wanted.take(at)
    if len(wanted) > LARGE:
        # Mark the places in a small table first; most addresses fall away at once.
        rough = np.zeros(_ROUGH, np.bool_)
        rough[places & np.uint32(_ROUGH - 1)] = True
        keep = np.flatnonzero(rough.take(wanted & np.uint32(_ROUGH - 1)))
        wanted = wanted.take(keep)
        at = keep if at is None else at.take(keep)
    if not len(places):
        return np.zeros(0, np.intp)
    found = np.searchsorted(places, wanted)
    found[found == len(places)] = 0
    keep = np.flatnonzero(places.take(found) == wanted)
    return keep if at is None else at.take(keep)
