"""Take in a collection's file: new, changed, or the same as before."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from ulid import ULID

from app.domain.audit import AuditAction
from app.domain.collections import CollectionContent, CollectionState, SectionContent
from app.domain.errors import InvalidInput
from app.domain.people import Actor
from app.formats.pictures import PICTURES
from app.formats.problems import Problem, Severity
from app.models.base import utc_now
from app.models.collection_content import collection_content_of, put_sections
from app.models.collections import Collection
from app.models.resources import Resource
from app.models.schools import School
from app.services.addresses import give_collection_address
from app.services.collection_saving import keep_saving
from app.services.content.load_files import CannotTake, LoadFile, LoadRun, Result
from app.services.content.matching import place_of
from app.services.content.tree_files import bytes_of
from app.services.keeping import keep_picture


def take_collection(
    session: Session,
    actor: Actor,
    run: LoadRun,
    file: LoadFile,
    *,
    content: CollectionContent,
    problems: list[Problem],
) -> Result:
    """Publish what a collection's file says; what it names and the library has not is told.

    Raises:
        CannotTake: it contradicts what the library holds.
    """
    collection = _find(session, file)
    if collection is not None:
        _refuse_contradictions(run, file, collection)
    content = _known(session, file, content, problems)
    held = collection.cover_name if collection is not None else None
    content = _with_cover(session, run, file, content=content, held=held, problems=problems)
    if collection is None:
        collection = _new(file, content)
        session.add(collection)
        result = Result.NEW
    else:
        result = Result.CHANGED
        content = replace(content, published_on=content.published_on or collection.published_on)
    run.taken[collection.id] = file.path
    former = collection.slug
    remark = give_collection_address(session, collection, file.path)
    problems += [Problem(remark, Severity.WARNING)] if remark else []
    is_same = collection_content_of(collection) == content and collection.slug == former
    if result is Result.CHANGED and is_same:
        return Result.UNCHANGED
    _write(session, collection, content)
    collection.loaded_from = place_of(file.path)
    keep_saving(session, actor, collection, AuditAction.COLLECTION_LOADED, is_apart=True)
    return result


def _find(session: Session, file: LoadFile) -> Collection | None:
    if file.found.id is not None:
        return session.get(Collection, file.found.id)
    place = place_of(file.path)
    lying_there = select(Collection).where(Collection.loaded_from == place)
    return session.scalars(lying_there.order_by(Collection.created_at)).first() if place else None


def _refuse_contradictions(run: LoadRun, file: LoadFile, collection: Collection) -> None:
    first = run.taken.get(collection.id)
    if first is not None and first != file.path:
        raise CannotTake(f"The id {collection.id} is that of {first}: keep one file.", "id")
    if collection.state is not CollectionState.PUBLISHED:
        raise CannotTake("This collection was taken back: publish it before loading it.", "id")


def _known(
    session: Session, file: LoadFile, content: CollectionContent, problems: list[Problem]
) -> CollectionContent:
    """Return the content with those items alone whose resources the library has."""
    wanted = {item.resource_id for item in content.items}
    held = set(session.scalars(select(Resource.id).where(Resource.id.in_(wanted))))
    for item in content.items:
        if item.resource_id not in held:
            sentence = f"The library has no resource {item.resource_id}: it is left out."
            line = file.line_of(item.resource_id)
            problems.append(Problem(sentence, Severity.WARNING, line, "sections"))
    sections = tuple(
        SectionContent(part.title, tuple(one for one in part.items if one.resource_id in held))
        for part in content.sections
    )
    return replace(content, sections=sections or (SectionContent(""),))


def _with_cover(
    session: Session,
    run: LoadRun,
    file: LoadFile,
    *,
    content: CollectionContent,
    held: str | None,
    problems: list[Problem],
) -> CollectionContent:
    if content.cover is None:
        return content
    path = file.path.parent / PICTURES / content.cover
    try:
        data = bytes_of(path, run.tree, run.picture_limit_mb)
        picture = keep_picture(session, path.name, data, run.picture_limit_mb)
    except InvalidInput as refusal:
        if held == content.cover:
            return content
        sentence = f"The picture {content.cover} is not taken: {refusal}."
        problems.append(Problem(sentence, Severity.WARNING, file.line_of_key("cover"), "cover"))
        return replace(content, cover=None)
    run.beside.add(path)
    return replace(content, cover=picture.name)


def _new(file: LoadFile, content: CollectionContent) -> Collection:
    return Collection(
        id=file.found.id or str(ULID()),
        slug="",
        title=content.title,
        state=CollectionState.PUBLISHED,
        version=0,
        published_at=utc_now(),
        region=content.region,
        sections=[],
    )


def _write(session: Session, collection: Collection, content: CollectionContent) -> None:
    session.flush()
    put_sections(collection, content.sections)
    for name in ("title", "summary", "introduction", "notice", "audience", "region", "authority"):
        setattr(collection, name, getattr(content, name))
    for name in ("school", "language", "cover_text", "extra_yaml"):
        setattr(collection, name, getattr(content, name))
    collection.cover_name = content.cover
    collection.published_on = content.published_on or utc_now().date()
    collection.school_id = _school_id(session, content)
    session.flush()


def _school_id(session: Session, content: CollectionContent) -> int | None:
    if not content.school or not content.authority:
        return None
    asked = select(School.id).where(
        School.name == content.school, School.authority == content.authority
    )
    return session.scalars(asked).first()
