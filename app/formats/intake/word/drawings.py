"""Drawings: the pictures in them are kept, their text boxes too; the rest is noted and left out."""

import re
from collections.abc import Iterator

from lxml import etree

from app.formats.intake.pictures_taken import Crop
from app.formats.intake.word.names import child, descend, full, short, value
from app.formats.intake.word.reading import Place
from app.formats.intake.word.xml_parts import Element

LONGEST_ALT = 500  # characters
READABLE = frozenset({"w:t", "w:txbxContent", "pic:pic", "v:imagedata", "m:t"})
LARGEST_MB = 40  # of one picture as it lies in the file
BY_PROGRAM = re.compile(
    r"\s*(?:description )?(?:automatically generated|AI-generated content may be incorrect)"
    r"[^.\n]{0,40}\.?\s*",
    re.IGNORECASE,
)


def copy_drawing(drawing: Element, out: Element, place: Place) -> None:
    """Copy the pictures of a w:drawing, w:pict or w:object, and put its text boxes aside."""
    if _is_hidden(drawing):
        place.notebook.jot("hidden-text")
        return
    boxes = list(_boxes(drawing))
    place.after += boxes
    if _note_what_is_left_out(drawing, place):
        return
    pictures = [element for element in _outside_boxes(drawing) if _is_picture(element)]
    for picture in pictures:
        if short(picture) == "pic:pic":
            _copy_picture(picture, drawing, out, place)
        else:
            _copy_old_picture(picture, out, place)
    if not (pictures or boxes or _is_rule(drawing)):
        place.notebook.jot("diagram")


def _note_what_is_left_out(drawing: Element, place: Place) -> bool:
    """Note a chart, a diagram or an embedded object; whether it is one."""
    for inner in _outside_boxes(drawing):
        name = short(inner)
        if name in ("o:OLEObject", "w:control", "w:objectEmbed", "w:objectLink"):
            place.notebook.jot("embedded-object")
            return True
        if name == "a:graphicData":
            uri = inner.get("uri") or ""
            what = "chart" if "chart" in uri else "diagram" if "diagram" in uri else ""
            if what:
                place.notebook.jot(what)
                return True
    return False


def _is_hidden(drawing: Element) -> bool:
    return any(about.get("hidden") in ("1", "true") for about in descend(drawing, "wp:docPr"))


def _is_picture(element: Element) -> bool:
    return short(element) in ("pic:pic", "v:imagedata")


def _is_rule(drawing: Element) -> bool:
    return any(element.get(full("o:hr")) for element in drawing.iter())


def _outside_boxes(element: Element) -> Iterator[Element]:
    """Yield what a drawing holds, but for its text boxes."""
    for inner in element:
        if short(inner) == "mc:AlternateContent":
            yield from _outside_boxes(choose(inner))
        elif short(inner) != "w:txbxContent":
            yield inner
            yield from _outside_boxes(inner)


def _boxes(element: Element) -> Iterator[Element]:
    for inner in element:
        if short(inner) == "mc:AlternateContent":
            yield from _boxes(choose(inner))
        elif short(inner) == "w:txbxContent":
            yield inner
        else:
            yield from _boxes(inner)


def choose(element: Element) -> Element:
    """Return the one of several ways to say the same (mc:AlternateContent) that can be read."""
    choice, fallback = child(element, "mc:Choice"), child(element, "mc:Fallback")
    ways = [way for way in (choice, fallback) if way is not None]
    readable = (way for way in ways if any(short(inner) in READABLE for inner in way.iter()))
    return next(readable, ways[-1] if ways else element)


def _copy_picture(picture: Element, drawing: Element, out: Element, place: Place) -> None:
    blip = child(picture, "pic:blipFill", "a:blip")
    embedded, linked = value(blip, "r:embed"), value(blip, "r:link")
    crop = _crop(child(picture, "pic:blipFill", "a:srcRect"))
    alt = _alternative(picture, drawing)
    if embedded:
        _show(embedded, crop, alt, out, place)
    elif linked:
        place.notebook.jot("external-picture")


def _copy_old_picture(picture: Element, out: Element, place: Place) -> None:
    shape = picture.getparent()
    alt = "" if shape is None else shape.get("alt") or ""
    if value(picture, "r:id"):
        _show(value(picture, "r:id"), _old_crop(picture), alt, out, place)
    elif value(picture, "r:href"):
        place.notebook.jot("external-picture")


def _show(relation_id: str, crop: Crop, alt: str, out: Element, place: Place) -> None:
    relation = place.relations.get(relation_id)
    if relation is not None and relation.leads_out:
        place.notebook.jot("external-picture")
        return
    package = place.reading.package
    if relation is None or not package.has(relation.target):
        place.notebook.jot("picture-broken")
        return
    words = BY_PROGRAM.sub("", " ".join(alt.split()))[:LONGEST_ALT].strip()
    data = package.read(relation.target, LARGEST_MB)
    name = place.reading.case.take(relation.target, data, crop, words)
    if not name:
        return
    if not words:
        place.notebook.jot("alt-text")
    elif BY_PROGRAM.search(alt):
        place.notebook.jot("alt-text-automatic")
    _write(place.reading.picture_id(name), words, out)


def _write(picture_id: str, alt: str, out: Element) -> None:
    inline = etree.SubElement(etree.SubElement(out, full("w:drawing")), full("wp:inline"))
    etree.SubElement(inline, full("wp:docPr"), {"descr": alt})
    holder = inline
    for name in ("a:graphic", "a:graphicData", "pic:pic", "pic:blipFill"):
        holder = etree.SubElement(holder, full(name))
    etree.SubElement(holder, full("a:blip"), {full("r:embed"): picture_id})


def _alternative(picture: Element, drawing: Element) -> str:
    about = child(picture, "pic:nvPicPr", "pic:cNvPr")
    whole = next(iter(descend(drawing, "wp:docPr")), None)
    for element in (whole, about):
        for attribute in ("descr", "title"):
            if element is not None and (element.get(attribute) or "").strip():
                return str(element.get(attribute))
    return ""


def _crop(cut: Element | None) -> Crop:
    if cut is None:
        return Crop()
    return Crop(*(_share(cut.get(side) or "0", 100_000) for side in ("l", "t", "r", "b")))


def _old_crop(picture: Element) -> Crop:
    sides = ("cropleft", "croptop", "cropright", "cropbottom")
    return Crop(*(_share(picture.get(side) or "0", 1) for side in sides))


def _share(text: str, whole: int) -> float:
    """Return a share of 1 that a file says as 12500, 12.5% or 8192f (of 65,536)."""
    number, scale = text.strip(), float(whole)
    if number.endswith("%"):
        number, scale = number[:-1], 100.0
    elif number.endswith("f"):
        number, scale = number[:-1], 65536.0
    try:
        return min(1.0, max(0.0, float(number) / scale))
    except ValueError:
        return 0.0
