"""What is said to the child and what it says: a line of JSON, then bytes as long as it tells."""

import dataclasses
import json
import logging
from typing import IO, Annotated, Any, Literal

from app.domain.errors import InvalidInput, TooLarge
from app.formats.intake.values import (
    MOST_PIECES,
    Concern,
    Intake,
    IntakeLimits,
    Note,
    Piece,
    TakenPicture,
)
from app.formats.pictures import media_type
from app.formats.sizes import MEBIBYTE

log = logging.getLogger(__name__)

LONGEST_LINE = 32 * MEBIBYTE  # of JSON
STRANGE = (
    "The file could not be read: what came of it makes no sense. Copy its text into a new "
    "document and try again."
)


def write_question(stream: IO[bytes], name: str, data: bytes, limits: IntakeLimits) -> None:
    """Write the file and its limits for the child."""
    # A name may hold half characters; JSON escapes them.
    line = json.dumps({"name": name[-200:], "limits": dataclasses.asdict(limits)})
    stream.write(line.encode("ascii") + b"\n" + data)


def read_question(stream: IO[bytes]) -> tuple[str, bytes, IntakeLimits]:
    """Return the file's name, its bytes and the limits."""
    told = json.loads(stream.readline())
    return told["name"], stream.read(), IntakeLimits(**told["limits"])


def write_answer(stream: IO[bytes], intake: Intake) -> None:
    """Write what came of the file."""
    told = dataclasses.asdict(dataclasses.replace(intake, pictures=()))
    told["pictures"] = [
        {"name": p.name, "media_type": p.media_type, "alt": p.alt, "size": len(p.data)}
        for p in intake.pictures
    ]
    stream.write(json.dumps({"intake": told}).encode("ascii") + b"\n")
    for picture in intake.pictures:
        stream.write(picture.data)


def write_refusal(stream: IO[bytes], sentence: str, is_too_large: bool, fault: str = "") -> None:
    """Write why the file cannot be taken in; `fault` is for our log and holds none of its words."""
    told = {"refused": sentence, "is_too_large": is_too_large, "fault": fault}
    stream.write(json.dumps(told).encode("ascii") + b"\n")


def parse_answer(stream: IO[bytes], limits: IntakeLimits) -> Intake:
    """Return what the child says, if it is shaped as agreed and within the limits.

    Raises:
        TooLarge: the child says that the file is over a limit.
        InvalidInput: it says that the file cannot be taken in, or makes no sense.
    """
    line = stream.readline(LONGEST_LINE)
    try:
        told = json.loads(line)
        if "refused" in told:
            raise _refusal(told)
        return _intake(told["intake"], stream, limits)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        # The message of an error may quote the file; its kind cannot.
        log.warning("an answer about a file makes no sense: %s", type(error).__name__)
        raise InvalidInput(STRANGE) from None


def _refusal(told: dict[str, Any]) -> InvalidInput:
    if told.get("fault"):
        log.warning("reading a file failed: %s", str(told["fault"])[:300])
    sentence = str(told["refused"])[:1000]
    return TooLarge(sentence) if told.get("is_too_large") else InvalidInput(sentence)


def _intake(told: Any, stream: IO[bytes], limits: IntakeLimits) -> Intake:
    from pydantic import BaseModel, ConfigDict, Field  # noqa: PLC0415 - heavy

    characters = limits.text_mb * MEBIBYTE

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)

    class PieceTold(Strict):
        heading: Annotated[str, Field(max_length=1000)]
        level: Annotated[int, Field(ge=0, le=6)]
        body: Annotated[str, Field(max_length=characters)]

    class NoteTold(Strict):
        concern: Literal["dropped", "doubtful", "kept out"]
        what: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
        sentence: Annotated[str, Field(max_length=1000)]
        count: Annotated[int, Field(ge=1)]

    class PictureTold(Strict):
        name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,80}\.(png|jpg|webp)$")]
        media_type: Literal["image/png", "image/jpeg", "image/webp"]
        alt: Annotated[str, Field(max_length=1000)]
        size: Annotated[int, Field(ge=1, le=limits.picture_mb * MEBIBYTE)]

    class IntakeTold(Strict):
        title: Annotated[str, Field(max_length=300)]
        pieces: Annotated[list[PieceTold], Field(max_length=MOST_PIECES)]
        pictures: Annotated[list[PictureTold], Field(max_length=limits.pictures)]
        notes: Annotated[list[NoteTold], Field(max_length=200)]
        authors: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)]

    checked = IntakeTold.model_validate(told)
    pictures = tuple(
        TakenPicture(p.name, p.media_type, _exactly(stream, p.size), p.alt)
        for p in checked.pictures
    )
    _check_pictures(pictures, limits)
    return Intake(
        title=checked.title,
        pieces=tuple(Piece(p.heading, p.level, p.body) for p in checked.pieces),
        pictures=pictures,
        notes=tuple(Note(Concern(n.concern), n.what, n.sentence, n.count) for n in checked.notes),
        authors=tuple(checked.authors),
    )


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise ValueError("the answer ends too early")
    return data


def _check_pictures(pictures: tuple[TakenPicture, ...], limits: IntakeLimits) -> None:
    if len({picture.name for picture in pictures}) != len(pictures):
        raise ValueError("two pictures have one name")
    for picture in pictures:
        if media_type(picture.data, limits.picture_mb) != picture.media_type:
            raise ValueError("a picture is not what it is said to be")
