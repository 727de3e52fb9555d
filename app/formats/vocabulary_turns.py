"""Write a vocabulary's file together with a commit: a note lies beside it until both are done.

The file cannot take part in the database's transaction. So before it is written a note keeps how
it was and for which change it is written; when the commit is done the note goes. A note that is
found later tells of a process that was killed between: whoever finds it asks the database whether
the change is on record, and puts the file back where it is not.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PART = ".part"
NOTE = ".was"


@dataclass(frozen=True)
class Turn:
    """One writing of one file, on behalf of one change."""

    file: Path
    change_id: int
    is_undoing: bool
    was: str
    becomes: str

    @property
    def note(self) -> Path:
        """Where the note lies: a name of its own for each change, done and undone."""
        way = "undone" if self.is_undoing else "done"
        return self.file.with_name(f".{self.file.name}.{self.change_id}.{way}{NOTE}")

    @property
    def becomes_sha256(self) -> str:
        """The hash of the file, once it is written."""
        return hashlib.sha256(self.becomes.encode()).hexdigest()

    def begin(self) -> None:
        """Leave the note, then write the file.

        Raises:
            OSError: the folder cannot be written; the file is as it was.
        """
        said = {
            "file": self.file.name,
            "change_id": self.change_id,
            "is_undoing": self.is_undoing,
            "was": self.was,
            "becomes": self.becomes,
        }
        _write(self.note, json.dumps(said, ensure_ascii=False))
        _write(self.file, self.becomes)

    def finish(self) -> None:
        """Take the note away: file and record agree."""
        self.note.unlink(missing_ok=True)

    def take_back(self) -> None:
        """Put the file back as it was, unless somebody wrote it anew; then take the note away.

        Raises:
            OSError: the folder cannot be written; the note stays for later.
        """
        if self.file.read_text(encoding="utf-8") == self.becomes:
            _write(self.file, self.was)
        self.finish()


def unfinished(folder: Path) -> Iterator[Turn]:
    """Yield the turns of which a note was left; clear away what was only half written.

    For whoever holds the lock of those who write: else it may be somebody's at work.
    """
    for part in folder.glob(f".*{PART}"):
        part.unlink(missing_ok=True)
    for note in filter(Path.is_file, sorted(folder.glob(f".*{NOTE}"))):
        held = json.loads(note.read_text(encoding="utf-8"))
        yield Turn(
            file=folder / held["file"],
            change_id=held["change_id"],
            is_undoing=held["is_undoing"],
            was=held["was"],
            becomes=held["becomes"],
        )


def has_unfinished(folder: Path) -> bool:
    """Say whether any note lies there, of somebody at work or of somebody killed."""
    return any(folder.glob(f".*{NOTE}"))


def why_not_writable(folder: Path) -> str:
    """Return a sentence where the vocabularies cannot be written; "" where they can."""
    if os.access(folder, os.W_OK):
        return ""
    return (
        f"The folder {folder} cannot be written by this server, so that vocabularies can be read "
        "here and not changed. Whoever runs the server can open it, or change its files by hand."
    )


def _write(path: Path, text: str) -> None:
    """Write a file beside and rename it into its place, and wait until the disk has it."""
    home = path.resolve()  # a link stays a link
    part = home.with_name(f".{home.name}.{os.getpid()}{PART}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if home.exists():
            shutil.copymode(home, part)
        part.replace(home)
    except OSError:
        part.unlink(missing_ok=True) if part.is_file() else None
        raise
    folder = os.open(home.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
