"""Knowing what need not be done again: a step leaves a stamp, a digest of what it was made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


class Stamp:
    """A small file that says from what a thing was last made; no file: never, or only half."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holds(self, digest: str) -> bool:
        """Whether the thing was made, to the end, from what `digest` stands for."""
        return self.path.is_file() and self.path.read_text().strip() == digest

    def lift(self) -> None:
        """Forget; called before the work, so that work broken off is done again."""
        self.path.unlink(missing_ok=True)

    def keep(self, digest: str) -> None:
        """Remember; called after the work."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(digest + "\n")


def digest_of(*parts: str) -> str:
    """Return one digest for some texts; their order and their borders count."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def digest_of_words(paths: Iterable[Path]) -> str:
    """Return one digest for the words of some files, in the order given."""
    return digest_of(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths))


def digest_of_tree(*folders: Path) -> str:
    """Return one digest for the names, sizes and times of all files below some folders.

    Fast for a large library. A file touched but not changed counts as changed: the work is
    then done once more, which is harmless. Hidden and compiled files do not count.
    """
    seen = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if path.is_file() and not any(p.startswith((".", "__pycache__")) for p in inside):
                status = path.stat()
                seen.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return digest_of(*seen)
