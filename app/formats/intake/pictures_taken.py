"""Pictures as they may be kept: cut as their owner cut them, small enough, without metadata."""

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app.formats.intake.notes import Notebook
from app.formats.intake.values import IntakeLimits, TakenPicture
from app.formats.sizes import MEBIBYTE

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_EDGE = 2000  # pixels; more than a page or a projector shows
SMALLEST_EDGE = 300  # pixels; a picture that is too large still at this size is left out
QUALITY = 85
# What is read, and as what it is written. PNG loses nothing of a GIF that stands still.
KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "png", "WEBP": "webp"}
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
PLAIN_MODES = frozenset({"RGB", "RGBA", "L"})


@dataclass(frozen=True)
class Crop:
    """How much is cut off each side, as a share of the whole."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


class PictureCase:
    """The pictures of one file as they are met; the same picture twice is kept once."""

    def __init__(self, limits: IntakeLimits, notebook: Notebook) -> None:
        self._limits, self._notebook = limits, notebook
        self._taken: dict[tuple[str, Crop], TakenPicture | None] = {}

    @property
    def pictures(self) -> tuple[TakenPicture, ...]:
        """What was kept, in order."""
        return tuple(picture for picture in self._taken.values() if picture)

    def take(self, source: str, data: bytes, crop: Crop, alt: str) -> str:
        """Keep a picture and return its name, or "" where it cannot be kept; a note says why."""
        key = (source, crop)
        if key not in self._taken:
            self._taken[key] = self._clean(data, crop, alt)
        picture = self._taken[key]
        return picture.name if picture else ""

    def _clean(self, data: bytes, crop: Crop, alt: str) -> TakenPicture | None:
        number = len(self.pictures) + 1
        if number > self._limits.pictures:
            self._notebook.jot("picture-many")
            return None
        try:
            bare, ending = strip(data, crop, self._limits, self._notebook)
        except CannotKeep as error:
            self._notebook.jot(str(error))
            return None
        return TakenPicture(f"picture-{number}.{ending}", MEDIA_TYPES[ending], bare, alt)


class CannotKeep(Exception):
    """A picture cannot be kept; says by which note."""


def strip(data: bytes, crop: Crop, limits: IntakeLimits, notebook: Notebook) -> tuple[bytes, str]:
    """Return the picture drawn anew, with nothing in it but what is seen, and its file's ending.

    Raises:
        CannotKeep: it is no picture that browsers show, is broken, or is far too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - heavy

    Image.MAX_IMAGE_PIXELS = limits.photograph_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
            opened = Image.open(io.BytesIO(data), formats=tuple(KINDS))
            ending = KINDS[cast(str, opened.format)]
            if ending != "jpg" and opened.width * opened.height > limits.picture_pixels:
                raise CannotKeep("picture-large")
            if getattr(opened, "n_frames", 1) > 1:
                notebook.jot("picture-moving")
            opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            upright = ImageOps.exif_transpose(opened)
            seen = _plain(_cut(upright, crop))
    except UnidentifiedImageError:
        raise CannotKeep("picture-kind") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotKeep("picture-large") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
        raise CannotKeep("picture-broken") from None
    return _written(seen, ending, limits.picture_mb * MEBIBYTE)


def _cut(picture: "Image", crop: Crop) -> "Image":
    """Cut off what the owner cut off in Word, which still lies in the file."""
    if crop == Crop():
        return picture
    width, height = picture.size
    box = (
        int(width * crop.left),
        int(height * crop.top),
        int(width * (1 - crop.right)),
        int(height * (1 - crop.bottom)),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError("nothing is left of the picture")
    return picture.crop(box)


def _plain(picture: "Image") -> "Image":
    """Return the pixels alone: no EXIF, XMP, comment, profile or text chunk."""
    if picture.mode not in PLAIN_MODES:
        has_alpha = picture.mode in ("LA", "PA", "La", "RGBa") or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    plain = picture.copy()
    plain.info = {}
    plain.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return plain


def _written(picture: "Image", ending: str, limit: int) -> tuple[bytes, str]:
    while True:
        data = _encoded(picture, ending)
        if len(data) <= limit:
            return data, ending
        if ending == "png" and picture.mode != "RGBA":
            ending = "jpg"  # a photograph: a tenth of the size for what no eye sees
            continue
        smaller = (picture.width * 7 // 10, picture.height * 7 // 10)
        if max(smaller) < SMALLEST_EDGE or min(smaller) < 1:
            raise CannotKeep("picture-large")
        picture = picture.resize(smaller)


def _encoded(picture: "Image", ending: str) -> bytes:
    if ending == "jpg" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, FORMATS[ending], quality=QUALITY)
    return out.getvalue()
