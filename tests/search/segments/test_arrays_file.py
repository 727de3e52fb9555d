"""A file of arrays is whole or it is torn, and is never half there under its name."""

import numpy as np
import pytest

from app.search.segments import arrays_file
from app.search.segments.arrays_file import MAGIC, ROOM_FOR_TABLE, Torn, read_arrays, write_arrays

ARRAYS = {
    "numbers": np.arange(1000, dtype=np.uint32),
    "none": np.zeros(0, np.uint64),
    "rows": np.arange(12, dtype=np.uint16).reshape(3, 4),
    "bytes": np.frombuffer("Gàidhlig".encode(), np.uint8),
}
SHAPES = {name: (array.dtype, array.shape) for name, array in ARRAYS.items()}


def fill(arrays):
    for name, array in ARRAYS.items():
        arrays[name][...] = array


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "segment.arrays"
    write_arrays(path, SHAPES, fill)
    return path


def damaged(path, data):
    """Put other bytes in the file's place, beside it and renamed: it may be mapped."""
    beside = path.with_name("other")
    beside.write_bytes(data)
    beside.replace(path)


def test_what_was_written_is_read(path):
    told = read_arrays(path)
    assert told.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert told[name].dtype == array.dtype
        assert told[name].tolist() == array.tolist()


def test_what_is_read_cannot_be_changed(path):
    with pytest.raises(ValueError, match="read-only"):
        read_arrays(path)["numbers"][0] = 7


@pytest.mark.parametrize("left", [0, 1, 8, 15, 16, 40, 200, ROOM_FOR_TABLE, -64, -1])
def test_a_file_cut_short_anywhere_is_torn(path, left):
    damaged(path, path.read_bytes()[:left])
    with pytest.raises(Torn):
        read_arrays(path)


def test_a_file_with_more_than_its_own_is_torn(path):
    damaged(path, path.read_bytes() + b"\0")
    with pytest.raises(Torn, match="bytes long, not"):
        read_arrays(path)


@pytest.mark.parametrize("at", [*range(16), 17, 60, 100])
def test_a_head_of_which_one_byte_is_wrong_is_torn(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 0x21
    damaged(path, bytes(data))
    with pytest.raises(Torn, match="no head of ours"):
        read_arrays(path)


@pytest.mark.parametrize("start", [b"", MAGIC, MAGIC + b"\xff" * 99, b"SQLite format 3"])
def test_a_file_that_is_not_ours_is_torn(path, start):
    damaged(path, start + b"\0" * 20000)
    with pytest.raises(Torn):
        read_arrays(path)


def test_a_file_that_is_missing_is_said_to_be(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "none")


def test_while_it_is_filled_nothing_stands_under_its_name(tmp_path):
    path = tmp_path / "new.arrays"
    write_arrays(path, SHAPES, lambda arrays: fill(arrays) or _no(path.exists()))
    assert path.exists()


def _no(is_there):
    assert not is_there


def test_a_failure_leaves_the_file_of_before_and_nothing_beside(path):
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        write_arrays(path, SHAPES, lambda arrays: 1 / 0)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_full_disk_is_told_before_anything_is_filled(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arrays_file.os, "posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        write_arrays(path, SHAPES, lambda arrays: pytest.fail("it was filled"))
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_more_arrays_than_the_table_holds_are_refused(tmp_path):
    shapes = {f"an array with a long name, number {n}": (np.uint8, (1,)) for n in range(400)}
    with pytest.raises(ValueError, match="too many arrays"):
        write_arrays(tmp_path / "many", shapes, lambda arrays: None)
