"""Gather real paragraphs and headings from folders of Markdown."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FEWEST_WORDS = 8  # a paragraph with fewer is a caption or a menu
MOST_WORDS = 120  # a longer one is cut, so that bodies can be shuffled finely
LARGEST_FILE = 2_000_000  # bytes; what is larger is data

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CODE = re.compile(r"^(```|~~~).*?^\1|<!--.*?-->|<[^>\n]{1,300}>", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_ADDRESS = re.compile(r"\w+://\S+|\S+@\S+\.\w+")
_MARKS = re.compile(r"[*_`~#<>|\\]+|^\s*(?:[-+]|\d+[.)])\s+", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Text:
    """Real text to shuffle: each paragraph and each heading once, in the order of the files."""

    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def word_count(self) -> int:
        """How many words the paragraphs have together."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    def save(self, path: Path) -> None:
        """Write it down for the processes that measure."""
        path.write_text(json.dumps([self.paragraphs, self.headings]), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Text":
        """Read what `save` wrote."""
        paragraphs, headings = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(paragraphs), tuple(headings))


def gather(folders: Iterable[Path]) -> Text:
    """Read every Markdown file below some folders; a paragraph that comes again is left out."""
    paragraphs: dict[str, None] = {}
    headings: dict[str, None] = {}
    for path in _files(folders):
        raw = _CODE.sub(" ", _FRONT_MATTER.sub("", path.read_text("utf-8", errors="replace")))
        headings.update(dict.fromkeys(_headings(raw)))
        paragraphs.update(dict.fromkeys(_paragraphs(_HEADING.sub("", raw))))
    return Text(tuple(paragraphs), tuple(headings))


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*.md")):
            if path.is_file() and path.stat().st_size <= LARGEST_FILE:
                yield path


def _headings(raw: str) -> Iterator[str]:
    for match in _HEADING.finditer(raw):
        text = plain(match[1])
        if len(_LETTERS.findall(text)) >= 2 and len(text) < 100:  # noqa: PLR2004
            yield text


def _paragraphs(raw: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", raw):
        yield from _pieces(plain(block))


def _pieces(text: str) -> Iterator[str]:
    """Cut a text between sentences into pieces of at most about MOST_WORDS words."""
    held: list[str] = []
    for sentence in _SENTENCE.split(text):
        held += sentence.split()[:MOST_WORDS]
        if len(held) >= MOST_WORDS // 2:
            yield " ".join(held)
            held = []
    if len(_LETTERS.findall(" ".join(held))) >= FEWEST_WORDS:
        yield " ".join(held)


def plain(markdown: str) -> str:
    """Return the words of a piece of Markdown; good enough to shuffle, not to show."""
    text = _LINK.sub(r"\1", markdown)
    return " ".join(_MARKS.sub(" ", _ADDRESS.sub(" ", text)).split())
