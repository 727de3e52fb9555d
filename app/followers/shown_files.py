"""The files beside the library's texts: pictures and downloads, written and removed with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.workflow import State
from app.followers.own_words import is_known_attachment, is_known_picture
from app.formats.library_folder import attachment_path, picture_path, write_whole
from app.formats.pictures import PICTURES
from app.models.pictures import revision_pictures
from app.models.resources import Resource, Revision
from app.models.submissions import RevisionAttachment

IsKnown = Callable[[Session, Path], bool]


@dataclass
class Written:
    """What a writing of the library did; paths in the order they were met."""

    resources: int = 0
    collections: int = 0
    changed: int = 0  # files whose bytes were not so before
    kept: list[Path] = field(default_factory=list)  # left alone: words that were never loaded


def write_files(session: Session, revision: Revision, folder: Path, written: Written) -> None:
    """Write what a revision shows and offers; a file that holds other bytes is left alone."""
    kind = revision.resource.kind
    for picture in revision.pictures:
        if PICTURES + picture.name not in revision.body_markdown:
            continue  # kept from its drafts, and shown no longer
        path = picture_path(folder, kind, picture.name)
        _write(session, path, picture.data, is_known_picture, written)
    for offered in revision.attachments:
        path = attachment_path(folder, kind, offered.attachment_name)
        _write(session, path, offered.attachment.data, is_known_attachment, written)


def remove_unused(session: Session, resource: Resource, folder: Path) -> None:
    """Remove the resource's files that no published resource of its kind has any more."""
    for path, is_known in _left_over(session, resource, folder):
        if path.is_file() and is_known(session, path):
            path.unlink()


def _write(session: Session, path: Path, data: bytes, is_known: IsKnown, written: Written) -> None:
    if path.is_file() and not is_known(session, path):
        written.kept.append(path)
    else:
        written.changed += write_whole(path, data)


def _left_over(
    session: Session, resource: Resource, folder: Path
) -> Iterator[tuple[Path, IsKnown]]:
    shown = revision_pictures.c
    ours = select(shown.picture_name).join(Revision, Revision.id == shown.revision_id)
    for name in _unused(session, resource, ours):
        yield picture_path(folder, resource.kind, name), is_known_picture
    ours = select(RevisionAttachment.attachment_name).join(
        Revision, Revision.id == RevisionAttachment.revision_id
    )
    for name in _unused(session, resource, ours):
        yield attachment_path(folder, resource.kind, name), is_known_attachment


def _unused(session: Session, resource: Resource, named: Select[str]) -> list[str]:
    """Return the names that a revision of the resource had, and no published one of the kind has.

    `named` selects the names, joined to the revisions that have them.
    """
    ever = set(session.scalars(named.where(Revision.resource_id == resource.id)))
    if not ever:
        return []
    published = named.join(Resource, Resource.id == Revision.resource_id)
    held = published.where(Revision.state == State.PUBLISHED, Resource.kind == resource.kind)
    return sorted(ever - set(session.scalars(held)))
