"""What a file holds when it has been taken in, and how much may be taken."""

from dataclasses import dataclass
from enum import StrEnum

MOST_PIECES = 2000
MOST_AUTHORS = 100


@dataclass(frozen=True)
class IntakeLimits:
    """How large a file may be, and what reading it may cost."""

    file_mb: int = 20  # of the file as it was sent
    unpacked_mb: int = 100  # of everything in it that is read, and of what it says it holds
    part_mb: int = 16  # of one XML part
    entries: int = 2000  # files within the file
    elements: int = 250_000  # of XML, in all parts together
    depth: int = 100  # of XML elements within one another
    pictures: int = 100
    picture_mb: int = 2  # of one picture when it has been made smaller
    picture_pixels: int = 40_000_000  # width × height; what it takes to unpack them fits the memory
    photograph_pixels: int = 110_000_000  # of a JPEG, which is made smaller while it is unpacked
    pages: int = 200  # of a PDF
    text_mb: int = 2  # of all the Markdown that comes of it
    wall_s: float = 15.0
    memory_mb: int = 1024


@dataclass(frozen=True)
class TakenPicture:
    """A picture without its metadata; the text shows it as `![alt](pictures/<name>)`."""

    name: str
    media_type: str
    data: bytes
    alt: str


class Concern(StrEnum):
    """Why a note is made. What is kept out is never published, on purpose."""

    DROPPED = "dropped"
    DOUBTFUL = "doubtful"
    KEPT_OUT = "kept out"


@dataclass(frozen=True)
class Note:
    """One sentence for the person about something that did not simply come along."""

    concern: Concern
    what: str  # a short code, such as "comment"; see notes.py
    sentence: str
    count: int


@dataclass(frozen=True)
class Piece:
    """The Markdown under one heading of the file; `heading` is "" before the first."""

    heading: str  # plain words
    level: int  # 1 to 6; 0 before the first heading
    body: str  # Markdown, LF, one line end at its end unless it is empty


@dataclass(frozen=True)
class Intake:
    """A file taken in: its pieces in order, and everything worth knowing about the taking.

    `authors` are names from the document's properties, comments and changes.
    They are for the privacy check only, and never published.
    """

    title: str
    pieces: tuple[Piece, ...]
    pictures: tuple[TakenPicture, ...] = ()
    notes: tuple[Note, ...] = ()
    authors: tuple[str, ...] = ()
