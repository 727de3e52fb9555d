"""The rubric of a review: what is asked of a submission, and what each mark means."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import InvalidInput

LOWEST, HIGHEST = 1, 4
LEAST_PRIVACY = 3  # to approve: nobody may be told apart


@dataclass(frozen=True)
class Criterion:
    """One question to a submission; `marks` are words for 1 to 4."""

    code: str
    label: str
    question: str
    marks: tuple[str, str, str, str]


CRITERIA = (
    Criterion(
        "clarity",
        "Clarity",
        "Could a colleague in another school follow what was done?",
        (
            "It does not yet say what was done",
            "The outline is there, steps are missing",
            "Clear, with a question or two left",
            "Clear enough to try on Monday",
        ),
    ),
    Criterion(
        "evidence",
        "Evidence",
        "Does it show how they know, and say what they do not know?",
        (
            "Opinion only",
            "Something was looked at, but not before and after",
            "Looked at fairly, limits told",
            "Looked at more than once or by others, limits told",
        ),
    ),
    Criterion(
        "transferability",
        "Transferability",
        "Could a school that is not like this one use it?",
        (
            "Bound to this place",
            "Would need much that is not told",
            "Could be adapted",
            "Says what matters and what may differ",
        ),
    ),
    Criterion(
        "inclusion",
        "Inclusion",
        "Does it think of learners who are easily left out, in deed and in words?",
        (
            "Leaves some out, or speaks of them unkindly",
            "Does not say whom it reached",
            "Says whom it reached",
            "Made for those who are easily left out, or changed because of them",
        ),
    ),
    Criterion(
        "privacy",
        "Privacy",
        "Could anybody recognise a pupil, alone or with what is known in the place?",
        (
            "A pupil can be recognised",
            "Somebody in the place might recognise a pupil",
            "Hardly: one detail could be left out",
            "No",
        ),
    ),
)
CODES = tuple(criterion.code for criterion in CRITERIA)


def checked_marks(marks: Mapping[str, int]) -> Mapping[str, int]:
    """Return the marks, one for each criterion.

    Raises:
        InvalidInput: one is missing, unknown, or not 1 to 4.
    """
    if set(marks) != set(CODES) or not all(LOWEST <= m <= HIGHEST for m in marks.values()):
        raise InvalidInput("Give each question of the rubric a mark from 1 to 4.")
    return {code: marks[code] for code in CODES}


def require_private(marks: Mapping[str, int]) -> None:
    """Do nothing where the mark for privacy lets a submission be approved.

    Raises:
        InvalidInput: somebody might be recognised.
    """
    if marks["privacy"] < LEAST_PRIVACY:
        raise InvalidInput(
            "What might let somebody recognise a pupil cannot be approved: ask for a change."
        )
