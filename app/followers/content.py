"""Write the library as Markdown files: one by one behind the outbox, or whole."""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import reading, unit_of_work
from app.domain.events import Follower
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.followers.collection_files import follow_collection, write_collections
from app.followers.outbox import BATCH, find_waiting, mark_handled
from app.followers.own_words import holds_other_words
from app.followers.shown_files import Written, remove_unused, write_files
from app.formats.library_folder import resource_path, write_whole
from app.formats.resource_writing import to_file
from app.models.resource_tags import content_in_folder
from app.models.resources import FormerSlug, Resource, Revision

__all__ = ["Written", "catch_up", "write_out"]

log = logging.getLogger(__name__)


def catch_up(content_dir: Path, taxonomy: Taxonomy, limit: int = BATCH) -> int:
    """Write or remove the files of up to `limit` waiting events, oldest first; return how many.

    A file that holds words which no revision holds is left alone: they were
    never loaded, and would be lost. Safe to repeat.

    Raises:
        OSError: the folder cannot be written; the events go on waiting.
    """
    with reading() as session:
        waiting = find_waiting(session, Follower.CONTENT, limit)
        for subject in waiting.subjects:
            resource = session.get(Resource, subject)
            if resource is not None:
                _follow(session, resource, content_dir, taxonomy)
            else:
                _tell_kept(follow_collection(session, subject, content_dir, taxonomy))
            session.expunge_all()  # its pictures need not be held any longer
    if waiting.rows:
        with unit_of_work() as session:
            mark_handled(session, waiting)
    return len(waiting.rows)


def write_out(session: Session, actor: Actor, folder: Path, taxonomy: Taxonomy) -> Written:
    """Write every published resource and collection into a folder, with pictures and files.

    Files of other resources are left alone, and so are words that were never
    loaded.

    Raises:
        NotAllowed: the actor may not keep the library.
        OSError: the folder cannot be written.
    """
    require(actor, Action.KEEP)
    written = Written()
    published = (
        select(Resource)
        .join(Revision)
        .where(Revision.state == State.PUBLISHED)
        .order_by(Resource.kind, Resource.slug)
    )
    for resource in session.scalars(published):
        _write(session, resource, folder, taxonomy, written)
    write_collections(session, folder, taxonomy, written)
    return written


def _follow(session: Session, resource: Resource, folder: Path, taxonomy: Taxonomy) -> None:
    """Bring one resource's files to how it stands: written where published, removed where not."""
    written = Written()
    if _is_kept(resource):
        _write(session, resource, folder, taxonomy, written)
    _tell_kept(written.kept)
    for path in _stale(session, resource, folder):
        if path.is_file() and not holds_other_words(session, path, resource, taxonomy):
            path.unlink()
            _write_whose_place(session, path, folder, taxonomy)
    remove_unused(session, resource, folder)


def _tell_kept(paths: list[Path]) -> None:
    for path in paths:
        log.warning("%s holds words that were never loaded: it is left alone", path)


def _write(
    session: Session, resource: Resource, folder: Path, taxonomy: Taxonomy, written: Written
) -> None:
    revision = resource.published
    if revision is None or not _is_kept(resource):
        return
    path = resource_path(folder, resource.kind, resource.slug)
    data = to_file(resource.id, content_in_folder(session, revision))
    if not _is(path, data) and holds_other_words(session, path, resource, taxonomy):
        written.kept.append(path)
        return
    written.changed += write_whole(path, data)
    written.resources += 1
    write_files(session, revision, folder, written)


def _is_kept(resource: Resource) -> bool:
    """Say whether the folder holds the resource: published, and not by an invented person.

    Trying the library out leaves no file among those of its own; it is found in the library itself.
    """
    revision = resource.published
    return revision is not None and not (revision.author is not None and revision.author.is_sample)


def _is(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _stale(session: Session, resource: Resource, folder: Path) -> Iterator[Path]:
    """Yield where the resource's file may lie and should no longer."""
    right = resource_path(folder, resource.kind, resource.slug)
    if not _is_kept(resource):
        yield right
    former = select(FormerSlug.slug).where(FormerSlug.resource_id == resource.id)
    for slug in session.scalars(former):
        yield resource_path(folder, resource.kind, slug)
    # A file that was loaded under a name that it could not keep.
    loaded = Path(resource.loaded_from) if resource.loaded_from else right
    if loaded != right and loaded.parent == right.parent.resolve():
        yield right.parent / loaded.name


def _write_whose_place(session: Session, path: Path, folder: Path, taxonomy: Taxonomy) -> None:
    """Write the resource whose place another's file had taken."""
    owner = session.scalars(select(Resource).where(Resource.slug == path.stem)).first()
    if owner is not None and resource_path(folder, owner.kind, owner.slug) == path:
        _write(session, owner, folder, taxonomy, Written())
