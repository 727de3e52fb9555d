"""Named arrays in one file that is mapped, not read: written beside, renamed when whole.

8 bytes   MAGIC
8 bytes   length of the table, then its CRC-32 (4 bytes each, little-endian)
table     JSON: the file's size, and for each array its type, shape and place
arrays    each at a multiple of 64 bytes
"""

import json
import mmap
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"GPLflat1"
ALIGNED = 64
ROOM_FOR_TABLE = 16384  # bytes
_HEAD = 16

Array = npt.NDArray[Any]
Shapes = Mapping[str, tuple[Any, tuple[int, ...]]]  # name -> type and shape


class Torn(ValueError):
    """The file is not whole, or not ours."""


def write_arrays(path: Path, shapes: Shapes, fill: Callable[[Mapping[str, Array]], None]) -> None:
    """Write a file of arrays whose sizes are known; `fill` is given them to be filled in place.

    The name appears only when all is on the disk.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    places, size = _laid_out(shapes)
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("w+b") as file:
            os.posix_fallocate(file.fileno(), 0, size)  # a full disk is told here, not by a signal
            # The map is closed with the last array over it, not here.
            held = mmap.mmap(file.fileno(), size)
            fill({name: _array(held, place) for name, place in places.items()})
            _write_head(held, places, size)
            held.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_arrays(path: Path) -> dict[str, Array]:
    """Map a file of arrays; nothing is read before it is asked for.

    Raises:
        FileNotFoundError: there is none.
        Torn: it is not whole.
    """
    with path.open("rb") as file:
        try:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            raise Torn(str(path)) from None
    places = _read_head(held, path)
    return {name: _array(held, place) for name, place in places.items()}


def _laid_out(shapes: Shapes) -> tuple[dict[str, dict[str, Any]], int]:
    places: dict[str, dict[str, Any]] = {}
    at = ROOM_FOR_TABLE
    for name, (kind, shape) in shapes.items():
        dtype = np.dtype(kind)
        places[name] = {"type": dtype.str, "shape": list(shape), "at": at}
        at += int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        at += -at % ALIGNED
    return places, at


def _array(held: mmap.mmap, place: Mapping[str, Any]) -> Array:
    shape = tuple(place["shape"])
    count = int(np.prod(shape, dtype=np.int64))
    # Plain arrays over the map: numpy's own memmap type is slow to slice.
    return np.frombuffer(held, place["type"], count, place["at"]).reshape(shape)


def _write_head(held: mmap.mmap, places: Mapping[str, Any], size: int) -> None:
    table = json.dumps({"size": size, "arrays": places}).encode()
    if _HEAD + len(table) > ROOM_FOR_TABLE:
        raise ValueError("there are too many arrays for the table")
    held[_HEAD : _HEAD + len(table)] = table
    told = len(table).to_bytes(4, "little") + zlib.crc32(table).to_bytes(4, "little")
    held[:_HEAD] = MAGIC + told


def _read_head(held: mmap.mmap, path: Path) -> dict[str, dict[str, Any]]:
    length = int.from_bytes(held[8:12], "little")
    table = held[_HEAD : _HEAD + length]
    # Nothing has the CRC-32 of 0, as a head that was never written down has.
    is_told = table and zlib.crc32(table) == int.from_bytes(held[12:_HEAD], "little")
    if held[:8] != MAGIC or not is_told:
        raise Torn(f"{path} has no head of ours")
    told = json.loads(table)
    if told["size"] != len(held):
        raise Torn(f"{path} is {len(held)} bytes long, not {told['size']}")
    places: dict[str, dict[str, Any]] = told["arrays"]
    return places
