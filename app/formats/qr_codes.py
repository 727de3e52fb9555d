"""An address as a QR code: a picture that a telephone's camera reads."""

from io import BytesIO

import segno

QUIET = 4  # modules of white around it, as the standard asks
PIXELS = 8  # to a module, where it is drawn in pixels


def qr_svg(address: str) -> bytes:
    """Return the address's QR code as a picture that can be drawn at any size."""
    out = BytesIO()
    _code(address).save(out, kind="svg", border=QUIET, xmldecl=False, light="#fff", omitsize=True)
    return out.getvalue()


def qr_data_uri(address: str) -> str:
    """Return the address's QR code as an address that holds the whole picture."""
    return str(_code(address).svg_data_uri(border=QUIET, light="#fff", omitsize=True))


def qr_png(address: str) -> bytes:
    """Return the address's QR code in pixels, for Word."""
    out = BytesIO()
    _code(address).save(out, kind="png", border=QUIET, scale=PIXELS)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, boost_error=False)
