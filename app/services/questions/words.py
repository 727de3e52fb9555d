"""What somebody wishes to say in public: its length, who it may point to, and how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput, TooManyTries
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.privacy import Finding, Surroundings, find_risks
from app.models.questions import Answer, Question
from app.models.resources import Revision
from app.models.schools import School

SHORTEST, LONGEST = 10, 2000  # characters
A_DAY = timedelta(days=1)
MOST_QUESTIONS, MOST_ANSWERS = 10, 30  # by one person in a day


class MayIdentify(InvalidInput):
    """The words may point to a pupil or a private person: look at them again before they stand."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("Something here may identify a pupil or a private person: look at it.")
        self.findings = findings


@dataclass(frozen=True)
class Said:
    """Words as they were sent; `is_sure` where their writer looked at what the gate found."""

    words: str
    is_sure: bool = False


def checked(session: Session, said: Said, revision: Revision) -> str:
    """Return the words as they are kept.

    Raises:
        InvalidInput: there are too few or too many.
        MayIdentify: the privacy gate found something that the writer has not looked at.
    """
    words = said.words.replace("\0", "").replace("\r\n", "\n").strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise InvalidInput(f"Write {SHORTEST} to {LONGEST:,} characters.")
    findings = find_risks(words, _surroundings(session, revision))
    if findings and not said.is_sure:
        raise MayIdentify(findings)
    return words


def require_patience(session: Session, actor: Actor, kind: type[Question] | type[Answer]) -> None:
    """Do nothing where the actor has not said too much in a day.

    Raises:
        TooManyTries: they have.
    """
    is_question = kind is Question
    since = Question.asked_at if is_question else Answer.answered_at
    mine = Question.person_id if is_question else Answer.person_id
    most, what = (MOST_QUESTIONS, "questions") if is_question else (MOST_ANSWERS, "answers")
    counted = select(func.count()).where(mine == actor.id, since > utc_now() - A_DAY)
    if (session.scalar(counted) or 0) >= most:
        raise TooManyTries(f"You wrote {most} {what} within a day. Go on tomorrow.")


def _surroundings(session: Session, revision: Revision) -> Surroundings:
    school = session.get(School, revision.school_id) if revision.school_id is not None else None
    return Surroundings(
        school_name=school.name if school else revision.school or "",
        school_roll=school.roll if school else None,
        known_places=frozenset(_known_places(session)),
    )


def _known_places(session: Session) -> Iterator[str]:
    """Yield the names of schools, and of authorities and regions as their codes spell them."""
    codes: set[str] = set()
    for name, authority, region in session.execute(
        select(School.name, School.authority, School.region)
    ):
        yield name
        codes |= {authority, region}
    yield from (code.replace("-", " ").title().replace(" And ", " and ") for code in codes)
