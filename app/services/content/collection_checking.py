"""Hold the files of collections and the database together, and tell where they differ."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.collections import CollectionContent, CollectionState
from app.formats.library_folder import collection_files, collection_path
from app.formats.resource_files import ReadingRules
from app.models.collection_content import collection_content_of
from app.models.collections import Collection
from app.services.content.load_files import read_file

LOAD = "take it in by “flask content load”"
WRITE = "write it out by “flask content write”"


def check_collections(session: Session, content_dir: Path, rules: ReadingRules) -> Iterator[str]:
    """Yield a line for every difference; invented people's collections have no file."""
    published = select(Collection).where(Collection.state == CollectionState.PUBLISHED)
    at_home: dict[Path, str] = {}
    for collection in session.scalars(published.order_by(Collection.slug)).all():
        if collection.owner is not None and collection.owner.is_sample:
            continue
        path = collection_path(content_dir, collection.slug)
        at_home[path] = collection.id
        yield from _against_its_file(collection, path, rules)
    for path in collection_files(content_dir):
        if path not in at_home:
            yield from _stranger(path, rules, {held: where for where, held in at_home.items()})


def _against_its_file(collection: Collection, path: Path, rules: ReadingRules) -> Iterator[str]:
    if not path.is_file():
        yield f"{path}: the database holds this collection, and there is no such file: {WRITE}."
        return
    file = read_file(path, rules)
    if not isinstance(file.found.content, CollectionContent):
        for problem in file.found.problems:
            yield f"{path}:{problem.line}: {problem.sentence}"
        return
    if file.found.id != collection.id:
        yield f"{path}: the file's id is {file.found.id}, the database's {collection.id}."
    held, said = collection_content_of(collection), file.found.content
    unlike = [
        one.name for one in fields(held) if getattr(held, one.name) != getattr(said, one.name)
    ]
    if unlike:
        told = ", ".join(unlike)
        yield f"{path}: the file and the database differ in {told}: {LOAD}, or {WRITE}."


def _stranger(path: Path, rules: ReadingRules, places: dict[str, Path]) -> Iterator[str]:
    file = read_file(path, rules)
    if file.found.content is None:
        for problem in file.found.problems:
            yield f"{path}:{problem.line}: {problem.sentence}"
    elif file.found.id in places:
        yield f"{path}: this is {file.found.id}, whose file is {places[file.found.id]}: keep one."
    else:
        yield f"{path}: the database does not hold this: {LOAD}."
