"""How Word's XML calls things: its namespaces, and short ways to ask an element."""

from collections.abc import Iterator

from app.formats.intake.word.xml_parts import Element

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
PREFIXES = {space: prefix for prefix, space in SPACES.items()}
OFF = frozenset({"0", "false", "off"})


def full(name: str) -> str:
    """Return a short name such as w:p as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def short(element: Element) -> str:
    """Return an element's name as w:p; "?:name" where the namespace is none of ours."""
    space, _, local = str(element.tag).rpartition("}")
    return f"{PREFIXES.get(space[1:], '?')}:{local}"


def value(element: Element | None, attribute: str = "w:val") -> str:
    """Return an attribute's text; "" where it or the element is missing."""
    return "" if element is None else str(element.get(full(attribute)) or "")


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at the end of a path of children."""
    for name in path:
        if element is None:
            return None
        element = element.find(full(name))
    return element


def child_value(element: Element | None, *path: str) -> str:
    """Return the w:val at the end of a path of children; "" where there is none."""
    return value(child(element, *path))


def is_on(element: Element | None) -> bool | None:
    """Whether a switch such as w:b is on; None where it is not there to say."""
    return None if element is None else value(element) not in OFF


def whole(text: str, least: int, most: int, otherwise: int = 0) -> int:
    """Return a number that a file says, kept within bounds."""
    try:
        return max(least, min(most, int(text)))
    except ValueError:
        return otherwise


def descend(element: Element, name: str) -> Iterator[Element]:
    """Yield every element of a name inside another, in order."""
    return element.iter(full(name))  # type: ignore[no-any-return]
