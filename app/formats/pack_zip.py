"""Files as one zip: the same files give the same bytes, and every name is safe to unpack."""

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# A name that every system can unpack, within the folder that it is unpacked into.
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,149}(?:/[A-Za-z0-9_][A-Za-z0-9._-]{0,149})*")
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say
READABLE = 0o644 << 16
PACKED_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".zip", ".docx", ".pdf", ".woff2")


def safe_name(name: str, number: int) -> str:
    """Return a name that can be unpacked anywhere; one that cannot becomes file-NUMBER."""
    if SAFE_NAME.fullmatch(name) and "/" not in name and not RESERVED.fullmatch(name):
        return name
    ending = re.search(r"\.[A-Za-z0-9]{1,8}$", name)
    return f"file-{number}{ending[0].lower() if ending else ''}"


def to_zip(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """Return a zip of the files by their names, sorted, in one folder where that is named.

    Raises:
        ValueError: a name could be unpacked elsewhere.
    """
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name in sorted(files):
            whole = f"{folder}/{name}" if folder else name
            if not SAFE_NAME.fullmatch(whole) or ".." in whole:
                raise ValueError(f"no name for a zip: {whole!r}")
            entry = ZipInfo(whole, EARLIEST)
            entry.create_system, entry.external_attr = 3, READABLE
            is_packed = name.lower().endswith(PACKED_ALREADY)
            entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
            packed.writestr(entry, files[name])
    return out.getvalue()


def with_fixed_times(data: bytes) -> bytes:
    """Return a zip, such as a Word file, with its parts in their order and without times."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(out, "w") as packed:
        for held in given.infolist():
            entry = ZipInfo(held.filename, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, given.read(held))
    return out.getvalue()
