"""Read a Markdown file's front matter: bytes in; values, their lines and the body out."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from app.domain.errors import InvalidInput
from app.formats.sizes import refuse_large

FRONT_MATTER_LIMIT = 64 * 1024  # characters
DEEPEST = 20  # lists in lists
OPENS = re.compile(r"---[ \t]*\n")
CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
LOOKS_LIKE_A_KEY = re.compile(r"\s*[\w-]+[ \t]*:(?:\s|$)")
ALIAS = (
    "The front matter uses a YAML anchor or alias ({name}), which is not followed: write the words "
    "out, or put a text that begins with & or * in double quotes."
)
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
# Every scalar is the text that stands in the file: 2020, yes and 1:30 stay as they were typed.
Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
TAG = "The front matter asks for a YAML tag ({name}), which is never carried out: remove it."


class Unreadable(InvalidInput):
    """The file cannot be read as Markdown with front matter; `line` counts from 1."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class FrontMatter:
    """What a Markdown file holds. Line ends are LF; the body ends with one unless it is empty."""

    values: Mapping[str, Value] = field(default_factory=dict)  # in the order of the file
    lines: Mapping[str, int] = field(default_factory=dict)  # the line each key stands on, from 1
    written: Mapping[str, str] = field(default_factory=dict)  # each key and value as YAML
    body: str = ""


def read_front_matter(
    data: bytes, limit_mb: int = 2, limit: int = FRONT_MATTER_LIMIT
) -> FrontMatter:
    """Return what the file holds; a file without front matter is all body.

    A byte-order mark is dropped and CRLF becomes LF. YAML is read as plain
    text, lists and mappings: no tags, no aliases, no key twice. `limit` is how
    many characters of it there may be.

    Raises:
        TooLarge: the file is over its limit.
        Unreadable: it is not UTF-8 text or its front matter is broken; says the line.
    """
    refuse_large(len(data), limit_mb)
    text = _text(data)
    opening = OPENS.match(text)
    if opening is None:
        return FrontMatter(body=_ended(text))
    closing = CLOSES.search(text, opening.end())
    if closing is None:
        _refuse_unclosed(text[opening.end() :])
        return FrontMatter(body=_ended(text))
    body = _ended(text[closing.end() :])
    return _read_yaml(text[opening.end() : closing.start()], body, limit)


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("The file is UTF-16: save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"The byte 0x{data[error.start]:02x} is not UTF-8: save the file as UTF-8.", line
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable("There is a NUL character: this is not a text file.", line)
    return text


def _ended(body: str) -> str:
    """Return the body with exactly one line end at its end, or nothing."""
    bare = body.rstrip("\n")
    return bare + "\n" if bare else ""


def _refuse_unclosed(rest: str) -> None:
    # A line of dashes is also a rule across the page: only keys below it make front matter.
    if LOOKS_LIKE_A_KEY.match(rest):
        raise Unreadable("The front matter opens here and never closes: end it with a line ---.")


def _read_yaml(source: str, body: str, limit: int) -> FrontMatter:
    if len(source) > limit:
        raise Unreadable(f"The front matter is over {limit // 1024} KiB: move the text below it.")
    try:
        _refuse_what_is_not_plain(source)
        root = yaml.compose(source, Loader=yaml.SafeLoader)
        if root is None:
            return FrontMatter(body=body)
        if not isinstance(root, yaml.MappingNode):
            raise Unreadable(
                "Between the --- lines there must be lines of “name: value”; if they are rules "
                "across the page, begin the file with an empty line."
            )
        return _taken_apart(source, root, body)
    except yaml.YAMLError as error:
        raise _plainly(error) from None


def _refuse_what_is_not_plain(source: str) -> None:
    """Look at the YAML as a stream, before anything is made of it."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 2 if event.start_mark else 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            raise Unreadable(ALIAS.format(name=anchor), line)
        if tag:
            raise Unreadable(TAG.format(name=tag), line)
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Unreadable(f"The front matter is nested over {DEEPEST} deep: make it flat.", line)


def _taken_apart(source: str, root: yaml.MappingNode, body: str) -> FrontMatter:
    values = _mapping(root)
    lines = {
        key: key_node.start_mark.line + 2  # marks count from 0, and --- is a line too
        for key, (key_node, _) in zip(values, root.value, strict=True)
    }
    return FrontMatter(values, lines, _as_written(source, root, values), body)


def _mapping(node: yaml.MappingNode) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key, line = str(_value(key_node)), key_node.start_mark.line + 2
        if key in values:
            raise Unreadable(f"“{key}” stands twice: keep one.", line)
        values[key] = _value(value_node)
    return values


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    text = _whole_characters(str(node.value), node.start_mark.line + 2)
    is_quoted = isinstance(node, yaml.ScalarNode) and node.style is not None
    return text if is_quoted or text not in NOTHING else None


def _whole_characters(text: str, line: int) -> str:
    """Return a text with the halves of characters joined, as JSON writes \\ud83d\\ude42."""
    if "\0" in text:
        raise Unreadable("There is a NUL character: remove it.", line)
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise Unreadable(
            "There is half a character (\\ud800 or its like): remove it.", line
        ) from None


def _as_written(
    source: str, root: yaml.MappingNode, values: Mapping[str, Value]
) -> Mapping[str, str]:
    """Return each key with its value as the author wrote it, comments and quotes too."""
    starts = [key_node.start_mark for key_node, _ in root.value]
    if root.flow_style or any(mark.column for mark in starts):
        return {key: _dumped({key: value}) for key, value in values.items()}
    ends = [mark.index for mark in starts[1:]] + [len(source)]
    return {
        key: source[start.index : end].strip("\n")
        for key, start, end in zip(values, starts, ends, strict=True)
    }


def _dumped(values: Mapping[str, Value]) -> str:
    return yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=10**6).strip(
        "\n"
    )


def _plainly(error: yaml.YAMLError) -> Unreadable:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    line = mark.line + 2 if mark else 1
    if isinstance(error, yaml.scanner.ScannerError) and "alias" in str(error.context):
        return Unreadable(ALIAS.format(name="& or *"), line)
    return Unreadable(
        f"The front matter is not YAML here ({problem}): a text with “: ” or “#” in it, or one "
        "that begins with a mark, needs double quotes.",
        line,
    )
