"""Small pictures for tests, with things hidden in them."""

from io import BytesIO

from PIL import Image


def a_picture(form="PNG", size=(8, 6), colour="teal", **saved):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form, **saved)
    return out.getvalue()


def with_a_place(size=(8, 6)):
    """Return a JPEG, lying on its side, whose metadata tells where it was taken and by whom."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter
    exif[0x013B] = "Invented Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture("JPEG", size, exif=exif, comment=b"hidden words")
