"""Hold the library's files, the database and the taxonomy together, and tell where they differ."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.facets import BY_NAME
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.resources import ResourceContent, codes_by_facet
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.library_folder import attachment_path, library_files, picture_path, resource_path
from app.formats.resource_files import ReadingRules
from app.models.resource_tags import content_in_folder
from app.models.resources import Resource, Revision
from app.services.content.collection_checking import check_collections
from app.services.content.load_files import LoadFile, read_file

LOAD = "take it in by “flask content load”"
WRITE = "write it out by “flask content write”"


def check(
    session: Session, actor: Actor, content_dir: Path, rules: ReadingRules
) -> tuple[str, ...]:
    """Return a line for every difference; none when all agree.

    Raises:
        NotAllowed: the actor may not keep the library.
    """
    require(actor, Action.KEEP)
    published = select(Revision).join(Resource).where(Revision.state == State.PUBLISHED)
    ordered = session.scalars(published.order_by(Resource.kind, Resource.slug)).all()
    at_home: dict[Path, Resource] = {}
    differences: list[str] = []
    for revision in ordered:
        path = resource_path(content_dir, revision.resource.kind, revision.resource.slug)
        at_home[path] = revision.resource
        held = content_in_folder(session, revision)
        differences += _against_its_file(revision, held, path, rules)
        differences += _pictures(revision, content_dir)
        differences += _attachments(revision, content_dir)
        differences += _terms(held, path, rules.taxonomy)
    strangers = (path for _, path in library_files(content_dir) if path not in at_home)
    for path in strangers:
        differences += _stranger(path, rules, {r.id: p for p, r in at_home.items()})
    return (*differences, *check_collections(session, content_dir, rules))


def _against_its_file(
    revision: Revision, held: ResourceContent, path: Path, rules: ReadingRules
) -> Iterator[str]:
    if not path.is_file():
        yield f"{path}: the database holds this resource, and there is no such file: {WRITE}."
        return
    file = read_file(path, rules)
    if file.found.content is None:
        yield from _refusals(file)
        return
    if not isinstance(file.found.content, ResourceContent):
        return
    if file.found.id != revision.resource_id:
        yield f"{path}: the file's id is {file.found.id}, the database's {revision.resource_id}."
    said = file.found.content
    unlike = [f.name for f in fields(held) if getattr(held, f.name) != getattr(said, f.name)]
    if unlike:
        told = ", ".join(unlike)
        yield f"{path}: the file and the database differ in {told}: {LOAD}, or {WRITE}."


def _refusals(file: LoadFile) -> Iterator[str]:
    for problem in file.found.problems:
        yield f"{file.path}:{problem.line}: {problem.sentence}"


def _pictures(revision: Revision, content_dir: Path) -> Iterator[str]:
    for picture in revision.pictures:
        path = picture_path(content_dir, revision.resource.kind, picture.name)
        if not path.is_file():
            yield f"{path}: the database holds this picture, and there is no such file: {WRITE}."
        elif path.read_bytes() != picture.data:
            yield f"{path}: the picture is another than the database's: {LOAD}, or {WRITE}."


def _attachments(revision: Revision, content_dir: Path) -> Iterator[str]:
    for held in revision.attachments:
        path = attachment_path(content_dir, revision.resource.kind, held.attachment_name)
        if not path.is_file():
            yield f"{path}: the database holds this file, and there is no such file: {WRITE}."
        elif hashlib.sha256(path.read_bytes()).hexdigest() != held.attachment.sha256:
            yield f"{path}: the file is another than the database's: {LOAD}, or {WRITE}."


def _stranger(path: Path, rules: ReadingRules, places: dict[str, Path]) -> Iterator[str]:
    file = read_file(path, rules)
    if file.found.content is None:
        yield from _refusals(file)
    elif file.found.id in places:
        yield f"{path}: this is {file.found.id}, whose file is {places[file.found.id]}: keep one."
    else:
        yield f"{path}: the database does not hold this: {LOAD}."


def _terms(content: ResourceContent, path: Path, taxonomy: Taxonomy) -> Iterator[str]:
    """Tell of codes that the taxonomy does not know or has retired."""
    for vocabulary, code in _codes(content):
        term = taxonomy.vocabularies[vocabulary].by_code.get(code)
        if term is None:
            yield f"{path}: {vocabulary} has no term “{code}”."
        elif term.replaced_by:
            yield f"{path}: “{code}” in {vocabulary} has become “{term.replaced_by}”: {LOAD}."
        elif term.is_retired:
            yield f"{path}: “{code}” in {vocabulary} is retired."


def _codes(content: ResourceContent) -> Iterator[tuple[str, str]]:
    """Yield every code that the content uses, behind the name of its vocabulary."""
    for name, codes in codes_by_facet(content).items():
        vocabulary = BY_NAME[name].vocabulary
        if vocabulary:
            yield from ((vocabulary, code) for code in codes)
    if content.evidence and content.evidence.grade:
        yield "evidence_grades", content.evidence.grade
    if content.evidence and content.evidence.cost:
        yield "costs", content.evidence.cost
