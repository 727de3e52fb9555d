"""Why a resource was found, in words."""

import pytest

from app.faces.reasons import PLACES, told
from app.search.fields import TEXT_FIELDS
from app.search.port import Reason, ReasonKind

WORD, PHRASE, PREFIX, SYNONYM, CONCEPT, STAGE = ReasonKind


@pytest.mark.parametrize(
    ("reasons", "line"),
    [
        ([], ""),
        ([(WORD, "nurture", "nurture", ("title", "body"))], "Has “nurture” in title and text"),
        ([(WORD, "read", "reading", ("title", "tags", "body"))],
         "Has “reading” in title, tags and text"),
        ([(WORD, "number", "number", ("body",)), (WORD, "talk", "talks", ("body",))],
         "Has “number” and “talks” in text"),
        ([(WORD, "number", "number", ("title",)), (WORD, "talk", "talks", ("body",))],
         "Has “number” in title · Has “talks” in text"),
        ([(WORD, "maths", "maths", ("body",)), (WORD, "Maths", "maths", ("body",))],
         "Has “maths” in text"),
        ([(PHRASE, '"number talks"', "number talks", ("summary",))],
         "Has “number talks” in summary"),
        ([(PREFIX, "assess*", "assessment", ("school",))], "Has “assessment” in school"),
        ([(WORD, "tayside", "tayside", ("labels",))], "Has “tayside” in topics"),
        ([(SYNONYM, "PEF", "Pupil Equity Funding", ("body",))],
         "Says “Pupil Equity Funding” for “PEF” in text"),
        ([(CONCEPT, "maths", "Mathematics", ("labels",)), (CONCEPT, "play", "Play", ("labels",))],
         "Filed under Mathematics and Play"),
        ([(STAGE, "P5", "P5", ("labels",)), (STAGE, "P5", "P6", ("labels",))], "For P5 and P6"),
        ([(WORD, "nurture", "nurture", ())], "Has “nurture”"),
        ([(WORD, "one", "one", ("a_new_field",))], "Has “one” in a_new_field"),
    ],
)  # fmt: skip
def test_a_reason_is_told_as_a_colleague_would(reasons, line):
    assert told([Reason(*one) for one in reasons]) == line


def _of_words(number):
    """Reasons that share no clause."""
    return [Reason(SYNONYM, f"w{n}", f"other {n}", ("body",)) for n in range(number)]


def test_what_is_too_much_for_a_line_is_counted():
    assert told(_of_words(7)).endswith("“other 3” for “w3” in text · and 3 more")


def test_the_last_clause_is_told_rather_than_counted():
    assert told(_of_words(5)).endswith("“other 4” for “w4” in text")


def test_every_searched_field_has_a_name_for_people():
    assert {field.name for field in TEXT_FIELDS} <= set(PLACES)
