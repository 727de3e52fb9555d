"""Two people changed the same form: put both changes together, and say where they clash."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.alignment import align

Value = str | tuple[str, ...]  # a text, or a list of codes, each once

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Clash:
    """A field that both changed, each in another way; None where somebody emptied it."""

    field: str
    base: Value | None
    mine: Value | None
    theirs: Value | None


@dataclass(frozen=True)
class Merged:
    """The form with both changes; a field that clashes holds mine until somebody decides."""

    values: Mapping[str, Value]
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True)
class _Change:
    """Paragraphs of the base, from `start` up to `end`, that became others."""

    start: int
    end: int
    paragraphs: tuple[str, ...]


def merge(
    base: Mapping[str, Value], mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> Merged:
    """Put together what two people made of one form.

    A change by one of them counts. Where both changed a list, what either added is in and what
    either took out is not. Where both changed a text, their paragraphs are put together; changes to
    the same paragraph, or to neighbours, clash: side by side they may say a thing twice, or no
    longer make sense. Fields stand in the order of `mine`, then those that only `theirs` has.
    """
    values: dict[str, Value] = {}
    clashes: list[Clash] = []
    for field in dict.fromkeys((*mine, *theirs, *base)):
        versions = base.get(field), mine.get(field), theirs.get(field)
        is_clash, value = _merge_field(*versions)
        if is_clash:
            clashes.append(Clash(field, *versions))
        if value is not None:
            values[field] = value
    return Merged(values, tuple(clashes))


def _merge_field(
    base: Value | None, mine: Value | None, theirs: Value | None
) -> tuple[bool, Value | None]:
    """Return whether the field clashes, and its value."""
    if theirs in (base, mine):
        return False, mine
    if mine == base:
        return False, theirs
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return False, _merge_lists(base if isinstance(base, tuple) else (), mine, theirs)
    if isinstance(base, str) and isinstance(mine, str) and isinstance(theirs, str):
        text = _merge_texts(base, mine, theirs)
        return text is None, mine if text is None else text
    return True, mine


def _merge_lists(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Return mine without what they took out, then what they added."""
    kept = [one for one in mine if one in theirs or one not in base]
    added = [one for one in theirs if one not in base]
    return tuple(dict.fromkeys((*kept, *added)))


def _merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Return the text with both changes, its paragraphs one blank line apart; None for a clash."""
    old = _paragraphs(base)
    ours, others = _changes(old, _paragraphs(mine)), _changes(old, _paragraphs(theirs))
    if any(_collide(one, other) for one in ours for other in others):
        return None
    merged: list[str] = []
    at = 0
    # The same change by both is made once.
    for change in sorted({*ours, *others}, key=lambda one: one.start):
        merged += [*old[at : change.start], *change.paragraphs]
        at = change.end
    end = "\n" if mine.endswith("\n") or theirs.endswith("\n") else ""
    return "\n\n".join([*merged, *old[at:]]) + end


def _collide(one: _Change, other: _Change) -> bool:
    return one != other and one.start <= other.end and other.start <= one.end


def _changes(old: Sequence[str], new: Sequence[str]) -> tuple[_Change, ...]:
    """Return what became of the old paragraphs; between two changes at least one is as it was."""
    return tuple(_gaps(old, new))


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    at = other = 0
    for i, j in (*align(old, new), (len(old), len(new))):
        if i > at or j > other:
            yield _Change(at, i, tuple(new[other:j]))
        at, other = i + 1, j + 1


def _paragraphs(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").strip("\n")
    return _BLANK_LINES.split(plain) if plain else []
