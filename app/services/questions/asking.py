"""Ask about a resource, answer, and say which answer helped."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, require
from app.formats.markdown import render_markdown
from app.models.questions import Answer, Question
from app.models.resources import Resource, Revision
from app.services.ledger import audit
from app.services.published import find_keepers, read_published, sees
from app.services.questions.words import Said, checked, require_patience
from app.services.telling import find_people, tell

GONE = "There is no such question, or it is not for you to read."
LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER


def read_to_ask(session: Session, actor: Actor, address: str) -> tuple[Resource, Revision]:
    """Return a published resource that the actor may ask about.

    Raises:
        NotAllowed: the actor asks nothing.
        NotFound: there is none that they may read.
    """
    require(actor, Action.ASK)
    return read_published(session, actor, address)


def sections_of(revision: Revision) -> dict[str, str]:
    """Return the parts of a text that a question may be about: headings by their anchors."""
    return dict(_sections_of(revision.body_markdown, revision.title))


@lru_cache(maxsize=128)
def _sections_of(text: str, title: str) -> tuple[tuple[str, str], ...]:
    """Return anchors and headings; kept, since a page with questions has rendered its text once."""
    shown = render_markdown(text, title=title).sections
    return tuple((section.id, section.text) for section in shown if section.level == 2)  # noqa: PLR2004


def ask(session: Session, actor: Actor, address: str, said: Said, section: str = "") -> Question:
    """Ask about a resource, or one section of it; the school and the region's leads are told.

    Raises:
        NotAllowed: the actor asks nothing.
        NotFound: there is no such resource for them.
        InvalidInput: there are too few words or too many, or no such section.
        MayIdentify: the words may point to somebody, and nobody has looked yet.
        TooManyTries: they asked too much today.
    """
    resource, revision = read_to_ask(session, actor, address)
    if section and section not in sections_of(revision):
        raise InvalidInput("Choose a part of the text from the list.")
    words = checked(session, said, revision)
    require_patience(session, actor, Question)
    question = Question(
        resource_id=resource.id,
        person_id=actor.id,
        section=section,
        words=words,
        region=revision.region,
    )
    session.add(question)
    session.flush()
    subject = f"question:{question.id}"
    audit(session, actor, AuditAction.ASKED, subject, region=revision.region)
    _tell_asked(session, actor, revision, path_of(resource, question))
    return question


def read_to_answer(session: Session, actor: Actor, question_id: int) -> tuple[Question, Revision]:
    """Return a question that the actor may answer, and the resource as it is published.

    Raises:
        NotAllowed: the actor answers nothing.
        NotFound: there is none that they may read.
    """
    require(actor, Action.ANSWER)
    return _read(session, actor, question_id)


def answer(session: Session, actor: Actor, question_id: int, said: Said) -> Answer:
    """Answer a question; who asked is told.

    Raises:
        NotAllowed: the actor answers nothing.
        NotFound: there is no such question for them.
        InvalidInput: there are too few words or too many.
        MayIdentify: the words may point to somebody, and nobody has looked yet.
        TooManyTries: they answered too much today.
    """
    question, revision = read_to_answer(session, actor, question_id)
    words = checked(session, said, revision)
    require_patience(session, actor, Answer)
    is_of_school = actor.school_id is not None and actor.school_id == revision.school_id
    given = Answer(
        question_id=question.id,
        person_id=actor.id,
        words=words,
        is_by_school=is_of_school or actor.id in revision.owner_ids,
    )
    session.add(given)
    # Who adds to their own question has not answered it.
    if actor.id != question.person_id:
        question.answered_at = question.answered_at or utc_now()
    session.flush()
    subject = f"question:{question.id}"
    audit(session, actor, AuditAction.ANSWERED, subject, region=question.region)
    if actor.id != question.person_id:
        tell(
            session,
            [question.person_id],
            NotificationKind.ANSWERED,
            sentence=f"Your question about “{revision.title}” has an answer.",
            reason="You asked it.",
            path=path_of(question.resource, question),
        )
    return given


def accept(session: Session, actor: Actor, answer_id: int, *, is_accepted: bool = True) -> Question:
    """Say that an answer helped, or that none did after all; who asked may, and nobody else.

    Raises:
        NotAllowed: the actor did not ask.
        NotFound: there is no such answer for them.
    """
    require(actor, Action.ASK)
    given = session.get(Answer, answer_id) if 0 < answer_id <= LARGEST_ID else None
    if given is None or given.hidden_at is not None:
        raise NotFound("There is no such answer, or it is not for you to read.")
    question, _ = _read(session, actor, given.question_id)
    if actor.id != question.person_id:
        raise NotAllowed("Only the person who asked says which answer helped.")
    question.accepted_id = given.id if is_accepted else None
    subject = f"question:{question.id}"
    detail = "" if is_accepted else "taken back"
    audit(
        session, actor, AuditAction.ANSWER_ACCEPTED, subject, region=question.region, detail=detail
    )
    return question


def path_of(resource: Resource, question: Question) -> str:
    """Return the path of a question on the page of its resource's questions."""
    return f"/resources/{resource.slug}/questions#asked-{question.id}"


def _read(session: Session, actor: Actor, question_id: int) -> tuple[Question, Revision]:
    is_id = 0 < question_id <= LARGEST_ID
    asked = select(Question).where(Question.id == question_id, Question.hidden_at.is_(None))
    asked = asked.options(joinedload(Question.resource))
    question = session.scalars(asked).first() if is_id else None
    revision = question.resource.published if question else None
    if question is None or revision is None or not sees(actor, revision):
        raise NotFound(GONE)
    return question, revision


def _tell_asked(session: Session, actor: Actor, revision: Revision, path: str) -> None:
    sentence = f"There is a question about “{revision.title}”."
    keepers = [person for person in find_keepers(session, revision) if person != actor.id]
    leads = find_people(session, Role.REGIONAL_LEAD, region=revision.region)
    for people, reason in (
        (keepers, "You wrote it, or you are a headteacher of its school."),
        (
            [one for one in leads if one != actor.id and one not in keepers],
            "You lead the region that it is of.",
        ),
    ):
        tell(session, people, NotificationKind.ASKED, sentence=sentence, reason=reason, path=path)
