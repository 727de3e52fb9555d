"""Pictures are drawn anew: nothing hidden stays, what is seen does."""

from io import BytesIO

import pytest
from PIL import Image

from app.domain.errors import TooLarge
from app.formats.picture_cleaning import LONGEST_SIDE, clean_picture
from app.formats.pictures import NotAPicture
from tests.content_app import SVG
from tests.services.submissions.pictures_for_tests import a_picture, with_a_place


def opened(data):
    return Image.open(BytesIO(data))


def test_place_author_and_comment_are_gone_and_the_picture_stands_upright():
    given = with_a_place()
    assert b"Invented Photographer" in given
    cleaned = clean_picture(given, 2)
    assert b"Invented Photographer" not in cleaned
    assert b"hidden words" not in cleaned
    assert dict(opened(cleaned).getexif()) == {}
    assert opened(cleaned).size == (6, 8)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_each_kind_stays_what_it_is(form):
    cleaned = opened(clean_picture(a_picture(form), 2))
    assert (cleaned.format, cleaned.size) == (form, (8, 6))


def test_words_within_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "Invented Photographer")
    given = a_picture(pnginfo=words)
    assert b"Invented Photographer" in given
    assert b"Invented Photographer" not in clean_picture(given, 2)


def test_a_large_one_is_made_smaller():
    cleaned = opened(clean_picture(a_picture(size=(3000, 1500)), 2))
    assert cleaned.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_one_that_moves_goes_on_moving():
    out = BytesIO()
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], comment=b"hidden words")
    cleaned = clean_picture(out.getvalue(), 2)
    assert opened(cleaned).n_frames == 3
    assert b"hidden words" not in cleaned


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SVG, "save it as PNG"),
        (a_picture()[:40], "damaged"),
        (a_picture("JPEG")[:200], "damaged"),
        (b"words", "not a PNG"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(data, why):
    with pytest.raises(NotAPicture, match=why):
        clean_picture(data, 2)


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(NotAPicture, match="too many pixels"):
        clean_picture(a_picture(size=(8000, 6000)), 2)


def test_one_over_the_limit_is_refused():
    with pytest.raises(TooLarge):
        clean_picture(a_picture() + b"\0" * 1024 * 1024, 1)
