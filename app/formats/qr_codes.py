"""QR codes of addresses, as pictures."""

from io import BytesIO

import segno

CORRECTION = "m"  # a code on paper stays readable with an eighth of it lost
QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
PNG_SCALE = 10  # pixels to a module


def qr_svg(address: str) -> bytes:
    """Return the QR code of an address as SVG, sized by whoever shows it."""
    return _saved(address, "svg", omitsize=True, xmldecl=False, svgclass=None, lineclass=None)


def qr_png(address: str) -> bytes:
    """Return the QR code of an address as PNG, large enough to print."""
    return _saved(address, "png", scale=PNG_SCALE)


def _saved(address: str, kind: str, **options: object) -> bytes:
    held = BytesIO()
    code = segno.make(address, error=CORRECTION, micro=False)
    code.save(held, kind=kind, border=QUIET_ZONE, **options)
    return held.getvalue()
