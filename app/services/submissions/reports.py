"""What is kept of a taking in: its notes, the pieces not yet placed, the document's authors."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from app.formats.intake import Concern, Note
from app.models.submissions import Original

# In the order in which a person wants to know them.
TOLD_FIRST = (Concern.DROPPED, Concern.DOUBTFUL, Concern.KEPT_OUT)


@dataclass(frozen=True)
class WaitingPiece:
    """A piece of the file that waits to be put somewhere, and the likeliest section's code."""

    number: int  # within its report, from 1; it never changes
    heading: str
    body: str
    suggested: str

    @property
    def words(self) -> str:
        """The piece as it goes into a section, below a heading of its own."""
        heading = f"### {self.heading}\n\n" if self.heading else ""
        return f"{heading}{self.body.strip()}"


@dataclass(frozen=True)
class Report:
    """What came of one file."""

    placed: tuple[str, ...] = ()  # the codes of the sections that it filled
    pictures: int = 0
    notes: tuple[Note, ...] = ()
    waiting: tuple[WaitingPiece, ...] = ()
    authors: tuple[str, ...] = field(default=())  # never shown, never published

    def notes_of(self, concern: Concern) -> list[Note]:
        """Return the notes of one concern, in the order of the file."""
        return [note for note in self.notes if note.concern is concern]


def read_report(original: Original) -> Report:
    """Return the report that is kept with an original."""
    held = json.loads(original.report_json)
    return Report(
        placed=tuple(held["placed"]),
        pictures=held["pictures"],
        notes=tuple(
            Note(Concern(n["concern"]), n["what"], n["sentence"], n["count"]) for n in held["notes"]
        ),
        waiting=tuple(WaitingPiece(**piece) for piece in held["waiting"]),
        authors=tuple(held["authors"]),
    )


def write_report(original: Original, report: Report) -> None:
    """Keep a report with its original."""
    original.report_json = json.dumps(asdict(report), ensure_ascii=False)


def authors_of(originals: Sequence[Original]) -> tuple[str, ...]:
    """Return the authors that the documents name, each once."""
    return tuple(dict.fromkeys(a for original in originals for a in read_report(original).authors))
