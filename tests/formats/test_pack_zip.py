"""Zips whose names are safe to unpack anywhere."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from app.formats.pack_zip import safe_name, to_zip


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.csv", "plan.csv"),
        ("../../etc/passwd", "file-3"),
        ("a/b.png", "file-3.png"),
        ("a\\b.png", "file-3.png"),
        ("gàidhlig.PDF", "file-3.pdf"),
        ("CON.txt", "file-3.txt"),
        (".hidden", "file-3.hidden"),
        ("x" * 200 + ".pdf", "file-3.pdf"),
    ],
)
def test_a_name_that_could_do_harm_becomes_a_number(name, safe):
    assert safe_name(name, 3) == safe


@pytest.mark.parametrize("name", ["/x", "../x", "a/../x", "C:/x", "a\\x", "x y"])
def test_no_entry_leaves_its_folder(name):
    with pytest.raises(ValueError, match="no name for a zip"):
        to_zip({name: b""})


def test_the_same_files_are_the_same_bytes_in_any_order():
    files = {"b.html": b"<p>", "a.png": b"\x89PNG"}
    first = to_zip(files, "pack")
    assert first == to_zip(dict(reversed(files.items())), "pack")
    with ZipFile(BytesIO(first)) as packed:
        assert packed.namelist() == ["pack/a.png", "pack/b.html"]
        assert packed.testzip() is None
