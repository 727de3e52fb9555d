"""XML parts of a Word file: walked through once as a stream, and only then made into a tree."""

from typing import Any, TypeAlias
from xml.parsers import expat

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.values import IntakeLimits

Element: TypeAlias = Any  # lxml says nothing of its types

CHUNK = 64 * 1024
MOST_ATTRIBUTES = 500  # of one element
STRICT = b"http://purl.oclc.org/ooxml/"
# What “Strict Open XML” calls the spaces of its names, and what every other file calls them.
TRANSITIONAL = {
    STRICT
    + b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    STRICT + b"drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    STRICT + b"officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}


class XmlGuard:
    """Counts the elements of every part together, and makes trees of what is harmless."""

    def __init__(self, limits: IntakeLimits) -> None:
        self._limits = limits
        self._elements = 0

    def parse(self, data: bytes) -> Element:
        """Return the root of a part.

        Raises:
            TooLarge: there are too many elements, or they are nested too deep.
            InvalidInput: it is not XML, or declares entities.
        """
        self._walk_through(data)
        if STRICT in data:
            for strict, usual in TRANSITIONAL.items():
                data = data.replace(strict, usual)
        from lxml import etree  # noqa: PLC0415 - heavy

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise InvalidInput(NOT_XML) from None

    def _walk_through(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        depth = 0

        def opened(_: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            self._refuse_excess(depth, len(attributes))

        def closed(_: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        try:
            for start in range(0, len(data), CHUNK):
                parser.Parse(data[start : start + CHUNK], False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):
            raise InvalidInput(NOT_XML) from None

    def _refuse_excess(self, depth: int, attributes: int) -> None:
        if depth > self._limits.depth:
            raise TooLarge(
                "The document is nested far too deep (tables within tables, or boxes within "
                "boxes): copy its text into a new document and try again."
            )
        if self._elements > self._limits.elements or attributes > MOST_ATTRIBUTES:
            raise TooLarge(
                "The document is too long or its formatting too tangled: divide it, or copy its "
                "text into a new document, and try again."
            )


NOT_XML = (
    "The file is damaged: part of it cannot be read. Open it in Word, save it under a new name "
    "and try again."
)


def _refuse_doctype(*_: object) -> None:
    raise InvalidInput(
        "The file declares entities of its own, which no word processor writes and which can do "
        "harm: copy its text into a new document and try again."
    )
