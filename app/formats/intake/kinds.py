"""What kind of file the bytes are, whatever it is called; a sentence for each kind refused."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from app.domain.errors import InvalidInput
from app.formats.intake.word.package import refuse_many_entries


class FileKind(StrEnum):
    """What can be taken in."""

    WORD = "Word document"
    PDF = "PDF"
    TEXT = "text file"


ENDINGS = {
    FileKind.WORD: (".docx", ".docm", ".dotx", ".dotm"),
    FileKind.PDF: (".pdf",),
    FileKind.TEXT: (".md", ".markdown", ".mdown", ".txt", ".text"),
}
TAKEN = "Take in a Word document (.docx), a PDF or a Markdown file."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first bytes of files that people send by mistake, and what they are called.
STRANGERS = (
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\0\0\0\x18ftyp", "a film"),
    (b"\0\0\0 ftyp", "a film"),
    (b"ID3", "a sound recording"),
)
WEB_PAGE = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
PDF_WITHIN = 1024  # bytes before %PDF that readers allow
OFFICE = (
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"Index/Document.iwa", "a Pages document"),
    (b"Index.zip", "a Pages document"),
)


def tell_kind(name: str, data: bytes) -> FileKind:
    """Return the kind of a file that can be taken in.

    Raises:
        InvalidInput: it is of another kind, or its name says another kind than its bytes.
    """
    kind = _by_bytes(data)
    _refuse_renamed(name, kind)
    return kind


def ending_of(name: str) -> str:
    """Return how a file's name ends, in small letters, with its point."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def title_from(name: str) -> str:
    """Return a title for a text that has none, from its file's name."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return " ".join(re.sub(r"[\x00-\x1f_]+", " ", stem).split())[:200]


def _by_bytes(data: bytes) -> FileKind:
    if b"%PDF-" in data[:PDF_WITHIN]:
        return FileKind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(OLE):
        raise InvalidInput(_ole(data))
    if data.lstrip().startswith(b"{\\rtf"):
        raise InvalidInput(
            "This is a rich text file (RTF): open it in Word, save it as .docx and try again."
        )
    for start, what in STRANGERS:
        if data.startswith(start):
            raise InvalidInput(f"This is {what}, not a text. {TAKEN}")
    if WEB_PAGE.match(data[:2000]):
        raise InvalidInput(
            "This is a web page: open it in Word or a browser, copy its text into a document and "
            "save that as .docx."
        )
    return FileKind.TEXT


def _ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "This document is protected by a password, so nothing in it can be read: open it in "
            "Word, take the password away (File, Info, Protect Document), save it and try again."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return "This is an old Word file (.doc): open it in Word, save it as .docx and try again."
    return f"This is an old Office file: open it, save it as .docx and try again. {TAKEN}"


def _zipped(data: bytes) -> FileKind:
    if data.count(b"PK\x01\x02") == 0:
        raise InvalidInput(
            "The file ends too early, so nothing in it can be read: it was damaged on its way. "
            "Send it again from where you saved it."
        )
    try:
        names = _names(data)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeError):
        # Python's zip reader says NotImplementedError of a compression that it does not know.
        return FileKind.WORD  # the room for Word says what is wrong with it
    is_office = "[Content_Types].xml" in names or any(name.startswith("word/") for name in names)
    if is_office and not any(name.startswith(("xl/", "ppt/")) for name in names):
        return FileKind.WORD
    raise InvalidInput(_other_package(data, names))


def _names(data: bytes) -> set[str]:
    refuse_many_entries(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return set(package.namelist())


def _other_package(data: bytes, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in data[:200]:
        return (
            "This is an OpenDocument file (LibreOffice): save it as .docx (File, Save As, Word) "
            "and try again."
        )
    for begin, what in OFFICE:
        if any(name.startswith(begin.decode()) for name in names):
            return f"This is {what}: save its text as a Word document (.docx) and try again."
    return f"This is a zip archive: take the document out of it first. {TAKEN}"


def _refuse_renamed(name: str, kind: FileKind) -> None:
    ending = ending_of(name)
    if ending in ENDINGS[kind] or (kind is FileKind.TEXT and not ending):
        return
    right = ENDINGS[kind][0]
    if kind is FileKind.TEXT:
        raise InvalidInput(
            f"This file’s name ends in “{ending[:20]}”, but there is only plain text or nothing "
            f"that can be read in it. {TAKEN}"
        )
    called = f"was named {ending[:20]}" if ending else "has a name without an ending"
    raise InvalidInput(
        f"This is a {kind.value} that {called}: give it a name that ends in {right} and try again."
    )
