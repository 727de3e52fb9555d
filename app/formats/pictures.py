"""Pictures: what kind the bytes are, whether they are safe to keep, and a name for them."""

import re
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from slugify import slugify

from app.domain.errors import InvalidInput, TooLarge
from app.formats.sizes import MEBIBYTE

PICTURES = "pictures/"  # where they lie, as a Markdown text says it
NAME_LIMIT = 120  # characters, with room for a mark of eight more
PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SVG = "image/svg+xml"
ENDINGS = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    SVG: (".svg",),
}
SVG_NAMESPACE = "{http://www.w3.org/2000/svg}"
ACTIVE = frozenset(
    {
        "script",
        "foreignobject",
        "iframe",
        "embed",
        "object",
        "audio",
        "video",
        "handler",
        "listener",
    }
)
OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
REACHES_OUT = re.compile(r"@import|url\(\s*[\"']?\s*(?!#)[^\s\"')]", re.IGNORECASE)
CHANGES_MUCH = re.compile(r"href|src|on.*", re.IGNORECASE)
ESCAPES = "\\"  # u\72l( is url( to a browser
DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


class NotAPicture(InvalidInput):
    """The bytes are not a picture that can be kept; the sentence says why."""


def media_type(data: bytes, limit_mb: int = 2) -> str:
    """Return the media type of a picture, told by its bytes; an SVG is looked through.

    Raises:
        TooLarge: it is over its limit.
        NotAPicture: it is none of PNG, JPEG, GIF, WebP and SVG, or an SVG that does things.
    """
    if len(data) > limit_mb * MEBIBYTE:
        raise TooLarge(f"it is over {limit_mb} MiB: make it smaller")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    _check_svg(data)
    return SVG


def picture_name(file_name: str, kind: str) -> str:
    """Return a name for a picture: its file's where that is plain, else one made from it."""
    path = PurePosixPath(file_name)
    stem = path.stem if PLAIN_NAME.fullmatch(path.stem) else slugify(path.stem) or "picture"
    ending = path.suffix if path.suffix.lower() in ENDINGS[kind] else ENDINGS[kind][0]
    return stem[: NAME_LIMIT - len(ending)] + ending


def _check_svg(data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
        if DECLARES.search(text):
            raise NotAPicture("it has a DOCTYPE, entities or a style sheet: save it as plain SVG")
        root = ET.fromstring(text)  # noqa: S314 - without entities there is nothing to expand
    except (UnicodeDecodeError, ET.ParseError, ValueError):
        raise NotAPicture("it is not a PNG, JPEG, GIF, WebP or SVG picture") from None
    if root.tag != f"{SVG_NAMESPACE}svg":
        raise NotAPicture("it is XML, but not SVG")
    for element in root.iter():
        _check_element(element)


def _check_element(element: ET.Element) -> None:
    tag = element.tag.rpartition("}")[2].lower()
    if tag in ACTIVE:
        raise NotAPicture(f"it holds <{tag}>: save it without")
    style = "".join(element.itertext()) if tag == "style" else ""
    if REACHES_OUT.search(style) or ESCAPES in style:
        raise NotAPicture("its style sheet fetches something from elsewhere")
    for key, value in element.attrib.items():
        _check_attribute(tag, key.rpartition("}")[2].lower(), value)


def _check_attribute(tag: str, name: str, value: str) -> None:
    if name.startswith("on"):
        raise NotAPicture(f"it holds a script ({name}): save it without")
    if name in ("href", "src") and not OWN.match(value):
        raise NotAPicture(f"it points to something outside itself ({name})")
    if REACHES_OUT.search(value) or (name == "style" and ESCAPES in value):
        raise NotAPicture(f"it fetches something from elsewhere ({name})")
    if name == "attributename" and CHANGES_MUCH.fullmatch(value.rpartition(":")[2].strip()):
        raise NotAPicture(f"<{tag}> changes what it points to or does")
