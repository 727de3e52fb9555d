"""What a run of loading carries from file to file, and what becomes of each."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.errors import TooLarge
from app.formats.file_tree import FileTree
from app.formats.front_matter import refuse_large
from app.formats.problems import Problem
from app.formats.resource_files import ReadingRules, ReadResource, read_resource


class Result(StrEnum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class LoadRun:
    """One run of loading: the tree, the rules, and what it has met so far."""

    tree: FileTree
    rules: ReadingRules
    picture_limit_mb: int = 2
    taken: dict[str, Path] = field(default_factory=dict)  # resource id -> its file in this run
    pictures: set[Path] = field(default_factory=set)  # the files of pictures that were taken

    @property
    def left_alone(self) -> int:
        """How many files of the tree are neither Markdown nor pictures that were taken."""
        return len(set(self.tree.others) - self.pictures)


@dataclass(frozen=True)
class LoadFile:
    """One file as it was read, before the library is asked about it."""

    path: Path
    data: bytes
    found: ReadResource

    def line_of(self, words: str) -> int:
        """Return the first line that holds the words, counted from 1; 1 where none does."""
        place = self.data.find(words.encode())
        return self.data.count(b"\n", 0, max(place, 0)) + 1

    def line_of_key(self, key: str) -> int:
        """Return the line of a front-matter key, counted from 1; 1 where the file has it not."""
        place = self.data.find(f"\n{key}:".encode())
        return self.data.count(b"\n", 0, place + 1) + 1


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and what to tell about it."""

    path: Path
    result: Result
    problems: tuple[Problem, ...] = ()


def read_file(path: Path, rules: ReadingRules) -> LoadFile:
    """Read one file; it needs no database, so that no lock is held while it lasts."""
    try:
        refuse_large(path.stat().st_size, rules.limit_mb)
        data = path.read_bytes()
    except TooLarge as refusal:
        return _unread(path, str(refusal))
    except OSError as error:
        return _unread(path, f"The file cannot be opened: {error.strerror}.")
    return LoadFile(path, data, read_resource(data, path.stem, rules))


def _unread(path: Path, sentence: str) -> LoadFile:
    return LoadFile(path, b"", ReadResource(None, problems=(Problem(sentence),)))
