"""Read the questions on a resource, and those that wait for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.domain.moments import utc_now
from app.domain.people import Actor, Role
from app.domain.permissions import Action, allows, require
from app.domain.workflow import State
from app.domain.working_days import Calendar, due_at
from app.models.people import Person, RoleGrant
from app.models.questions import Answer, Question
from app.models.resources import Resource, Revision
from app.services.published import read_published, sees
from app.services.questions.asking import sections_of
from app.services.speakers import Speaker, speaker_of

MOST_ON_RESOURCE = 5  # more have a page of their own
MOST_WAITING = 200  # on one page; the oldest come first


@dataclass(frozen=True)
class SeenAnswer:
    """An answer as readers see it."""

    id: int
    words: str
    answered_at: datetime
    speaker: Speaker
    is_by_school: bool
    is_accepted: bool


@dataclass(frozen=True)
class SeenQuestion:
    """A question as readers see it, with what was answered: first the answer that helped."""

    id: int
    words: str
    asked_at: datetime
    speaker: Speaker
    is_mine: bool
    is_answered: bool
    section: str  # an anchor; empty where it is about all, or the text has no such part now
    heading: str
    answers: tuple[SeenAnswer, ...]


@dataclass(frozen=True)
class Questions:
    """Questions on one resource, and what this reader may do about them."""

    resource: Resource
    revision: Revision
    questions: tuple[SeenQuestion, ...]
    total: int
    may_ask: bool
    may_answer: bool


@dataclass(frozen=True)
class WaitingQuestion:
    """A question that waits for an answer."""

    id: int
    words: str
    asked_at: datetime
    title: str
    slug: str
    authority: str | None
    school: str
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True)
class Waiting:
    """What waits for the actor, oldest first, and what they asked themselves, newest first."""

    questions: tuple[WaitingQuestion, ...]
    asked: tuple[tuple[Question, Revision], ...]
    overdue: int


def find_on(
    session: Session, actor: Actor, resource: Resource, revision: Revision, most: int | None = None
) -> Questions:
    """Return the questions on a resource that this reader may read: the unanswered first, newest.

    `most` is how many of them.
    """
    here = (Question.resource_id == resource.id, Question.hidden_at.is_(None))
    total = session.scalar(select(func.count()).select_from(Question).where(*here)) or 0
    seen: tuple[SeenQuestion, ...] = ()
    if total:
        found = session.scalars(
            select(Question)
            .where(*here)
            .order_by(Question.answered_at.is_not(None), Question.asked_at.desc(), Question.id)
            .limit(most)
            .options(*_with_speakers())
        ).all()
        headings = sections_of(revision) if any(one.section for one in found) else {}
        seen = tuple(_seen(actor, question, headings) for question in found)
    may_ask, may_answer = (allows(actor, action) for action in (Action.ASK, Action.ANSWER))
    return Questions(resource, revision, seen, total, may_ask, may_answer)


def find_all(session: Session, actor: Actor, address: str) -> Questions:
    """Return every question on a resource.

    Raises:
        NotFound: there is none that this actor may read.
    """
    resource, revision = read_published(session, actor, address)
    return find_on(session, actor, resource, revision)


def find_waiting(session: Session, actor: Actor, due_days: int, calendar: Calendar) -> Waiting:
    """Return the unanswered questions that are the actor's to see to, and those that they asked.

    A lead sees those of the region, an officer those of the authority, others those of the school.
    `due_days` is how many working days an answer may take.

    Raises:
        NotAllowed: the actor answers nothing.
    """
    require(actor, Action.ANSWER)
    now = utc_now()
    rows = session.execute(_unanswered(actor).limit(MOST_WAITING)).all()
    waiting = [
        _waiting(
            question,
            revision,
            due_at(question.asked_at, due_days, calendar, revision.authority),
            now,
        )
        for question, revision in rows
        if sees(actor, revision)
    ]
    mine = session.execute(
        _of_published()
        .where(Question.person_id == actor.id)
        .order_by(Question.asked_at.desc(), Question.id)
        .limit(MOST_WAITING)
    ).all()
    asked = tuple((question, revision) for question, revision in mine if sees(actor, revision))
    return Waiting(tuple(waiting), asked, sum(one.is_overdue for one in waiting))


def _of_published() -> Select[Question, Revision]:
    return (
        select(Question, Revision)
        .join(Revision, Revision.resource_id == Question.resource_id)
        .where(Revision.state == State.PUBLISHED, Question.hidden_at.is_(None))
        .options(joinedload(Question.resource))
    )


def _unanswered(actor: Actor) -> Select[Question, Revision]:
    return (
        _of_published()
        .where(Question.answered_at.is_(None), Question.person_id != actor.id, _here(actor))
        .order_by(Question.asked_at, Question.id)
    )


def _here(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.REGIONAL_LEAD:
        return Question.region == actor.region
    if actor.role is Role.AUTHORITY_OFFICER:
        return Revision.authority == actor.authority
    return Revision.school_id == actor.school_id if actor.school_id is not None else false()


def _waiting(
    question: Question, revision: Revision, due: datetime, now: datetime
) -> WaitingQuestion:
    return WaitingQuestion(
        id=question.id,
        words=question.words,
        asked_at=question.asked_at,
        title=revision.title,
        slug=question.resource.slug,
        authority=revision.authority,
        school=revision.school or "",
        due_at=due,
        is_overdue=due < now,
    )


def _with_speakers() -> Iterable[ORMOption]:
    def grants(path: ORMOption) -> ORMOption:
        return path.selectinload(Person.grants).joinedload(RoleGrant.school)  # type: ignore[attr-defined,no-any-return]

    return (
        grants(joinedload(Question.person)),
        grants(selectinload(Question.answers).joinedload(Answer.person)),
    )


def _seen(actor: Actor, question: Question, headings: dict[str, str]) -> SeenQuestion:
    answers = [
        SeenAnswer(
            id=given.id,
            words=given.words,
            answered_at=given.answered_at,
            speaker=speaker_of(given.person, given.answered_at),
            is_by_school=given.is_by_school,
            is_accepted=given.id == question.accepted_id,
        )
        for given in question.answers
        if given.hidden_at is None
    ]
    heading = headings.get(question.section, "")
    return SeenQuestion(
        id=question.id,
        words=question.words,
        asked_at=question.asked_at,
        speaker=speaker_of(question.person, question.asked_at),
        is_mine=actor.id is not None and actor.id == question.person_id,
        is_answered=question.answered_at is not None,
        section=question.section if heading else "",
        heading=heading,
        answers=tuple(sorted(answers, key=lambda given: not given.is_accepted)),
    )
