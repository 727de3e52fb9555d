"""Files that mean harm and are no Word files: renamed ones, PDFs, Markdown."""

import io
import zipfile
import zlib
from functools import cache

from pypdf import PdfWriter

from tests.formats.intake.word_files import realistic

Files = dict[str, tuple[str, bytes]]
MIB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@cache
def renamed_files() -> Files:
    """Files that are something else than they are called."""
    return {
        "a PDF called .docx": ("a.docx", _pdf(1)),
        "a text called .docx": ("a.docx", b"# What we did\n\nNumber talks.\n"),
        "a Word file called .pdf": ("a.pdf", realistic()),
        "an old Word file": ("a.doc", _ole("WordDocument")),
        "a locked Word file": ("a.docx", _ole("EncryptedPackage")),
        "an OpenDocument text": ("a.odt", _open_document()),
        "a rich text": ("a.rtf", rb"{\rtf1\ansi hello}"),
        "a workbook called .docx": ("a.docx", _archive("[Content_Types].xml", "xl/workbook.xml")),
        "a program called .docx": ("a.docx", b"MZ" + b"\x90" * 500),
        "nothing": ("a.docx", b""),
    }


@cache
def pdf_files() -> Files:
    """PDFs that never end, unpack to gigabytes, run scripts or are locked."""
    return {
        "pages in a circle": ("a.pdf", _circular_pdf()),
        "a PDF bomb": ("a.pdf", _pdf_bomb(150)),
        "a bomb of objects": ("a.pdf", _object_bomb(100)),
        "a locked PDF": ("a.pdf", _locked_pdf()),
        "a PDF with a script": ("a.pdf", _script_pdf()),
        "100,000 pages": ("a.pdf", _many_pages(100_000)),
        "a PDF cut off": ("a.pdf", _pdf(3)[:-200]),
        "a scan": ("a.pdf", _pdf(2, text="")),
        "a PDF of brackets": ("a.pdf", b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000),
        "only its first line": ("a.pdf", b"%PDF-1.4\n"),
    }


@cache
def markdown_files() -> Files:
    """Texts that take programs too long, or are none."""
    return {
        "100,000 brackets": ("a.md", b"[" * 100_000),
        "one line of 3 MB": ("a.md", b"word " * (3 * MIB // 5)),
        "bytes called .md": ("a.md", bytes(range(256)) * 400),
        "quotations 50,000 deep": ("a.md", b"> " * 50_000 + b"x\n"),
        "an alias that grows": ("a.md", _alias()),
        "half characters": ("a.md", b"\xff\xfe" + b"\x00\xd8" * 50),
        "five megabytes of headings": ("a.md", b"# x\n" * (5 * MIB // 4)),
    }


def _archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def _ole(stream: str) -> bytes:
    return OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 2000


def _open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


def _objects(*objects: bytes) -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return out


def _stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 1)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (
        len(packed),
        more,
        packed,
    )


def _page_of(content: bytes, catalogue: bytes = b"") -> bytes:
    return _objects(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def text_pdf(*lines: str, catalogue: bytes = b"") -> bytes:
    """A PDF of one page with these lines."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return _page_of(_stream(f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode()), catalogue)


def _pdf(pages: int, text: str = "What we did with number talks in our school") -> bytes:
    assert pages
    return text_pdf(text)


def _circular_pdf() -> bytes:
    return _objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 9>>",
        b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>",
    )


def _pdf_bomb(size_mb: int) -> bytes:
    return _page_of(_stream(b" " * (size_mb * MIB)))


def _object_bomb(size_mb: int) -> bytes:
    packed = _stream(b"0 0 " + b" " * (size_mb * MIB), b"/Type/ObjStm/N 90000000/First 4")
    return _objects(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", packed
    )


def _locked_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("a secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def _script_pdf() -> bytes:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    return text_pdf("What we did with number talks in our school", catalogue=action)


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    pages = b"<</Type/Pages/Kids[%s]/Count 1>>" % kids  # a count that lies
    out = [b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n", pages]
    out += [b"\nendobj\n"]
    out += [b"%d 0 obj\n%s\nendobj\n" % (number + 3, page) for number in range(count)]
    return b"".join(out) + b"trailer\n<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (count + 3)


def _alias() -> bytes:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]" for i in range(1, 30)]
    return ("---\n" + "\n".join(lines) + "\n---\n# What we did\n").encode()
