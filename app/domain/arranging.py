"""How the items of a collection stand in their sections, and how each way of moving them ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.collections import ITEMS_LIMIT, SECTIONS_LIMIT
from app.domain.errors import InvalidInput, NotFound

GONE = "This is not in the collection any more."
NO_SECTION = "There is no such section any more."


class Gone(NotFound):
    """The item or section was taken out meanwhile."""


@dataclass(frozen=True)
class Part:
    """A section: its row's key (None for a new one), its title, its resources in order."""

    key: int | None
    title: str
    ids: tuple[str, ...] = ()


Parts = tuple[Part, ...]


def place_of(parts: Sequence[Part], resource_id: str) -> tuple[int, int]:
    """Return which item of how many this is, counted from 1 through all sections.

    Raises:
        Gone: it is not among them.
    """
    every = [one for part in parts for one in part.ids]
    if resource_id not in every:
        raise Gone(GONE)
    return every.index(resource_id) + 1, len(every)


def added(parts: Sequence[Part], ids: Sequence[str], key: int | None = None) -> Parts:
    """Put resources at the end of a section, or of the last; those that are there stay.

    Raises:
        InvalidInput: there would be too many.
        Gone: there is no such section.
    """
    every = {one for part in parts for one in part.ids}
    new = tuple(one for one in dict.fromkeys(ids) if one not in every)
    if len(every) + len(new) > ITEMS_LIMIT:
        raise InvalidInput(f"A collection may hold {ITEMS_LIMIT} resources: begin another.")
    whole = tuple(parts) or (Part(None, ""),)
    at = len(whole) - 1 if key is None else _section_at(whole, key)
    return _with(whole, at, (*whole[at].ids, *new))


def moved(parts: Sequence[Part], resource_id: str, by: int) -> Parts:
    """Move an item one place up (-1) or down (1), across sections too; an end is an end.

    Raises:
        Gone: it is not among them.
    """
    at = _part_with(parts, resource_id)
    ids = parts[at].ids
    place = ids.index(resource_id) + by
    if 0 <= place < len(ids):
        return _with(parts, at, _put(ids, resource_id, place))
    other = at + by
    if not 0 <= other < len(parts):
        return tuple(parts)
    end = len(parts[other].ids) if by < 0 else 0
    return put(parts, resource_id, parts[other].key, end)


def put(
    parts: Sequence[Part], resource_id: str, key: int | None, place: int | None = None
) -> Parts:
    """Put an item into a section at a place counted from 0; None: at its end.

    Raises:
        Gone: there is no such item or section.
    """
    _part_with(parts, resource_id)
    at = _section_at(parts, key)
    without = removed(parts, resource_id)
    ids = without[at].ids
    return _with(without, at, _put(ids, resource_id, len(ids) if place is None else place))


def removed(parts: Sequence[Part], resource_id: str) -> Parts:
    """Take an item out.

    Raises:
        Gone: it is not among them.
    """
    at = _part_with(parts, resource_id)
    return _with(parts, at, tuple(one for one in parts[at].ids if one != resource_id))


def with_section(parts: Sequence[Part], title: str) -> Parts:
    """Add a section at the end.

    Raises:
        InvalidInput: there would be too many.
    """
    if len(parts) >= SECTIONS_LIMIT:
        raise InvalidInput(f"A collection may have {SECTIONS_LIMIT} sections.")
    return (*parts, Part(None, title))


def section_moved(parts: Sequence[Part], key: int, by: int) -> Parts:
    """Move a section with its items one place up (-1) or down (1); an end is an end.

    Raises:
        Gone: there is no such section.
    """
    at = _section_at(parts, key)
    rest = [part for part in parts if part.key != key]
    rest.insert(min(max(at + by, 0), len(rest)), parts[at])
    return tuple(rest)


def without_section(parts: Sequence[Part], key: int) -> Parts:
    """Remove a section; its items join the one before it, or the one behind where it is the first.

    The last one left loses only its title.

    Raises:
        Gone: there is no such section.
    """
    at = _section_at(parts, key)
    if len(parts) == 1:
        return (replace(parts[0], title=""),)
    left = parts[at].ids
    rest = tuple(part for part in parts if part.key != key)
    if at:
        return _with(rest, at - 1, (*rest[at - 1].ids, *left))
    return _with(rest, 0, (*left, *rest[0].ids))


def _put(ids: Sequence[str], resource_id: str, place: int) -> tuple[str, ...]:
    rest = [one for one in ids if one != resource_id]
    rest.insert(min(max(place, 0), len(rest)), resource_id)
    return tuple(rest)


def _with(parts: Sequence[Part], at: int, ids: tuple[str, ...]) -> Parts:
    return tuple(replace(part, ids=ids) if n == at else part for n, part in enumerate(parts))


def _part_with(parts: Sequence[Part], resource_id: str) -> int:
    for at, part in enumerate(parts):
        if resource_id in part.ids:
            return at
    raise Gone(GONE)


def _section_at(parts: Sequence[Part], key: int | None) -> int:
    for at, part in enumerate(parts):
        if part.key == key:
            return at
    raise Gone(NO_SECTION)
