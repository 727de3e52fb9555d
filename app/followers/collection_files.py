"""Write collections as Markdown files, each to how it stands now."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.collections import CollectionContent, CollectionState
from app.domain.taxonomy import Taxonomy
from app.followers.own_words import is_known_picture
from app.followers.shown_files import Written
from app.formats.collection_files import read_collection_file
from app.formats.collection_writing import collection_to_file
from app.formats.library_folder import (
    collection_files,
    collection_path,
    cover_path,
    write_whole,
)
from app.formats.resource_files import ReadingRules
from app.formats.sizes import MEBIBYTE
from app.models.collection_content import collection_content_of
from app.models.collections import Collection, CollectionVersion, FormerCollectionSlug
from app.models.pictures import Picture

LARGEST_MB = 64  # whatever the limit on loading is or was, no file of ours is larger


def write_collections(session: Session, folder: Path, taxonomy: Taxonomy, written: Written) -> None:
    """Write every published collection with its cover; others' files are left alone."""
    published = select(Collection).where(Collection.state == CollectionState.PUBLISHED)
    for collection in session.scalars(published.order_by(Collection.slug)):
        _write(session, collection, folder, taxonomy, written)


def follow_collection(
    session: Session, collection_id: str, folder: Path, taxonomy: Taxonomy
) -> list[Path]:
    """Bring one collection's file to how it stands; return what was left alone.

    A file that holds words which no version holds is left: they were never loaded.
    """
    collection = session.get(Collection, collection_id)
    if collection is None:
        # It was taken back and deleted before this heard of it.
        for path in _files_of(collection_id, folder):
            path.unlink()
        return []
    written = Written()
    if is_kept(collection):
        _write(session, collection, folder, taxonomy, written)
    for path in _stale(session, collection, folder):
        if path.is_file() and not _holds_other_words(session, path, collection, taxonomy):
            path.unlink()
    _remove_unused_covers(session, folder)
    return written.kept


def is_kept(collection: Collection) -> bool:
    """Say whether the folder holds the collection: published, and not by an invented person."""
    is_sample = collection.owner is not None and collection.owner.is_sample
    return collection.state is CollectionState.PUBLISHED and not is_sample


def _write(
    session: Session, collection: Collection, folder: Path, taxonomy: Taxonomy, written: Written
) -> None:
    if not is_kept(collection):
        return
    path = collection_path(folder, collection.slug)
    data = collection_to_file(collection.id, collection_content_of(collection))
    is_same = path.is_file() and path.read_bytes() == data
    if not is_same and _holds_other_words(session, path, collection, taxonomy):
        written.kept.append(path)
        return
    written.changed += write_whole(path, data)
    written.collections += 1
    _write_cover(session, collection, folder, written)


def _write_cover(session: Session, collection: Collection, folder: Path, written: Written) -> None:
    picture = session.get(Picture, collection.cover_name) if collection.cover_name else None
    if picture is None:
        return
    path = cover_path(folder, picture.name)
    if path.is_file() and not is_known_picture(session, path):
        written.kept.append(path)
    else:
        written.changed += write_whole(path, picture.data)


def _stale(session: Session, collection: Collection, folder: Path) -> Iterator[Path]:
    """Yield where the collection's file may lie and should no longer."""
    if not is_kept(collection):
        yield collection_path(folder, collection.slug)
    former = select(FormerCollectionSlug.slug).where(
        FormerCollectionSlug.collection_id == collection.id
    )
    for slug in session.scalars(former):
        yield collection_path(folder, slug)


def _files_of(collection_id: str, folder: Path) -> Iterator[Path]:
    begins = f"---\nid: {collection_id}\n".encode()
    for path in collection_files(folder):
        with path.open("rb") as file:
            if file.read(len(begins)) == begins:
                yield path


def _remove_unused_covers(session: Session, folder: Path) -> None:
    """Remove pictures that are the database's and no published collection's cover any more."""
    used = set(
        session.scalars(
            select(Collection.cover_name).where(Collection.state == CollectionState.PUBLISHED)
        )
    )
    for path in sorted(cover_path(folder, "x").parent.glob("*")):
        is_ours = path.is_file() and not path.name.startswith(".")
        if is_ours and path.name not in used and is_known_picture(session, path):
            path.unlink()


def _holds_other_words(
    session: Session, path: Path, collection: Collection, taxonomy: Taxonomy
) -> bool:
    """Say whether the file says anything that no version of the collection says."""
    if not path.exists():
        return False
    if not path.is_file() or path.stat().st_size > LARGEST_MB * MEBIBYTE:
        return True
    said = _read(path.read_bytes(), collection, taxonomy)
    if said is None:
        return True
    if _says_the_same(said, collection_content_of(collection)):
        return False
    versions = session.scalars(
        select(CollectionVersion.markdown)
        .where(CollectionVersion.collection_id == collection.id)
        .order_by(CollectionVersion.version.desc())
    )
    return not any(
        held is not None and _says_the_same(said, held)
        for held in (_read(markdown.encode(), collection, taxonomy) for markdown in versions)
    )


def _read(data: bytes, collection: Collection, taxonomy: Taxonomy) -> CollectionContent | None:
    given = {"region": collection.region or taxonomy.codes("regions")[0]}
    rules = ReadingRules(taxonomy, given, limit_mb=LARGEST_MB)
    found = read_collection_file(data, collection.slug, rules)
    return found.content if found.id in (None, collection.id) else None


def _says_the_same(said: CollectionContent, held: CollectionContent) -> bool:
    day = said.published_on or held.published_on
    plain = replace(said, published_on=day, cover=None)
    return plain == replace(held, published_on=day, cover=None)
