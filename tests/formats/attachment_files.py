"""Small files of every kind for tests; their words are invented."""

import zipfile
from io import BytesIO

OFFICE_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PDF = b"%PDF-1.7\n%%EOF\n"
CSV = b"stage,count\nP5,20-29\n"
PNG_HEAD = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def a_package(*parts, first=(), **said):
    """Return a zip with these parts; `said` gives the bytes of some, by a name with _ for /."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in first:
            package.writestr(name, data)
        for name in parts:
            package.writestr(name, said.get(name.replace("/", "_").replace(".", "_"), b"<x/>"))
    return out.getvalue()


def an_office_file(main="word/document.xml", *more, **said):
    return a_package("[Content_Types].xml", main, *more, **said)


def an_open_document(kind="text", *more):
    media = f"application/vnd.oasis.opendocument.{kind}"
    return a_package("content.xml", *more, first=[("mimetype", media)])
