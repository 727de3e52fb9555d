"""Pictures: told by their bytes, an SVG only if it is nothing but a drawing."""

import pytest

from app.domain.errors import InvalidInput
from app.formats.picture_references import own_references, with_references
from app.formats.pictures import media_type, picture_name

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def svg(inside):
    return f"{OPEN}{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a...", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (svg('<path d="M0 0" fill="url(#g)"/>'), "image/svg+xml"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + svg('<use href="#a"/>'), "image/svg+xml"),
        (svg('<image href="data:image/png;base64,AA=="/>'), "image/svg+xml"),
        (svg("<style>.a{fill:red}</style>"), "image/svg+xml"),
    ],
)
def test_a_picture_is_known_by_its_bytes(data, kind):
    assert media_type(data) == kind


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<ScRipt/>",
        '<g onload="alert(1)"/>',
        "<foreignObject><p/></foreignObject>",
        '<image href="https://elsewhere.example/p.png"/>',
        '<use xlink:href="other.svg#a"/>',
        '<a href="javascript:alert(1)"/>',
        '<image href="data:image/svg+xml,x"/>',
        "<style>@import 'https://elsewhere.example'</style>",
        "<style>.a{fill:url(https://elsewhere.example)}</style>",
        '<path style="fill:url( &quot;//elsewhere.example&quot;)"/>',
        '<path fill="url(x.svg#g)"/>',
        '<set attributeName="xlink:href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        r"<style>.a{fill:u\72l(https://elsewhere.example)}</style>",
        r'<path style="fill:u\72l(https://elsewhere.example)"/>',
        '<iframe src="https://elsewhere.example"/>',
    ],
)
def test_an_svg_that_does_or_fetches_something_is_refused(inside):
    with pytest.raises(InvalidInput):
        media_type(svg(inside))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<html/>",
        b"<svg/>",
        b'<?xml-stylesheet href="x"?>' + svg(""),
        b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + svg("&a;"),
        svg("<g>"),
        svg("").decode().encode("utf-16"),
        b"RIFF....WAVE",
        b"\x89PNG\r\n\x1a\n" + b"x" * 2 * 1024 * 1024,
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(data):
    with pytest.raises(InvalidInput):
        media_type(data)


@pytest.mark.parametrize(
    ("file_name", "kind", "name"),
    [
        ("number-talk.svg", "image/svg+xml", "number-talk.svg"),
        ("Scene_1.JPEG", "image/jpeg", "Scene_1.JPEG"),
        ("My Plan (2).png", "image/png", "my-plan-2.png"),
        ("..png", "image/png", "picture.png"),
        ("photo.png", "image/jpeg", "photo.jpg"),
        ("x" * 300 + ".png", "image/png", "x" * 116 + ".png"),
    ],
)
def test_a_picture_keeps_its_plain_name(file_name, kind, name):
    assert picture_name(file_name, kind) == name


def test_references_are_found_where_they_are_pictures_and_nowhere_else():
    text = (
        "![a](one.png) [link](two.png) `![c](three.png)` ![d][four] <img src=five.png>\n"
        "![e](https://elsewhere.example/p.png)\n\n[four]: four.png 'Title'\n"
    )
    assert own_references(text) == ("one.png", "four.png", "five.png")


def test_references_are_replaced_whole():
    text = "![a](p.png) ![b](p.png.png) ![c](<p.png>)\n\n[d]: p.png\n\np.png\n"
    assert with_references(text, {"p.png": "q.svg"}) == (
        "![a](q.svg) ![b](p.png.png) ![c](<q.svg>)\n\n[d]: q.svg\n\np.png\n"
    )
