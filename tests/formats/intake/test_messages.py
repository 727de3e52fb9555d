"""What the child says is believed only where it is shaped as agreed."""

import io
import json

import pytest

from app.domain.errors import InvalidInput
from app.formats.intake.messages import parse_answer, write_answer
from app.formats.intake.values import Concern, Intake, IntakeLimits, Note, Piece, TakenPicture
from tests.formats.intake.word_files import picture

SHOWN = TakenPicture("picture-1.png", "image/png", picture(1), "Counting sticks")
WHOLE = Intake(
    "A title",
    (Piece("Context", 1, "Words.\n"),),
    (SHOWN,),
    (Note(Concern.DROPPED, "chart", "1 chart: left out.", 1),),
    ("Morag Inventedname",),
)


def _said(intake=WHOLE, **changed):
    stream = io.BytesIO()
    write_answer(stream, intake)
    line, _, rest = stream.getvalue().partition(b"\n")
    told = json.loads(line)
    told["intake"] |= changed
    return io.BytesIO(json.dumps(told).encode() + b"\n" + rest)


def test_an_answer_comes_back_as_it_was_given():
    assert parse_answer(_said(), IntakeLimits()) == WHOLE


@pytest.mark.parametrize(
    "changed",
    [
        {"title": 7},
        {"title": "long" * 1000},
        {"pieces": [{"heading": "x", "level": 9, "body": ""}]},
        {"pieces": "none"},
        {"notes": [{"concern": "odd", "what": "x", "sentence": "", "count": 1}]},
        {"authors": ["x" * 1000]},
        {"more": 1},
        {"pictures": [{"name": "../x.png", "media_type": "image/png", "alt": "", "size": 9}]},
        {"pictures": [{"name": "x.png", "media_type": "text/html", "alt": "", "size": 9}]},
        {"pictures": [{"name": "x.png", "media_type": "image/png", "alt": "", "size": 999999}]},
        {"pictures": [{"name": "x.jpg", "media_type": "image/jpeg", "alt": "", "size": 90}]},
    ],
)
def test_an_answer_of_another_shape_is_not_believed(changed):
    with pytest.raises(InvalidInput, match="makes no sense"):
        parse_answer(_said(**changed), IntakeLimits())


@pytest.mark.parametrize("said", [b"", b"\n", b"[]\n", b"null\n", b"{}\n", b"[" * 50_000 + b"\n"])
def test_what_is_no_answer_is_not_believed(said):
    with pytest.raises(InvalidInput):
        parse_answer(io.BytesIO(said), IntakeLimits())


def test_two_pictures_of_one_name_are_not_believed():
    twice = Intake("A", (), (SHOWN, SHOWN))
    with pytest.raises(InvalidInput):
        parse_answer(_said(twice), IntakeLimits())
