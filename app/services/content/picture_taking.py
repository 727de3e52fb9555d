"""Take in the pictures that a file shows, each once, and point the words at them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.resources import ResourceContent
from app.formats.file_tree import FileTree
from app.formats.picture_references import own_references, with_references
from app.formats.pictures import PICTURES, NotAPicture, media_type, picture_name
from app.formats.sizes import MEBIBYTE
from app.models.pictures import Picture

MARK_LENGTH = 8  # characters of the hash, behind a name that another picture has


@dataclass
class TakenPictures:
    """The pictures of one file, and its content with the words pointed at them."""

    content: ResourceContent
    pictures: list[Picture] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)  # where they were found
    missing: dict[str, str] = field(default_factory=dict)  # reference -> why, as half a sentence


def take_pictures(
    session: Session,
    content: ResourceContent,
    folder: Path,
    *,
    tree: FileTree,
    held: Mapping[str, Picture],
    limit_mb: int,
) -> TakenPictures:
    """Keep the pictures that the content shows and that lie in the tree.

    References start at `folder`. `held` are the pictures that the resource has
    already, by name: they need no file. Where a picture cannot be taken the
    reference stays as it is.
    """
    taken = TakenPictures(content)
    new: dict[str, str] = {}
    for reference in own_references(content.body):
        path = folder / unquote(reference.partition("?")[0].partition("#")[0])
        try:
            picture = _take(session, path, tree, limit_mb)
            taken.files.append(path)
        except InvalidInput as refusal:
            known = held.get(reference.removeprefix(PICTURES))
            if known is None:
                taken.missing[reference] = str(refusal)
                continue
            picture = known
        taken.pictures.append(picture)
        new[reference] = PICTURES + picture.name
    changed = {old: name for old, name in new.items() if old != name}
    taken.content = replace(content, body=with_references(content.body, changed))
    taken.pictures = list(dict.fromkeys(taken.pictures))
    return taken


def _take(session: Session, path: Path, tree: FileTree, limit_mb: int) -> Picture:
    """Return the picture at the path, kept under a name of its own.

    Raises:
        InvalidInput: there is none, or it cannot be kept; says why, as half a sentence.
    """
    data = _bytes(path, tree, limit_mb)
    kind = media_type(data, limit_mb)
    sha256 = hashlib.sha256(data).hexdigest()
    same = session.scalars(select(Picture).where(Picture.sha256 == sha256)).first()
    if same is not None:
        return same
    name = _free_name(session, picture_name(path.name, kind), sha256)
    picture = Picture(name=name, media_type=kind, sha256=sha256, data=data)
    session.add(picture)
    session.flush()
    return picture


def _bytes(path: Path, tree: FileTree, limit_mb: int) -> bytes:
    try:
        if not tree.holds(path):
            raise NotAPicture("it lies outside the tree that is loaded")
        if not path.is_file():
            raise NotAPicture("there is no such file")
        with path.open("rb") as file:
            return file.read(limit_mb * MEBIBYTE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NotAPicture(f"it cannot be opened ({error})") from None


def _free_name(session: Session, name: str, sha256: str) -> str:
    """Return the name, with a piece of the hash where another picture has it.

    Names that differ in case alone count as one: some file systems think so.
    """
    holders = select(Picture.name).where(func.lower(Picture.name) == name.lower())
    if session.scalars(holders).first() is None:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{sha256[:MARK_LENGTH]}{dot}{ending}"
