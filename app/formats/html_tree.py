"""HTML that has passed the guard, as a tree and back: to be looked at and changed by element."""

from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

VOID = frozenset({"br", "col", "hr", "img", "wbr"})
BLOCK_TAGS = """
    address blockquote br caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li
    ol p pre section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
# The classes that Python-Markdown gives to its two kinds of footnote link.
FOOTNOTE_MARKS = frozenset({"footnote-ref", "footnote-backref"})


class _TreeMaker(HTMLParser):
    """Build a tree from HTML whose tags are known to be closed and nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = ET.TreeBuilder()
        self.builder.start("div", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one that holds nothing is closed at once."""
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag not in VOID:
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.builder.data(data)


def to_tree(html: str) -> ET.Element:
    """Return the HTML inside one div. It must come from the sanitiser: well nested, no scripts."""
    maker = _TreeMaker()
    maker.feed(html)
    maker.close()
    maker.builder.end("div")
    return maker.builder.close()


def to_html(root: ET.Element) -> str:
    """Return the HTML that stands inside the root, without the root itself."""
    written = ET.tostring(root, encoding="unicode", method="html")
    return written.removeprefix("<div>").removesuffix("</div>")


def text_of(element: ET.Element) -> str:
    """Return the text of an element on one line, as `lines_of` would."""
    return " ".join("".join(_pieces(element)).split())


def lines_of(root: ET.Element) -> str:
    """Return the text of a tree: a line to each block.

    A picture is its alternative text; the marks that lead to footnotes and back are left out.
    """
    lines = (" ".join(line.split()) for line in "".join(_pieces(root)).split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(element: ET.Element) -> Iterator[str]:
    if FOOTNOTE_MARKS.intersection(element.get("class", "").split()):
        return
    edge = "\n" if element.tag in BLOCKS else ""
    yield edge
    if element.tag == "img":
        yield f" {element.get('alt', '')} "
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge
