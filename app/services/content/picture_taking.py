"""Take in the pictures that a file shows, each once, and point the words at them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.resources import ResourceContent
from app.formats.file_tree import FileTree
from app.formats.picture_references import own_references, with_references
from app.formats.pictures import PICTURES
from app.models.pictures import Picture
from app.services.content.tree_files import bytes_of
from app.services.keeping import keep_picture


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
            picture = keep_picture(session, path.name, bytes_of(path, tree, limit_mb), limit_mb)
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
