"""Taking a Word file in within the test's own process: quicker, and a failure shows where."""

from app.formats.intake import Intake, IntakeLimits
from app.formats.intake.child import read_file
from tests.formats.intake import word_files as files


def take(data: bytes, name: str = "A study.docx") -> Intake:
    """What the file holds."""
    return read_file(name, data, IntakeLimits())


def body(*blocks: str) -> tuple[str, dict[str, int]]:
    """The Markdown that comes of a body's blocks of XML, and what is noted with it."""
    intake = take(files.body_of(*blocks))
    return "\n".join(piece.body for piece in intake.pieces), whats(intake)


def whats(intake: Intake) -> dict[str, int]:
    """What is noted, and how often it was met."""
    return {note.what: note.count for note in intake.notes}


def para(runs: str, about: str = "") -> str:
    """A paragraph as Word writes it."""
    return f"<w:p><w:pPr>{about}</w:pPr>{runs}</w:p>"


def run(text: str, about: str = "") -> str:
    """Letters of one look as Word writes them."""
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
