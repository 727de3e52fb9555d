"""A picture keeps what is seen, and nothing else."""

import io

import pytest
from PIL import Image, PngImagePlugin

from app.formats.intake.notes import Notebook
from app.formats.intake.pictures_taken import CannotKeep, Crop, PictureCase, strip
from app.formats.intake.values import IntakeLimits

SECRET = "SECRETPLACE"
LIMITS = IntakeLimits()


def drawn(kind, mode="RGB", size=(40, 20), **said):
    out = io.BytesIO()
    Image.new(mode, size, 120).save(out, kind, **said)
    return out.getvalue()


def with_exif(kind="JPEG", **more):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, 6  # a description; lying on its side
    exif.get_ifd(0x8825)[1] = "N"
    return drawn(kind, exif=exif, **more)


def text_chunk():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    return info


def stripped(data, crop=Crop(), limits=LIMITS, notebook=None):  # noqa: B008
    return strip(data, crop, limits, notebook or Notebook())


@pytest.mark.parametrize(
    "data",
    [
        with_exif(),
        with_exif("WEBP"),
        with_exif("PNG"),
        drawn("JPEG", comment=SECRET.encode()),
        drawn("JPEG", xmp=f"<x>{SECRET}</x>".encode()),
        drawn("PNG", pnginfo=text_chunk()),
        drawn("GIF", "P", comment=SECRET.encode()),
        drawn("JPEG") + SECRET.encode(),
    ],
)
def test_metadata_is_gone(data):
    assert SECRET.encode() in data
    bare, _ = stripped(data)
    assert SECRET.encode() not in bare
    picture = Image.open(io.BytesIO(bare))
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info)


def test_a_picture_that_lay_on_its_side_stands_up():
    bare, ending = stripped(with_exif())
    assert (Image.open(io.BytesIO(bare)).size, ending) == ((20, 40), "jpg")


def test_what_was_cut_off_in_word_is_cut_off_for_good():
    half = Image.new("RGB", (100, 50), "white")
    half.paste("red", (50, 0, 100, 50))
    out = io.BytesIO()
    half.save(out, "PNG")
    bare, _ = stripped(out.getvalue(), Crop(right=0.5))
    picture = Image.open(io.BytesIO(bare)).convert("RGB")
    assert picture.size == (50, 50)
    assert picture.getcolors() == [(2500, (255, 255, 255))]


def test_a_large_photograph_is_made_smaller():
    photograph = Image.effect_noise((2100, 1400), 90).convert("RGB")
    out = io.BytesIO()
    photograph.save(out, "PNG")
    bare, ending = stripped(out.getvalue())
    assert max(Image.open(io.BytesIO(bare)).size) <= 2000
    assert (len(bare) <= 2 * 1024 * 1024, ending) == (True, "jpg")


def test_a_photograph_of_a_new_telephone_is_kept():
    bare, _ = stripped(drawn("JPEG", "L", size=(8064, 6048)))
    assert Image.open(io.BytesIO(bare)).size == (2000, 1500)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (drawn("BMP"), "picture-kind"),
        (drawn("TIFF"), "picture-kind"),
        (b"", "picture-kind"),
        (drawn("PNG", size=(900, 900))[:300], "picture-broken"),
        (drawn("PNG", "1", size=(8000, 8000)), "picture-large"),
    ],
)
def test_what_cannot_be_kept_says_why(data, what):
    with pytest.raises(CannotKeep, match=what):
        stripped(data)


def test_a_moving_picture_stands_still_and_is_told():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green", "blue")]
    out, notebook = io.BytesIO(), Notebook()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    bare, _ = stripped(out.getvalue(), notebook=notebook)
    assert getattr(Image.open(io.BytesIO(bare)), "n_frames", 1) == 1
    assert [note.what for note in notebook.notes()] == ["picture-moving"]


def test_the_same_picture_is_kept_once():
    case = PictureCase(LIMITS, Notebook())
    first = case.take("media/a.png", drawn("PNG"), Crop(), "a")
    assert case.take("media/a.png", drawn("PNG"), Crop(), "b") == first == "picture-1.png"
    assert case.take("media/a.png", drawn("PNG"), Crop(left=0.5), "c") == "picture-2.png"
    assert len(case.pictures) == 2
