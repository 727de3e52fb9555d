"""Files for download: what kind the bytes are, whether they are safe to hand on, and a name."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from slugify import slugify

from app.domain.errors import InvalidInput, TooLarge
from app.formats.pictures import NAME_LIMIT, PLAIN_NAME
from app.formats.sizes import MEBIBYTE

ATTACHMENTS = "attachments/"  # where they lie, beside the texts that offer them
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# What each kind is called for people, and what its name ends in.
KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "application/pdf": ("PDF", (".pdf",)),
    f"{OFFICE}wordprocessingml.document": ("Word", (".docx",)),
    f"{OFFICE}spreadsheetml.sheet": ("Excel", (".xlsx",)),
    f"{OFFICE}presentationml.presentation": ("PowerPoint", (".pptx",)),
    f"{OPEN_DOCUMENT}text": ("OpenDocument text", (".odt",)),
    f"{OPEN_DOCUMENT}spreadsheet": ("OpenDocument spreadsheet", (".ods",)),
    f"{OPEN_DOCUMENT}presentation": ("OpenDocument slides", (".odp",)),
    "text/csv": ("CSV table", (".csv",)),
    "text/plain": ("Plain text", (".txt",)),
    "text/markdown": ("Markdown", (".md",)),
    "audio/mpeg": ("MP3 sound", (".mp3",)),
    "video/mp4": ("MP4 film", (".mp4",)),
    "image/png": ("PNG picture", (".png",)),
    "image/jpeg": ("JPEG picture", (".jpg", ".jpeg")),
}
ALLOWED = "PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text, Markdown, MP3, MP4, PNG or JPEG"
TEXTS = {".csv": "text/csv", ".txt": "text/plain", ".md": "text/markdown"}
# The part that makes an Office file what it is.
MAIN_PARTS = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ")
MP3 = re.compile(rb"ID3|\xff[\xfa\xfb\xf2\xf3]")
# What does things by itself, in the names of a file's parts.
ACTIVE = ("vbaproject", "vbadata", "macrosheets/", "activex/", "basic/", "scripts/")
RELATIONS_LIMIT = 256 * 1024  # bytes
MOST_PARTS = 5000
PAGE_OPENINGS = ("<!doctype", "<html", "<svg", "<?xml", "<script")


class NotAnAttachment(InvalidInput):
    """The bytes are no file that can be offered; the sentence says why, as half a sentence."""


def media_type(name: str, data: bytes, limit_mb: int = 20) -> str:
    """Return the media type of a file for download, told by its bytes and never by its name alone.

    Raises:
        TooLarge: it is over its limit.
        NotAnAttachment: it is of no kind that is handed on, does things by itself, or its name
            ends in what another kind's does.
    """
    if len(data) > limit_mb * MEBIBYTE:
        raise TooLarge(f"it is over {limit_mb} MiB: make it smaller")
    ending = PurePosixPath(name).suffix.lower()
    kind = _kind(ending, data)
    if kind is None:
        raise NotAnAttachment(f"it is none of the kinds that can be offered ({ALLOWED})")
    label, endings = KINDS[kind]
    if ending not in endings:
        raise NotAnAttachment(
            f"its content is {label}, and its name ends in “{ending}”: name it {endings[0]}"
        )
    return kind


def attachment_name(file_name: str) -> str:
    """Return a plain name for a file: its own where that is plain, else one made from it."""
    path = PurePosixPath(file_name.replace("\\", "/"))
    stem = path.stem if PLAIN_NAME.fullmatch(path.stem) else slugify(path.stem) or "file"
    ending = path.suffix.lower()
    return stem[: NAME_LIMIT - len(ending)] + ending


def kind_label(media: str) -> str:
    """Return what people call a kind of file."""
    return KINDS[media][0] if media in KINDS else "File"


def _kind(ending: str, data: bytes) -> str | None:
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    return _kind_of_media(data) or _kind_of_text(ending, data)


def _kind_of_media(data: bytes) -> str | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[4:8] == b"ftyp" and data[8:12] in MP4_BRANDS:
        return "video/mp4"
    return "audio/mpeg" if MP3.match(data) else None


def _kind_of_text(ending: str, data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(mark < " " and mark not in "\t\n\r\f" for mark in text):
        return None
    if text.lstrip().lower().startswith(PAGE_OPENINGS):
        return None
    return TEXTS.get(ending)


def _kind_of_package(data: bytes) -> str | None:
    """Return the kind of a zipped document; only its list of parts and its links are read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS:
                return None
            kind = _kind_of_parts(package, names)
            if kind is not None:
                _refuse_active(package, names)
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        # RuntimeError: a part is locked by a password. NotImplementedError: its compression is one
        # that Python's zip reader does not know.
        return None


def _kind_of_parts(package: zipfile.ZipFile, names: list[str]) -> str | None:
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in MAIN_PARTS.items() if part in names), None)
    if names[:1] != ["mimetype"]:
        return None
    with package.open("mimetype") as part:
        said = part.read(200).decode("ascii", "replace").strip()
    return said if said in KINDS else None


def _refuse_active(package: zipfile.ZipFile, names: list[str]) -> None:
    for name in names:
        if any(mark in name.lower() for mark in ACTIVE):
            raise NotAnAttachment("it holds macros: save it without")
    # A template from elsewhere brings macros of its own when the file is opened.
    if "word/_rels/settings.xml.rels" in names:
        with package.open("word/_rels/settings.xml.rels") as part:
            links = part.read(RELATIONS_LIMIT).lower()
        if b"attachedtemplate" in links and b'"external"' in links:
            raise NotAnAttachment("it fetches a template from elsewhere: take the template off")
