"""Read the text of a PDF: pages into paragraphs, and notes of everything that is no text."""

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.kinds import title_from
from app.formats.intake.notes import Notebook
from app.formats.intake.pdf_text import pieces_of_pages
from app.formats.intake.values import Intake, IntakeLimits
from app.formats.sizes import MEBIBYTE

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf._page import PageObject

ENOUGH = 20  # letters of a page that has text of its own
MOST_NODES = 5000  # of the tree of pages, for one whose count of them lies
UNPACKED_MB = 30  # of one stream within
MARKINGS = frozenset({"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Stamp"})
SCANNED = (
    "This PDF is a scan: its pages are pictures, with no text that can be read. Take in the "
    "document it was made from, or have its text recognised (OCR) and save that as a Word file."
)
LOCKED = (
    "This PDF is protected by a password, so nothing in it can be read: save a copy without "
    "protection, or take in the document it was made from."
)
UNPACKS = (
    "This PDF holds far more than its size says, as no honest document does: take in the document "
    "it was made from."
)
DAMAGED = (
    "This PDF is damaged and cannot be read: save it anew from the program that made it, or take "
    "in the Word file instead."
)


def read_pdf(name: str, data: bytes, limits: IntakeLimits) -> Intake:
    """Return the text of a PDF.

    Raises:
        TooLarge: it has too many pages or too much text.
        InvalidInput: it is damaged, locked or scanned.
    """
    from pypdf.errors import LimitReachedError, PyPdfError  # noqa: PLC0415 - heavy

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    notebook = Notebook()
    try:
        reader = _open(data)
        _refuse_many_pages(reader, limits)
        texts = list(_texts(reader, notebook, limits))
        authors = _look_around(reader, notebook)
    except InvalidInput:
        raise
    except LimitReachedError:
        raise TooLarge(UNPACKS) from None
    except RecursionError:
        raise InvalidInput(DAMAGED) from None
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        raise InvalidInput(DAMAGED) from None
    if not any(len("".join(text.split())) >= ENOUGH for text in texts):
        raise InvalidInput(SCANNED)
    empty = sum(1 for text in texts if not text.strip())
    notebook.jot("pdf-empty", empty)
    notebook.jot("pdf-layout", len(texts) - empty)
    return Intake(
        title=(title_from(name) or "Untitled")[:300],
        pieces=pieces_of_pages(texts, notebook),
        notes=notebook.notes(),
        authors=authors,
    )


def _open(data: bytes) -> "PdfReader":
    from pypdf import PdfReader, overwrite_configuration  # noqa: PLC0415 - heavy
    from pypdf.errors import DependencyError  # noqa: PLC0415 - heavy

    overwrite_configuration(
        zlib_maximum_output_length=UNPACKED_MB * MEBIBYTE,
        lzw_maximum_output_length=UNPACKED_MB * MEBIBYTE,
        run_length_maximum_output_length=UNPACKED_MB * MEBIBYTE,
        page_tree_maximum_entries=MOST_NODES,
        jbig2dec_binary=None,  # no other program is begun
    )
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        # Many are locked against changes only, and open for everybody with an empty password.
        try:
            is_open = bool(reader.decrypt(""))
        except (DependencyError, NotImplementedError):  # a cipher that pypdf does not know
            is_open = False
        if not is_open:
            raise InvalidInput(LOCKED)
    return reader


def _refuse_many_pages(reader: "PdfReader", limits: IntakeLimits) -> None:
    pages = _get(_get(_root(reader), "/Pages"), "/Count")
    count = pages if isinstance(pages, int) else 0
    if count > limits.pages or len(reader.pages) > limits.pages:
        raise TooLarge(
            f"This PDF has more than {limits.pages} pages: take the part that matters out of it "
            "and try again."
        )


def _texts(reader: "PdfReader", notebook: Notebook, limits: IntakeLimits) -> Iterator[str]:
    left = limits.text_mb * MEBIBYTE
    for page in reader.pages:
        text = page.extract_text() or ""
        left -= len(text)
        if left < 0:
            raise TooLarge("There is far too much text for one resource: divide it and try again.")
        notebook.jot("pdf-pictures", _count_pictures(page), place="")
        notebook.jot("annotation", _count_markings(page), place="")
        yield text.encode("utf-8", "ignore").decode()


def _count_pictures(page: "PageObject") -> int:
    drawn = _get(_get(page, "/Resources"), "/XObject")
    names = list(drawn) if isinstance(drawn, dict) else []
    return sum(1 for name in names[:1000] if _get(_get(drawn, name), "/Subtype") == "/Image")


def _count_markings(page: "PageObject") -> int:
    listed = _get(page, "/Annots")
    entries = listed[:1000] if isinstance(listed, list) else []
    return sum(1 for entry in entries if _get(_direct(entry), "/Subtype") in MARKINGS)


def _look_around(reader: "PdfReader", notebook: Notebook) -> tuple[str, ...]:
    """Note what of the PDF is not text, and return who made it."""
    root = _root(reader)
    names = _get(root, "/Names")
    actions = (_get(names, "/JavaScript"), _get(root, "/AA"), _action(root))
    notebook.jot("javascript", sum(1 for action in actions if action), place="")
    notebook.jot("attached-file", int(bool(_get(names, "/EmbeddedFiles"))), place="")
    notebook.jot("pdf-form", int(bool(_get(_get(root, "/AcroForm"), "/Fields"))), place="")
    told = _direct(reader.trailer.get("/Info"))
    filled = [key for key in told if str(_get(told, key)).strip()] if isinstance(told, dict) else []
    notebook.jot("properties", sum(1 for key in filled if key in PROPERTIES), place="")
    author = " ".join(str(_get(told, "/Author") or "").split())[:200]
    return (author,) if author else ()


PROPERTIES = frozenset({"/Author", "/Title", "/Subject", "/Keywords", "/Company", "/Manager"})


def _action(root: Any) -> bool:
    action = _get(root, "/OpenAction")
    return isinstance(action, dict) and _get(action, "/S") in ("/JavaScript", "/Launch", "/URI")


def _root(reader: "PdfReader") -> Any:
    return _direct(reader.trailer.get("/Root"))


def _get(holder: Any, key: Any) -> Any:
    """Return what a dictionary of the PDF holds, wherever in the file it lies; None for nothing."""
    return _direct(holder.get(key)) if isinstance(holder, dict) else None


def _direct(thing: Any) -> Any:
    return thing.get_object() if hasattr(thing, "get_object") else thing
