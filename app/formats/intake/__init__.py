"""Stand-in until the reading of Word and PDF files is merged: Markdown only, in this process."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import InvalidInput


@dataclass(frozen=True)
class IntakeLimits:
    """How large a file may be."""

    file_mb: int = 20


@dataclass(frozen=True)
class TakenPicture:
    """A picture without its metadata; the text shows it as `![alt](pictures/<name>)`."""

    name: str
    media_type: str
    data: bytes
    alt: str


class Concern(StrEnum):
    """Why a note is made."""

    DROPPED = "dropped"
    DOUBTFUL = "doubtful"
    KEPT_OUT = "kept out"


@dataclass(frozen=True)
class Note:
    """One sentence for the person about something that did not simply come along."""

    concern: Concern
    what: str
    sentence: str
    count: int


@dataclass(frozen=True)
class Piece:
    """The Markdown under one heading of the file; `heading` is "" before the first."""

    heading: str
    level: int
    body: str


@dataclass(frozen=True)
class Intake:
    """A file taken in."""

    title: str
    pieces: tuple[Piece, ...]
    pictures: tuple[TakenPicture, ...] = ()
    notes: tuple[Note, ...] = ()
    authors: tuple[str, ...] = ()


def take_in(name: str, data: bytes, limits: IntakeLimits | None = None) -> Intake:
    """Return what a Markdown file holds.

    Raises:
        InvalidInput: it is not text.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise InvalidInput("Only Markdown can be taken in for now.") from None
    parts = re.split(r"^(#{1,6}) (.*)$", text, flags=re.MULTILINE)
    pieces = [Piece("", 0, parts[0].strip() + "\n")] if parts[0].strip() else []
    title = name.rpartition(".")[0]
    for marks, heading, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if len(marks) == 1:
            title = heading
        else:
            pieces.append(Piece(heading, len(marks), body.strip() + "\n"))
    return Intake(title, tuple(pieces))
