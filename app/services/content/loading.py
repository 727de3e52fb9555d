"""Take files into the library, one at a time: new, changed, unchanged or refused."""

import logging
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.collections import CollectionContent
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.resources import ResourceContent
from app.domain.workflow import State, Step
from app.formats.problems import Problem, Severity
from app.models.base import utc_now
from app.models.resource_content import content_of, revision_of
from app.models.resources import Resource, Revision
from app.models.schools import School
from app.services.addresses import follow_rename, new_address
from app.services.content.attachment_taking import take_attachments
from app.services.content.collection_taking import take_collection
from app.services.content.load_files import CannotTake, LoadFile, LoadRun, Outcome, Result
from app.services.content.matching import dated_like, find_resource, find_same_words, place_of
from app.services.content.picture_taking import TakenPictures, take_pictures
from app.services.content.tag_parting import part_tags
from app.services.family import note_parent
from app.services.ledger import record
from app.services.moving import move, next_number

log = logging.getLogger(__name__)


def take_in(session: Session, actor: Actor, run: LoadRun, file: LoadFile) -> Outcome:
    """Publish what a file says: a new resource or collection, its change, or nothing that is new.

    A file that is refused leaves no trace in the database. Safe to repeat.

    Raises:
        NotAllowed: the actor may not keep the library.
    """
    require(actor, Action.KEEP)
    problems = list(file.found.problems)
    if file.found.content is None:
        return Outcome(file.path, Result.REFUSED, tuple(problems))
    try:
        with session.begin_nested():
            result = _take_in(session, actor, run, file, problems)
    except CannotTake as refusal:
        problem = Problem(str(refusal), line=file.line_of_key(refusal.key))
        return Outcome(file.path, Result.REFUSED, (problem,))
    except OperationalError:
        raise  # the database is away: no file can be taken
    except Exception as fault:
        # One file that we stumble over must not keep the others out.
        log.exception("a file cannot be taken in")
        problem = Problem(
            f"This met a fault of the product ({type(fault).__name__}): it is in the log. "
            "Load the file by itself to see it again, and report it."
        )
        return Outcome(file.path, Result.REFUSED, (problem,))
    return Outcome(file.path, result, tuple(problems))


def _take_in(
    session: Session, actor: Actor, run: LoadRun, file: LoadFile, problems: list[Problem]
) -> Result:
    content = file.found.content
    if isinstance(content, CollectionContent):
        return take_collection(session, actor, run, file, content=content, problems=problems)
    if isinstance(content, ResourceContent):
        return _take_resource(session, actor, run, file, content=content, problems=problems)
    return Result.REFUSED


def _take_resource(
    session: Session,
    actor: Actor,
    run: LoadRun,
    file: LoadFile,
    *,
    content: ResourceContent,
    problems: list[Problem],
) -> Result:
    resource = find_resource(session, file.found.id, file.path)
    content, remarks = _attachments(session, run, file, content, resource)
    problems += remarks
    taken = _pictures(session, run, file, content, resource)
    problems += _told(file, taken)
    if resource is None and file.found.id is None:
        resource = find_same_words(session, taken.content)
        if resource and resource.id in run.taken:
            problems.append(
                _warning(f"This says the same as {run.taken[resource.id]}: taken once.")
            )
            return Result.UNCHANGED
    if resource is None:
        resource = _new_resource(session, file, taken.content, problems)
        run.taken[resource.id] = file.path
        _publish(session, actor, resource, taken, None)
        return Result.NEW
    _refuse_contradictions(run, file, taken.content, resource)
    run.taken[resource.id] = file.path
    return _change(session, actor, file, taken, resource=resource, problems=problems)


def _pictures(
    session: Session,
    run: LoadRun,
    file: LoadFile,
    content: ResourceContent,
    resource: Resource | None,
) -> TakenPictures:
    current = resource.published if resource else None
    taken = take_pictures(
        session,
        content,
        file.path.parent,
        tree=run.tree,
        held={picture.name: picture for picture in current.pictures} if current else {},
        limit_mb=run.picture_limit_mb,
    )
    run.beside.update(taken.files)
    return taken


def _attachments(
    session: Session,
    run: LoadRun,
    file: LoadFile,
    content: ResourceContent,
    resource: Resource | None,
) -> tuple[ResourceContent, list[Problem]]:
    """Return the content with the files that it may offer, and what to tell of the others."""
    current = resource.published if resource else None
    taken = take_attachments(
        session,
        content,
        file.path.parent,
        tree=run.tree,
        held={h.attachment_name: h.attachment for h in current.attachments} if current else {},
        limit_mb=run.attachment_limit_mb,
    )
    run.beside.update(taken.files)
    return taken.content, [
        _warning(f"The attachment {name} is not taken: {why}.", file.line_of_key("attachments"))
        for name, why in taken.missing.items()
    ]


def _told(file: LoadFile, taken: TakenPictures) -> list[Problem]:
    return [
        _warning(f"The picture {name} is not taken: {why}.", file.line_of(name))
        for name, why in taken.missing.items()
    ]


def _warning(sentence: str, line: int = 1) -> Problem:
    return Problem(sentence, Severity.WARNING, line)


def _new_resource(
    session: Session, file: LoadFile, content: ResourceContent, problems: list[Problem]
) -> Resource:
    resource = Resource(
        id=file.found.id or str(ULID()), kind=content.kind, loaded_from=place_of(file.path)
    )
    remark = new_address(session, resource, content.title, file.path)
    problems += [_warning(remark)] if remark else []
    session.add(resource)
    session.flush()
    return resource


def _refuse_contradictions(
    run: LoadRun, file: LoadFile, content: ResourceContent, resource: Resource
) -> None:
    first = run.taken.get(resource.id)
    if first is not None and first != file.path:
        raise CannotTake(
            f"The id {resource.id} is that of {first}: if this is another resource, leave its id "
            "out; if it is the same, keep one file.",
            "id",
        )
    if content.kind is not resource.kind:
        raise CannotTake(
            f"The library holds this as {resource.kind}, and a kind cannot change: give the file "
            "no id to make a new resource of it.",
            "kind",
        )


def _change(
    session: Session,
    actor: Actor,
    file: LoadFile,
    taken: TakenPictures,
    *,
    resource: Resource,
    problems: list[Problem],
) -> Result:
    """Publish what is new; a new address alone is a change too."""
    current = resource.published
    if current is None:
        _refuse_withdrawn(session, resource)
    former = resource.slug
    remark = follow_rename(session, resource, file.path)
    problems += [_warning(remark)] if remark else []
    has_taken_off = False
    if current is not None:
        taken.content, has_taken_off = part_tags(session, actor, current, taken.content)
    if current is None or content_of(current) != dated_like(content_of(current), taken.content):
        _publish(session, actor, resource, taken, current)
    elif has_taken_off or resource.slug != former:
        record(session, EventKind.RESOURCE_PUBLISHED, resource.id)
    else:
        return Result.UNCHANGED
    resource.loaded_from = place_of(file.path)
    return Result.CHANGED


def _refuse_withdrawn(session: Session, resource: Resource) -> None:
    withdrawn = select(Revision).where(
        Revision.resource_id == resource.id, Revision.state == State.WITHDRAWN
    )
    if session.scalars(withdrawn).first() is not None:
        raise CannotTake("This resource was withdrawn: restore it before loading it.", "id")


def _publish(
    session: Session,
    actor: Actor,
    resource: Resource,
    taken: TakenPictures,
    current: Revision | None,
) -> None:
    """Make the content the published revision, and the current one the one before it."""
    content = taken.content
    if current is not None:
        content = dated_like(content_of(current), content)
    if content.published_on is None:
        content = replace(content, published_on=utc_now().date())
    revision = revision_of(content, number=next_number(session, resource))
    revision.resource_id = resource.id
    revision.school_id = _school_id(session, content)
    revision.pictures = list(taken.pictures)
    move(session, actor, revision, Step.LOAD)
    note_parent(session, resource.id, content.adapted_from)


def _school_id(session: Session, content: ResourceContent) -> int | None:
    """Return the school that the words name, where it is one of the schools that we know."""
    if not content.school or not content.authority:
        return None
    return session.scalars(
        select(School.id).where(
            School.name == content.school, School.authority == content.authority
        )
    ).first()
