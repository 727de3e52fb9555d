"""The library on disk: where each file lies, and writing it whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.domain.collections import FOLDER as COLLECTIONS
from app.domain.resources import Kind
from app.formats.attachments import ATTACHMENTS
from app.formats.pictures import PICTURES, PLAIN_NAME

PART = ".part"


class Outside(ValueError):
    """The name would lead out of the library's folder."""


def resource_path(folder: Path, kind: Kind, slug: str) -> Path:
    """Return where a resource's file lies.

    Raises:
        Outside: the slug is no plain name.
    """
    return folder / kind.folder / f"{_plain(slug)}.md"


def picture_path(folder: Path, kind: Kind, name: str) -> Path:
    """Return where a picture lies that resources of this kind show.

    Raises:
        Outside: the name is no plain name.
    """
    return folder / kind.folder / PICTURES / _plain(name)


def attachment_path(folder: Path, kind: Kind, name: str) -> Path:
    """Return where a file lies that resources of this kind offer for download.

    Raises:
        Outside: the name is no plain name.
    """
    return folder / kind.folder / ATTACHMENTS / _plain(name)


def collection_path(folder: Path, slug: str) -> Path:
    """Return where a collection's file lies.

    Raises:
        Outside: the slug is no plain name.
    """
    return folder / COLLECTIONS / f"{_plain(slug)}.md"


def cover_path(folder: Path, name: str) -> Path:
    """Return where the cover picture of a collection lies.

    Raises:
        Outside: the name is no plain name.
    """
    return folder / COLLECTIONS / PICTURES / _plain(name)


def collection_files(folder: Path) -> list[Path]:
    """Return every Markdown file that lies where the library's collections do, by name."""
    found = sorted((folder / COLLECTIONS).glob("*.md"))
    return [path for path in found if not path.name.startswith(".")]


def is_collection_file(path: Path) -> bool:
    """Say whether a file is read as a collection: it lies in a folder of that name."""
    return path.parent.name == COLLECTIONS


def write_whole(path: Path, data: bytes) -> bool:
    """Write a file beside and rename it into its place; return whether anything changed.

    A reader sees the old bytes or the new, never a half. The record is the
    database, so nothing waits for the disk.
    """
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    part.write_bytes(data)
    part.replace(path)
    return True


def sweep(folder: Path) -> None:
    """Remove what a killed process left half written."""
    for name in (*(kind.folder for kind in Kind), COLLECTIONS):
        home = folder / name
        for place in (home, home / PICTURES, home / ATTACHMENTS):
            for part in place.glob(f".*{PART}"):
                part.unlink(missing_ok=True)


def library_files(folder: Path) -> Iterator[tuple[Kind, Path]]:
    """Yield every Markdown file that lies where the library's files do, by name."""
    for kind in Kind:
        for path in sorted((folder / kind.folder).glob("*.md")):
            if not path.name.startswith("."):
                yield kind, path


def _plain(name: str) -> str:
    if not PLAIN_NAME.fullmatch(name):
        raise Outside(f"“{name}” is no plain file name.")
    return name
