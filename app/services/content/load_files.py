"""What a run of loading carries from file to file, and what becomes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.collections import FOLDER as COLLECTIONS
from app.domain.errors import InvalidInput, TooLarge
from app.domain.resources import Kind
from app.domain.taxonomy import Taxonomy
from app.formats.collection_files import ReadCollection, read_collection_file
from app.formats.file_tree import FileTree, find_files
from app.formats.library_folder import is_collection_file
from app.formats.problems import Problem
from app.formats.resource_files import ReadingRules, ReadResource, check_rules, read_resource
from app.formats.sizes import refuse_large


class CannotTake(InvalidInput):
    """The file contradicts what the library holds; `key` is the front-matter key that does."""

    def __init__(self, sentence: str, key: str) -> None:
        super().__init__(sentence)
        self.key = key


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
    attachment_limit_mb: int = 20
    taken: dict[str, Path] = field(default_factory=dict)  # id -> its file in this run
    beside: set[Path] = field(default_factory=set)  # pictures and files for download, taken

    @property
    def left_alone(self) -> int:
        """How many files of the tree are neither Markdown nor taken with one."""
        return len(set(self.tree.others) - self.beside)


@dataclass(frozen=True)
class LoadFile:
    """One file as it was read, before the library is asked about it."""

    path: Path
    data: bytes
    found: ReadResource | ReadCollection

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


def rules_for(
    taxonomy: Taxonomy, defaults: Mapping[str, str], body_keys: Sequence[str], limit_mb: int
) -> ReadingRules:
    """Return how files are to be read: what stands in for what they do not say.

    Raises:
        InvalidInput: a default or a body key cannot be used.
    """
    rules = ReadingRules(taxonomy, defaults, tuple(body_keys), limit_mb)
    check_rules(rules)
    return rules


def begin(
    path: Path | None,
    content_dir: Path,
    rules: ReadingRules,
    picture_limit_mb: int,
    attachment_limit_mb: int = 20,
) -> LoadRun:
    """Return a run over a file or a folder; over the library's own folder where none is named.

    Of the library's folder only the folders of its kinds and its collections are
    looked into: the guide and the taxonomy lie there too. Collections come last.

    Raises:
        InvalidInput: there is nothing at the path.
    """
    start = path or content_dir
    is_library = start.resolve() == content_dir.resolve()
    folders = (*(kind.folder for kind in Kind), COLLECTIONS)
    tree = find_files(start, folders if is_library else ())
    tree.files.sort(key=is_collection_file)  # what a collection names comes before it
    return LoadRun(tree, rules, picture_limit_mb, attachment_limit_mb)


def refusals(run: LoadRun) -> list[Outcome]:
    """Return what was refused before it was opened: links out of the tree, cycles."""
    return [
        Outcome(path, Result.REFUSED, (Problem(sentence),)) for path, sentence in run.tree.refused
    ]


def read_file(path: Path, rules: ReadingRules) -> LoadFile:
    """Read one file; it needs no database, so that no lock is held while it lasts."""
    try:
        refuse_large(path.stat().st_size, rules.limit_mb)
        data = path.read_bytes()
    except TooLarge as refusal:
        return _unread(path, str(refusal))
    except OSError as error:
        return _unread(path, f"The file cannot be opened: {error.strerror}.")
    # A name may hold bytes that are no text; a title made of it may not.
    name = path.stem.encode("utf-8", "replace").decode()
    if is_collection_file(path):
        return LoadFile(path, data, read_collection_file(data, name, rules))
    return LoadFile(path, data, read_resource(data, name, rules))


def _unread(path: Path, sentence: str) -> LoadFile:
    return LoadFile(path, b"", ReadResource(None, problems=(Problem(sentence),)))
