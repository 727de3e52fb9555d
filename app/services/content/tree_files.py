"""Read the bytes of a file that stands beside a text, and of no file outside the tree."""

from pathlib import Path

from app.domain.errors import InvalidInput
from app.formats.file_tree import FileTree
from app.formats.sizes import MEBIBYTE


class CannotRead(InvalidInput):
    """There is no such file to take; the sentence says why, as half a sentence."""


def bytes_of(path: Path, tree: FileTree, limit_mb: int) -> bytes:
    """Return a file's bytes, one more than the limit at most.

    Raises:
        CannotRead: it lies outside the tree, is not there or cannot be opened.
    """
    try:
        if not tree.holds(path):
            raise CannotRead("it lies outside the tree that is loaded")
        if not path.is_file():
            raise CannotRead("there is no such file")
        with path.open("rb") as file:
            return file.read(limit_mb * MEBIBYTE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise CannotRead(f"it cannot be opened ({error})") from None
