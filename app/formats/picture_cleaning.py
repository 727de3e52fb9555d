"""Make a picture fit for the library: nothing hidden in it, upright, and no larger than needed."""

from io import BytesIO
from typing import TYPE_CHECKING

from app.formats.pictures import SVG, NotAPicture, media_type

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 2000  # pixels: sharp on any screen
MOST_PIXELS = 40_000_000  # before it is unpacked
MOST_FRAMES = 200
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}


def clean_picture(data: bytes, limit_mb: int) -> bytes:
    """Return the picture drawn anew: without place, camera, author or comment; turned upright.

    One with a longer side than is needed is made smaller. One that moves goes on moving.

    Raises:
        NotAPicture: it cannot be read, or is of a kind or size that is not taken.
        TooLarge: it is over `limit_mb`.
    """
    kind = media_type(data, limit_mb)
    if kind == SVG:
        raise NotAPicture("it is an SVG drawing: save it as PNG")
    return _drawn_anew(data, FORMATS[kind])


def _drawn_anew(data: bytes, form: str) -> bytes:
    from PIL import Image  # noqa: PLC0415 - heavy

    out = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=[form]) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height > MOST_PIXELS or frames > MOST_FRAMES:
                raise NotAPicture("it has too many pixels: make it smaller")
            if frames > 1:
                _keep_moving(picture, out, form)
            else:
                _keep_still(picture, out, form)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise NotAPicture("it is damaged: open it, save it anew and try again") from None
    return out.getvalue()


def _keep_still(picture: "Image", out: BytesIO, form: str) -> None:
    from PIL import ImageOps  # noqa: PLC0415 - heavy

    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if form == "JPEG" and upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGB")
    bare = upright.copy()
    bare.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
    bare.save(out, form, **({"quality": 85} if form in ("JPEG", "WEBP") else {}))


def _keep_moving(picture: "Image", out: BytesIO, form: str) -> None:
    from PIL import ImageSequence  # noqa: PLC0415 - heavy

    durations, frames = [], []
    for frame in ImageSequence.Iterator(picture):
        durations.append(frame.info.get("duration", 100))
        bare = frame.convert("RGBA")
        bare.info = {}
        frames.append(bare)
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=durations, loop=0)
