"""The zip archive of a Word file, opened with distrust: what is read is really counted."""

import io
import re
import zipfile
import zlib

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.values import IntakeLimits
from app.formats.sizes import MEBIBYTE

CENTRAL = b"PK\x01\x02"  # begins each entry of an archive's list
MOST_CENTRAL = 10_000  # beyond it not even the list is read
CHUNK = 64 * 1024
KINDS_OF_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
IS_ENCRYPTED = 0x1  # a bit of an entry's flags
LOCAL_HEADER = 30  # bytes, at least, before an entry's data
LEADS_OUT = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z]:|[\x00-\x1f]")
ODD = (
    "it is not put together as Word does it. Open it in Word, save it under a new name, try again."
)
DAMAGED = (
    "The file is damaged: part of it cannot be unpacked. Open it in Word, save it under a new "
    "name and try again."
)
UNPACKS = (
    "The file unpacks to far more than its size says, as no honest document does: copy its text "
    "into a new document and try again."
)


def refuse_many_entries(data: bytes) -> None:
    """Do nothing for an archive whose list can be read without harm.

    Raises:
        TooLarge: it lists far too many files.
    """
    if data.count(CENTRAL) > MOST_CENTRAL:
        raise TooLarge(f"The file holds thousands of others: {ODD}")


class Package:
    """The parts of a Word file by name, read within limits."""

    def __init__(self, data: bytes, limits: IntakeLimits) -> None:
        """Open the archive.

        Raises:
            TooLarge: it holds too much.
            InvalidInput: it is damaged, locked, or made to mislead.
        """
        self._limits = limits
        self._left = limits.unpacked_mb * MEBIBYTE
        refuse_many_entries(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._entries = self._checked(self._archive.infolist())
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeError):
            raise InvalidInput(DAMAGED) from None

    @property
    def names(self) -> tuple[str, ...]:
        """Every part's name, in the archive's order."""
        return tuple(self._entries)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._entries

    def read(self, name: str, limit_mb: int | None = None) -> bytes:
        """Return a part's bytes, unpacked.

        Raises:
            TooLarge: the part, or all that were read together, are over their limit.
            InvalidInput: it cannot be unpacked.
        """
        most = min((limit_mb or self._limits.part_mb) * MEBIBYTE, self._left)
        pieces, size = [], 0
        try:
            with self._archive.open(self._entries[name]) as part:
                while piece := part.read(CHUNK):
                    size += len(piece)
                    _refuse_excess(size, most)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise InvalidInput(DAMAGED) from None
        self._left -= size
        return b"".join(pieces)

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(entries) > self._limits.entries:
            raise TooLarge(
                f"The file holds {len(entries)} others and the limit is {self._limits.entries}: "
                "copy its text into a new document and try again."
            )
        if sum(entry.file_size for entry in entries) > 4 * self._limits.unpacked_mb * MEBIBYTE:
            raise TooLarge(UNPACKS)
        _refuse_overlaps(entries)
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            _refuse_odd(entry)
            if entry.filename.lower() in {"", *found}:
                raise InvalidInput(f"The file holds two parts of one name: {ODD}")
            found[entry.filename.lower()] = entry
        return {entry.filename: entry for entry in entries}


def _refuse_excess(size: int, most: int) -> None:
    if size > most:
        raise TooLarge(UNPACKS)


def _refuse_odd(entry: zipfile.ZipInfo) -> None:
    # zipfile cuts a name at its NUL; what stood in the archive is kept beside it.
    if LEADS_OUT.search(entry.filename) or LEADS_OUT.search(entry.orig_filename):
        raise InvalidInput(f"The file holds a part whose name leads out of it: {ODD}")
    if entry.flag_bits & IS_ENCRYPTED:
        raise InvalidInput(
            "The file is locked by a password: take it away, save the file and try again."
        )
    if entry.compress_type not in KINDS_OF_PACKING:
        raise InvalidInput(f"The file is packed in an unusual way: {ODD}")


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: that is how a few kilobytes unpack to terabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise InvalidInput(f"The parts of the file lie over one another: {ODD}")
        end = entry.header_offset + LOCAL_HEADER + entry.compress_size
