"""Read a collection from its Markdown file: what it says, and what of it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from ulid import ULID

from app.domain.collections import (
    COVER_TEXT_LIMIT,
    ITEMS_LIMIT,
    LONGEST_ITEM_MINUTES,
    NOTE_LIMIT,
    SECTION_TITLE_LIMIT,
    SECTIONS_LIMIT,
    CollectionContent,
    ItemContent,
    SectionContent,
)
from app.domain.errors import TooLarge
from app.formats import resource_parts as parts
from app.formats.front_matter import FrontMatter, Unreadable, Value, read_front_matter
from app.formats.pictures import PLAIN_NAME
from app.formats.problems import Problem, Severity
from app.formats.resource_fields import Fields
from app.formats.resource_files import ReadingRules

KEYS = frozenset(
    {
        *("id", "kind", "title", "summary", "notice", "region", "authority", "school", "audience"),
        *("cover", "cover_text", "language", "published_on", "sections"),
    }
)
ITEM_KEYS = frozenset({"resource", "note", "minutes"})
SECTION_KEYS = frozenset({"title", "items"})
NAME_LIMIT = 200  # characters, of a school
LARGEST_FRONT_MATTER = 1024 * 1024  # characters: the notes of all its items stand there


@dataclass(frozen=True)
class ReadCollection:
    """What a file gave; `content` is None when the file is refused."""

    content: CollectionContent | None
    id: str | None = None
    problems: tuple[Problem, ...] = ()


def read_collection_file(data: bytes, name: str, rules: ReadingRules) -> ReadCollection:
    """Return the collection that a file holds, with everything to tell about it.

    `name` is the file's name without its ending: the title where nothing else gives one.
    """
    try:
        front = read_front_matter(data, rules.limit_mb, LARGEST_FRONT_MATTER)
    except Unreadable as error:
        return ReadCollection(None, problems=(Problem(str(error), line=error.line),))
    except TooLarge as error:
        return ReadCollection(None, problems=(Problem(str(error)),))
    fields = Fields(front, _defaults(rules), rules.taxonomy)
    collection_id = parts.ulid(fields)
    content = _content(front, fields, name, rules)
    problems = tuple(sorted(fields.problems, key=lambda problem: problem.line))
    if any(problem.severity is Severity.REFUSED for problem in problems):
        return ReadCollection(None, collection_id, problems)
    return ReadCollection(content, collection_id, problems)


def _defaults(rules: ReadingRules) -> Mapping[str, str]:
    return {key: text for key, text in rules.defaults.items() if key in KEYS - {"kind"}}


def _content(
    front: FrontMatter, fields: Fields, name: str, rules: ReadingRules
) -> CollectionContent:
    """Put the fields together; it counts only if nothing was refused."""
    return CollectionContent(
        title=parts.title(fields, front.body, name),
        region=parts.region(fields, rules.taxonomy),
        summary=parts.summary(fields),
        introduction=front.body,
        notice=fields.text("notice"),
        authority=fields.term("authority", "authorities"),
        school=fields.name("school", NAME_LIMIT) or None,
        audience=parts.audience(fields),
        cover=_cover(fields),
        cover_text=fields.name("cover_text", COVER_TEXT_LIMIT),
        sections=_sections(fields),
        language=parts.language(fields),
        published_on=fields.day("published_on"),
        extra_yaml=parts.kept_yaml(front, KEYS, ""),
    )


def _cover(fields: Fields) -> str | None:
    name = fields.text("cover")
    if name and not PLAIN_NAME.fullmatch(name):
        fields.refuse("cover", f"cover must be the name of a file in pictures/, not “{name}”.")
    return name or None


def _sections(fields: Fields) -> tuple[SectionContent, ...]:
    value = fields.value("sections")
    if value in (None, ""):
        return ()
    if not isinstance(value, list) or len(value) > SECTIONS_LIMIT:
        fields.refuse("sections", f"sections must be a list of at most {SECTIONS_LIMIT} sections.")
        return ()
    found = tuple(_section(fields, number, one) for number, one in enumerate(value, 1))
    ids = [item.resource_id for section in found for item in section.items]
    if len(ids) > ITEMS_LIMIT:
        fields.refuse("sections", f"There are {len(ids)} items and the limit is {ITEMS_LIMIT}.")
    for twice in sorted({one for one in ids if one and ids.count(one) > 1}):
        fields.refuse("sections", f"The resource {twice} stands twice: keep one.")
    return found


def _section(fields: Fields, number: int, value: Value) -> SectionContent:
    where = f"Section {number}"
    held = _named(fields, where, value, SECTION_KEYS)
    items = held.get("items") or []
    if not isinstance(items, list):
        fields.refuse("sections", f"{where}: items must be a list.")
        items = []
    title = " ".join(_text(fields, where, held, "title").split())
    if len(title) > SECTION_TITLE_LIMIT:
        fields.refuse("sections", f"{where}: its title is over {SECTION_TITLE_LIMIT} characters.")
    found = (_item(fields, f"{where}, item {at}", one) for at, one in enumerate(items, 1))
    return SectionContent(title, tuple(found))


def _item(fields: Fields, where: str, value: Value) -> ItemContent:
    held = _named(fields, where, value, ITEM_KEYS)
    note = _text(fields, where, held, "note")
    if len(note) > NOTE_LIMIT:
        fields.refuse("sections", f"{where}: the note is over {NOTE_LIMIT} characters.")
    return ItemContent(_resource_id(fields, where, held), note, _minutes(fields, where, held))


def _resource_id(fields: Fields, where: str, held: Mapping[str, Value]) -> str:
    text = _text(fields, where, held, "resource")
    try:
        return str(ULID.from_str(text.upper()))
    except ValueError:
        fields.refuse("sections", f"{where}: resource must be the id of one, not “{text}”.")
        return ""  # stands in; the file is refused


def _minutes(fields: Fields, where: str, held: Mapping[str, Value]) -> int | None:
    text = _text(fields, where, held, "minutes")
    if not text:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LONGEST_ITEM_MINUTES:
        return int(text)
    fields.refuse(
        "sections", f"{where}: minutes must be from 1 to {LONGEST_ITEM_MINUTES}, not “{text}”."
    )
    return None


def _named(fields: Fields, where: str, value: Value, known: frozenset[str]) -> Mapping[str, Value]:
    """Return a mapping; what it says under other names is told, lest it be lost silently."""
    if not isinstance(value, dict):
        fields.refuse("sections", f"{where} must have names and values.")
        return {}
    for key in value.keys() - known:
        fields.refuse("sections", f"{where}: “{key}” is not known here. Remove it.")
    return value


def _text(fields: Fields, where: str, held: Mapping[str, Value], key: str) -> str:
    value = held.get(key)
    if isinstance(value, list | dict):
        fields.refuse("sections", f"{where}: {key} must be one text.")
        return ""
    return (value or "").strip()
