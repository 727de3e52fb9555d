"""QR codes as pictures."""

from io import BytesIO

from lxml import etree
from PIL import Image

from app.formats.qr_codes import qr_png, qr_svg

ADDRESS = "https://library.example/resources/01KJ7ESER81GYBG4NG2D14PS58"


def test_a_code_is_a_picture_that_holds_nothing_active():
    drawn = etree.fromstring(qr_svg(ADDRESS))
    assert drawn.get("viewBox")
    assert {etree.QName(part).localname for part in drawn.iter()} == {"svg", "path"}


def test_a_code_for_print_is_large_and_square():
    width, height = Image.open(BytesIO(qr_png(ADDRESS))).size
    assert width == height >= 300


def test_other_addresses_have_other_codes():
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS + "2")
