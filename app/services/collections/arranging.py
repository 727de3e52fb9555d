"""Arrange a collection: its items, their notes and minutes, its sections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import arranging
from app.domain.arranging import GONE, Part, Parts
from app.domain.audience import may_read
from app.domain.errors import InvalidInput, NotFound
from app.domain.people import Actor
from app.models.collection_content import parts_of, put_parts
from app.models.collections import Collection, CollectionItem
from app.models.resources import Resource
from app.services.collection_saving import keep_saving
from app.services.collections.holding import hold
from app.services.collections.words import (
    Clash,
    WordsRefused,
    settle,
    tidy_minutes,
    tidy_note,
    tidy_section_title,
)

MISSING = "There is no such resource, or it is not for everyone to read."
Arrange = Callable[[Parts], Parts]


@dataclass(frozen=True)
class Placed:
    """Where an item stands now, counted from 1."""

    place: int
    of: int


def add(
    session: Session,
    actor: Actor,
    address: str,
    resource_ids: Sequence[str],
    section: int | None = None,
) -> int:
    """Put published resources at the end of a section, or of the last; return how many are new.

    Raises:
        NotFound: there is no such collection, or a resource that this actor may not read.
        NotAllowed: the collection is not theirs to keep.
        InvalidInput: there would be too many.
    """
    collection = hold(session, actor, address)
    wanted = list(dict.fromkeys(resource_ids))
    found = {
        one.id: one for one in session.scalars(select(Resource).where(Resource.id.in_(wanted)))
    }
    for resource_id in wanted:
        revision = found[resource_id].published if resource_id in found else None
        if revision is None or not may_read(actor, revision.audience, revision.region):
            raise NotFound(MISSING)
    before = sum(len(part.ids) for part in parts_of(collection))
    parts = arranging.added(parts_of(collection), wanted, section)
    count = sum(len(part.ids) for part in parts) - before
    if count:
        put_parts(collection, parts)
        keep_saving(session, actor, collection, detail=f"{count} added")
    return count


def move(session: Session, actor: Actor, address: str, resource_id: str, by: int) -> Placed:
    """Move an item one place up (-1) or down (1).

    Raises:
        NotFound: there is no such collection or item.
        NotAllowed: the collection is not theirs to keep.
    """
    parts = _arrange(session, actor, address, lambda parts: arranging.moved(parts, resource_id, by))
    return Placed(*arranging.place_of(parts, resource_id))


def put(
    session: Session,
    actor: Actor,
    address: str,
    resource_id: str,
    *,
    section: int,
    place: int | None = None,
) -> Placed:
    """Put an item into a section, at a place counted from 0; None: at its end.

    Raises:
        NotFound: there is no such collection, item or section.
        NotAllowed: the collection is not theirs to keep.
    """
    parts = _arrange(
        *(session, actor, address),
        lambda parts: arranging.put(parts, resource_id, section, place),
    )
    return Placed(*arranging.place_of(parts, resource_id))


def place(
    session: Session,
    actor: Actor,
    address: str,
    resource_id: str,
    *,
    section: int | None = None,
    place: int | None = None,
) -> None:
    """Put a resource into a collection, or move it within; safe to repeat.

    Raises:
        NotFound: there is no such collection, section, or resource that this actor may read.
        NotAllowed: the collection is not theirs to keep.
        InvalidInput: there would be too many.
    """
    collection = hold(session, actor, address)
    held = [part for part in parts_of(collection) if resource_id in part.ids]
    if not held:
        add(session, actor, address, [resource_id], section)
        held = [part for part in parts_of(collection) if resource_id in part.ids]
    wanted = section or held[0].key or 0
    if place is not None or wanted != held[0].key:
        put(session, actor, address, resource_id, section=wanted, place=place)


def remove(session: Session, actor: Actor, address: str, resource_id: str) -> None:
    """Take an item out of a collection.

    Raises:
        NotFound: there is no such collection or item.
        NotAllowed: the collection is not theirs to keep.
    """
    _arrange(session, actor, address, lambda parts: arranging.removed(parts, resource_id))


def add_section(session: Session, actor: Actor, address: str, title: str) -> None:
    """Add a section at the end.

    Raises:
        NotFound: there is no such collection.
        NotAllowed: it is not theirs to keep.
        WordsRefused: it has no title, or one too long, or there are too many sections.
    """
    name = _section_title("new-section", title)
    if not name:
        raise WordsRefused({"new-section": "Give the section a title."})
    try:
        _arrange(session, actor, address, lambda parts: arranging.with_section(parts, name))
    except InvalidInput as problem:
        raise WordsRefused({"new-section": str(problem)}) from None


def move_section(session: Session, actor: Actor, address: str, section: int, by: int) -> None:
    """Move a section with its items one place up (-1) or down (1).

    Raises:
        NotFound: there is no such collection or section.
        NotAllowed: the collection is not theirs to keep.
    """
    _arrange(session, actor, address, lambda parts: arranging.section_moved(parts, section, by))


def remove_section(session: Session, actor: Actor, address: str, section: int) -> None:
    """Remove a section; its items join the one before.

    Raises:
        NotFound: there is no such collection or section.
        NotAllowed: the collection is not theirs to keep.
    """
    _arrange(session, actor, address, lambda parts: arranging.without_section(parts, section))


def write(
    session: Session,
    actor: Actor,
    address: str,
    sent: Mapping[str, str],
    was: Mapping[str, str] | None = None,
) -> tuple[Clash, ...]:
    """Write notes, minutes and section titles, unless somebody changed the same meanwhile.

    `sent` and `was` are by `note-<resource id>`, `minutes-<resource id>` and `title-<section>`;
    what is of an item or section that is gone is passed over where it was only shown.

    Raises:
        NotFound: there is no such collection, or a sent item that was changed is gone.
        NotAllowed: it is not theirs to keep.
        WordsRefused: some words cannot be kept; nothing is written.
    """
    collection = hold(session, actor, address)
    held = words_of(collection)
    tidied = _tidied({name: words for name, words in sent.items() if name in held})
    wanted, clashes = settle(held, tidied, was or {})
    if clashes:
        return clashes
    items = {item.resource_id: item for part in collection.sections for item in part.items}
    titles = {str(part.id): part for part in collection.sections}
    for name, words in wanted.items():
        kind, _, key = name.partition("-")
        if kind == "title":
            titles[key].title = words
        else:
            _write_item(items[key], kind, words)
    if wanted:
        keep_saving(session, actor, collection, detail=f"{len(wanted)} notes, minutes or titles")
    return ()


def words_of(collection: Collection) -> dict[str, str]:
    """Return the notes, minutes and section titles of a collection as `write` takes them."""
    said = {f"title-{section.id}": section.title for section in collection.sections}
    for section in collection.sections:
        for item in section.items:
            said[f"note-{item.resource_id}"] = item.note
            said[f"minutes-{item.resource_id}"] = str(item.minutes or "")
    return said


def require_item(collection: Collection, resource_id: str) -> CollectionItem:
    """Return an item of a collection.

    Raises:
        NotFound: it holds none of this resource.
    """
    for section in collection.sections:
        for item in section.items:
            if item.resource_id == resource_id:
                return item
    raise NotFound(GONE)


def _arrange(session: Session, actor: Actor, address: str, arrange: Arrange) -> tuple[Part, ...]:
    collection = hold(session, actor, address)
    before = parts_of(collection)
    parts = arrange(before)
    if parts != before:
        put_parts(collection, parts)
        keep_saving(session, actor, collection, detail="arranged")
    return parts


def _write_item(item: CollectionItem, kind: str, words: str) -> None:
    if kind == "note":
        item.note = words
    else:
        item.minutes = int(words) if words else None


def _tidied(sent: Mapping[str, str]) -> dict[str, str]:
    tidied, problems = {}, {}
    for name, words in sent.items():
        try:
            tidied[name] = _tidy(name, words)
        except InvalidInput as problem:
            problems[name] = str(problem)
    if problems:
        raise WordsRefused(problems)
    return tidied


def _tidy(name: str, words: str) -> str:
    if name.startswith("note-"):
        return tidy_note(words)
    if name.startswith("minutes-"):
        return str(tidy_minutes(words) or "")
    return tidy_section_title(words)


def _section_title(name: str, words: str) -> str:
    try:
        return tidy_section_title(words)
    except InvalidInput as problem:
        raise WordsRefused({name: str(problem)}) from None
