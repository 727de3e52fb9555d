"""Change a term in the text of its vocabulary's file, and touch no other line.

The layout is the one that all files of content/taxonomy/ have: `terms:` at the margin, each term
from a line `- code: …` on, its keys indented by two spaces. Whatever comes of a change is read
again and held against what was meant, so that another layout is refused, never spoilt.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from app.domain.errors import InvalidInput
from app.domain.taxonomy import Term
from app.domain.terms import values_of
from app.formats.taxonomy_files import read_yaml

# The order of a term's keys in a file.
KEYS = (
    "code", "label", "label_gd", "aliases", "elsewhere", "broader", "valid_from", "valid_to",
    "replaced_by", "note", "unverified",
)  # fmt: skip
WIDTH = 120  # characters of a line, about

_BEGIN = re.compile(r"- code: *(?P<code>.+?) *\n?")
_KEY = re.compile(r"(?:- |  )(?P<key>[a-z_]+):(?: |\n|$)")


@dataclass(frozen=True)
class _Block:
    """Where a term stands: its first line, and the line after its last."""

    first: int
    end: int


def block_of(text: str, code: str) -> str | None:
    """Return the lines of a term as they stand; None where the term is not in the file.

    Raises:
        InvalidInput: the file is not written as vocabularies are.
    """
    lines = _lines(text)
    block = _blocks(lines).get(code)
    return "".join(lines[block.first : block.end]) if block else None


def with_term(text: str, before: Term, after: Term) -> str:
    """Return the text with a term changed: only the keys that differ are written anew.

    Raises:
        InvalidInput: the file is written in a way in which that cannot be done safely.
    """
    lines = _lines(text)
    block = _block(lines, before.code)
    old, new = _said(before), _said(after)
    keys = _keys(lines[block.first : block.end])
    for key in KEYS:
        if old.get(key) != new.get(key):
            keys = _put(keys, key, _written(key, new[key]) if key in new else None)
    changed = [line for _, held in keys for line in held]
    return _checked(text, _spliced(lines, block, changed), before.code, after)


def with_new_term(text: str, term: Term, behind: str | None = None) -> str:
    """Return the text with a term added behind another; at the end where none is named.

    Raises:
        InvalidInput: the file is written in a way in which that cannot be done safely.
    """
    said = _said(term)
    written = [_written(key, said[key]) for key in KEYS if key in said]
    lines = ["- " + written[0][2:], *written[1:]]
    return with_block(text, term, "".join(lines), behind)


def with_block(text: str, term: Term, block: str, behind: str | None = None) -> str:
    """Return the text with these lines for a term: in its place, or behind another where it is new.

    Raises:
        InvalidInput: the lines do not say this term, or it cannot be done safely.
    """
    lines = _lines(text)
    blocks = _blocks(lines)
    held = blocks.get(term.code)
    if held is None:
        if not blocks:
            raise _refusal()
        end = blocks[behind].end if behind in blocks else max(one.end for one in blocks.values())
        held = _Block(end, end)
    return _checked(text, _spliced(lines, held, [block]), term.code, term)


def without_term(text: str, code: str) -> str:
    """Return the text without a term.

    Raises:
        InvalidInput: the file is written in a way in which that cannot be done safely.
    """
    lines = _lines(text)
    return _checked(text, _spliced(lines, _block(lines, code), []), code, None)


def _lines(text: str) -> list[str]:
    if "\r" in text:  # another system's line ends
        raise _refusal()
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def _blocks(lines: list[str]) -> dict[str, _Block]:
    """Return where each term stands, by its code, in the file's order."""
    if "terms:\n" not in lines:
        raise _refusal()
    found: dict[str, _Block] = {}
    place = lines.index("terms:\n") + 1
    while place < len(lines):
        begin = _BEGIN.fullmatch(lines[place])
        if begin:
            end = place + 1
            while end < len(lines) and lines[end].startswith(" "):
                end += 1
            found[str(yaml.safe_load(begin["code"]))] = _Block(place, end)
            place = end
        elif lines[place].startswith("#") or not lines[place].strip():
            place += 1  # a remark between two terms stays where it is
        else:
            break
    return found


def _block(lines: list[str], code: str) -> _Block:
    block = _blocks(lines).get(code)
    if block is None:
        raise _refusal()
    return block


def _keys(block: list[str]) -> list[tuple[str, list[str]]]:
    """Return the lines of a term by key, in their order; what continues a key is with it."""
    keys: list[tuple[str, list[str]]] = []
    for line in block:
        begun = _KEY.match(line)
        if begun:
            keys.append((begun["key"], [line]))
        elif keys:
            keys[-1][1].append(line)
        else:
            raise _refusal()
    return keys


def _put(
    keys: list[tuple[str, list[str]]], key: str, written: str | None
) -> list[tuple[str, list[str]]]:
    """Return the keys with one written anew, added in its place, or taken out."""
    names = [name for name, _ in keys]
    line = [] if written is None else [(key, [written])]
    if key in names:
        place = names.index(key)
        return [*keys[:place], *line, *keys[place + 1 :]]
    # Behind the last of those that come before it in the usual order.
    earlier = KEYS[: KEYS.index(key)]
    place = max((names.index(name) for name in names if name in earlier), default=0) + 1
    return [*keys[:place], *line, *keys[place:]]


def _written(key: str, value: Any) -> str:
    """Return a key with its value as lines of a term."""
    dumped: str = yaml.safe_dump(
        {key: value},
        allow_unicode=True,
        default_flow_style=None if isinstance(value, list) else False,
        width=WIDTH,
    )
    return "".join(f"  {line}" for line in dumped.splitlines(keepends=True))


def _said(term: Term) -> dict[str, Any]:
    """Return what a file says of a term: days as days, lists as lists."""
    values = values_of(term) or {}
    return {
        key: getattr(term, key)
        if key.startswith("valid_")
        else list(value)
        if isinstance(value, tuple)
        else value
        for key, value in values.items()
    }


def _spliced(lines: list[str], block: _Block, put: list[str]) -> str:
    return "".join([*lines[: block.first], *put, *lines[block.end :]])


def _checked(before: str, after: str, code: str, term: Term | None) -> str:
    """Return the new text, once it was read again and says what was meant and nothing else."""
    try:
        old, new = read_yaml(before), read_yaml(after)
        is_right = _is_right(old, new, code, term)
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        is_right = False
    if not is_right:
        raise _refusal()
    return after


def _is_right(old: Any, new: Any, code: str, term: Term | None) -> bool:
    held, wanted = old.pop("terms"), new.pop("terms")
    mine = [row for row in wanted if row["code"] == code]
    others = [row for row in wanted if row["code"] != code]
    said = [_as_read(row) for row in mine]
    return bool(
        old == new
        and others == [row for row in held if row["code"] != code]
        and said == ([_said(term)] if term else [])
    )


def _as_read(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a file as `_said` would tell it: what lists hold is text to the loader."""
    return {
        key: [str(one) for one in value] if isinstance(value, list) else value
        for key, value in row.items()
        if value not in (None, [], "")
    }


def _refusal() -> InvalidInput:
    return InvalidInput(
        "This file is laid out in a way that cannot be edited here without touching more of it. "
        "Whoever runs the server can change it by hand."
    )
