"""Find the Markdown files of a folder, and keep within it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import InvalidInput

DEEPEST = 50  # folders in folders
ENDINGS = frozenset({".md", ".markdown", ".rmd", ".qmd"})


@dataclass
class FileTree:
    """What a folder holds. Paths are absolute, in the order of their names."""

    root: Path
    files: list[Path] = field(default_factory=list)  # Markdown
    others: list[Path] = field(default_factory=list)  # left alone
    refused: list[tuple[Path, str]] = field(default_factory=list)  # and why, as a sentence

    def holds(self, path: Path) -> bool:
        """Whether a path lies in the tree when all its links are followed."""
        return Path(os.path.realpath(path)).is_relative_to(self.root)


def find_files(path: Path, folders: Sequence[str] = ()) -> FileTree:
    """Return the Markdown files of a folder, or the one file; hidden ones are passed over.

    `folders` names the folders directly inside that are looked into; none means all.

    Raises:
        InvalidInput: there is nothing at the path.
    """
    real = Path(os.path.realpath(path))
    if real.is_file():
        if real.suffix.lower() not in ENDINGS:
            raise InvalidInput(f"{path} is not Markdown: its name must end in .md.")
        return FileTree(real.parent, [real])
    if not real.is_dir():
        raise InvalidInput(f"There is no file or folder {path}.")
    tree = FileTree(real)
    for start in [real / folder for folder in folders] or [real]:
        if start.is_dir():
            _look_into(start, tree)
    return tree


def _look_into(folder: Path, tree: FileTree, depth: int = 0) -> None:
    if depth > DEEPEST:
        tree.refused.append((folder, f"This folder lies over {DEEPEST} folders deep."))
        return
    try:
        entries = sorted(_visible(folder), key=lambda entry: entry.name)
    except OSError as error:
        tree.refused.append((folder, f"The folder cannot be opened: {error.strerror}."))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            _judge_link(path, tree)
        elif entry.is_dir():
            _look_into(path, tree, depth + 1)
        elif path.suffix.lower() not in ENDINGS:
            tree.others.append(path)
        elif entry.is_file():
            tree.files.append(path)
        else:
            tree.refused.append((path, "This is not a plain file."))


def _visible(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def _judge_link(link: Path, tree: FileTree) -> None:
    """Follow no link: what it leads to is in the tree by itself, or does not belong to it."""
    target = Path(os.path.realpath(link))
    if link.parent.is_relative_to(target) or not _ends(link):
        sentence = "This link leads back to where it starts, a cycle: remove it."
    elif not target.is_relative_to(tree.root):
        sentence = f"This link leads out of the tree, to {target}: put a copy here instead."
    elif not target.exists():
        sentence = f"This link leads to nothing ({target}): mend or remove it."
    else:
        tree.others.append(link)
        return
    tree.refused.append((link, sentence))


def _ends(link: Path) -> bool:
    try:
        link.stat()
    except FileNotFoundError:
        return True
    except OSError:  # a ring of links has no end
        return False
    return True
