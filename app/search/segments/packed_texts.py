"""Many texts in two arrays, so that they can stand in a mapped file and cost no memory."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class PackedTexts:
    """Texts by number, as UTF-8 one after the other."""

    data: npt.NDArray[np.uint8]
    at: npt.NDArray[np.uint64]  # where each begins, and where the last ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> "PackedTexts":
        """Pack texts in their order."""
        return cls.of_bytes([text.encode("utf-8", "replace") for text in texts])

    @classmethod
    def of_bytes(cls, pieces: list[bytes]) -> "PackedTexts":
        """Pack texts that are UTF-8 already."""
        ends = accumulate((len(piece) for piece in pieces), initial=0)
        at = np.fromiter(ends, np.uint64, len(pieces) + 1)
        return cls(np.frombuffer(b"".join(pieces), np.uint8), at)

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, number: int) -> str:
        data, at = self._views
        return str(data[at[number] : at[number + 1]], "utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        ends = self.at.tolist()
        data = self.data.tobytes()
        for start, end in pairwise(ends):
            yield data[start:end].decode("utf-8", "replace")

    @cached_property
    def _views(self) -> tuple[memoryview, memoryview]:
        """Both arrays as plain memory: one number of an array costs NumPy ten times as much."""
        return memoryview(self.data), memoryview(self.at)  # type: ignore[arg-type]

    def raw(self, number: int) -> bytes:
        """Return one text as UTF-8."""
        data, at = self._views
        return bytes(data[at[number] : at[number + 1]])

    def slice(self, number: int, start: int, end: int) -> str:
        """Return a piece of one text; `start` and `end` are bytes from its beginning."""
        data, at = self._views
        first = at[number]
        last = min(first + end, at[number + 1])
        return str(data[first + start : last], "utf-8", "replace")

    def first_not_below(self, text: str) -> int:
        """Return the number of the first text that is not below; the texts must be sorted."""
        return bisect_left(range(len(self)), text.encode("utf-8", "replace"), key=self.raw)

    def find(self, text: str) -> int:
        """Return the number of a text, -1 where it is none of them; they must be sorted."""
        number = self.first_not_below(text)
        return number if number < len(self) and self[number] == text else -1


class TextPacker:
    """Packs texts one after the other, so that none need be held by itself."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._at = array("Q", [0])

    def add(self, raw: bytes) -> None:
        """Take in one more text, as UTF-8."""
        self._data += raw
        self._at.append(len(self._data))

    def packed(self) -> PackedTexts:
        """Return the texts taken in; none can be added afterwards."""
        return PackedTexts(np.frombuffer(self._data, np.uint8), np.frombuffer(self._at, np.uint64))
