"""Words that are a few slips of the keys away from one."""

from collections.abc import Iterator

import numpy as np
from rapidfuzz.distance import OSA

from app.search.segments.packed_texts import PackedTexts

_LETTERS = 31  # the low bits of a letter tell it, in upper and lower case alike


class NearWords:
    """Packed words, ready to be looked through."""

    def __init__(self, words: PackedTexts) -> None:
        self._words = words
        self._lengths = np.diff(words.at.astype(np.int64))
        self._letters = _letters(words)

    def within(self, typed: str, edits: int) -> Iterator[tuple[str, int]]:
        """Yield each word at most so many edits away, with how many; in no order.

        An edit is a letter wrong, missing, too much, or two swapped (optimal string alignment).
        """
        raw = typed.encode("utf-8", "replace")
        if not len(self._lengths):
            return
        letters = np.bitwise_or.reduce(_bits(np.frombuffer(raw, np.uint8)), initial=np.uint32(0))
        # An edit changes two letters at most: whatever differs in more is no near word.
        may_be = np.bitwise_count(self._letters ^ letters) <= 2 * edits
        may_be &= np.abs(self._lengths - len(raw)) <= edits
        for number in np.flatnonzero(may_be).tolist():
            word = self._words[number]
            distance = int(OSA.distance(typed, word, score_cutoff=edits))
            if distance <= edits:
                yield word, distance


def _letters(words: PackedTexts) -> np.ndarray:
    """Return which letters each word has, as bits."""
    if not len(words.data):
        return np.zeros(len(words), np.uint32)
    starts = np.minimum(words.at[:-1].astype(np.int64), len(words.data) - 1)
    letters: np.ndarray = np.bitwise_or.reduceat(_bits(words.data), starts)
    return letters


def _bits(letters: np.ndarray) -> np.ndarray:
    bits: np.ndarray = np.uint32(1) << (letters & _LETTERS).astype(np.uint32)
    return bits
