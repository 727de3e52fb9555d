"""What waits for a person, by what their role may do; the most pressing first."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.events import Follower
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.tasks import Task, TaskKind
from app.domain.workflow import State
from app.domain.working_days import NO_HOLIDAYS, Calendar, due_at
from app.models.outbox import OutboxEvent
from app.models.people import Invitation
from app.models.resources import Revision
from app.services.question_tasks import find_concern_tasks, find_question_tasks

MOST_NAMED = 5  # of one kind that have a line each; more are told as a number
INDEX_LATE = timedelta(minutes=2)
MAIL_LATE = timedelta(minutes=30)
LOST_LETTERS = timedelta(days=7)  # that an administrator is told of


def find_tasks(
    session: Session,
    actor: Actor,
    due_days: int,
    *,
    question_due_days: int = 5,
    calendar: Calendar = NO_HOLIDAYS,
) -> tuple[Task, ...]:
    """Return what waits for the actor; a visitor is waited for by nothing.

    `due_days` is how many working days a review may take, `question_due_days` an answer.
    """
    if actor.id is None:
        return ()
    found: list[Task] = []
    if allows(actor, Action.WRITE_DRAFT):
        found += _writing(session, actor)
    if allows(actor, Action.REVIEW):
        found += _reviewing(session, actor, due_days, calendar)
    if allows(actor, Action.ANSWER):
        found += find_question_tasks(session, actor, question_due_days, calendar)
    if allows(actor, Action.MODERATE):
        found += find_concern_tasks(session, actor)
    if allows(actor, Action.INVITE) and not allows(actor, Action.WRITE_DRAFT):
        found += _invitations(session, actor)
    if allows(actor, Action.KEEP):
        found += _trouble(session)
    return tuple(found)


def _writing(session: Session, actor: Actor) -> Iterator[Task]:
    own = Revision.author_id == actor.id
    may_submit = allows(actor, Action.SUBMIT)
    whose = or_(own, Revision.school_id == actor.school_id) if may_submit else own
    yield from _named(session, TaskKind.ANSWER_CHANGES, whose, State.CHANGES_WANTED)
    if may_submit and actor.school_id is not None:
        at_school = Revision.school_id == actor.school_id
        yield from _named(session, TaskKind.SIGN_OFF, at_school, State.WITH_SCHOOL)
    yield from _named(session, TaskKind.FINISH_DRAFT, own, State.DRAFT)


def _named(
    session: Session, kind: TaskKind, whose: ColumnElement[bool], state: State
) -> Iterator[Task]:
    """Yield a task for each, the one that waits longest first; one for all where they are many."""
    which = and_(whose, Revision.state == state)
    found = session.execute(
        select(Revision.id, Revision.title, Revision.edited_at)
        .where(which)
        .order_by(Revision.edited_at, Revision.id)
        .limit(MOST_NAMED + 1)
    ).all()
    if len(found) <= MOST_NAMED:
        yield from (Task(kind, thing_id=i, title=title, since=at) for i, title, at in found)
        return
    count = session.scalar(select(func.count()).select_from(Revision).where(which)) or 0
    yield Task(kind, count, since=found[0].edited_at)


def _reviewing(session: Session, actor: Actor, due_days: int, calendar: Calendar) -> Iterator[Task]:
    """Yield the lead's queue: what others of the region submitted, for them or for anybody."""
    theirs = and_(
        Revision.region == actor.region,
        or_(Revision.author_id.is_(None), Revision.author_id != actor.id),
        or_(Revision.assigned_to_id.is_(None), Revision.assigned_to_id == actor.id),
    )
    waiting = session.execute(
        select(Revision.submitted_at, Revision.authority)
        .where(theirs, Revision.state == State.SUBMITTED)
        .order_by(Revision.submitted_at)
    ).all()
    if waiting:
        now = utc_now()
        overdue = sum(
            at is not None and due_at(at, due_days, calendar, authority) < now
            for at, authority in waiting
        )
        yield Task(TaskKind.REVIEW, len(waiting), since=waiting[0].submitted_at, overdue=overdue)
    unscheduled = and_(theirs, Revision.publish_at.is_(None))
    yield from _named(session, TaskKind.PUBLISH, unscheduled, State.APPROVED)


def _invitations(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield how many of those whom the actor invited have yet to come."""
    count, oldest = session.execute(
        select(func.count(), func.min(Invitation.invited_at)).where(
            Invitation.invited_by_id == actor.id,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > utc_now(),
        )
    ).one()
    if count:
        yield Task(TaskKind.WATCH_INVITATIONS, count, since=oldest)


def _trouble(session: Session) -> Iterator[Task]:
    now = utc_now()
    for kind, follower, patience in (
        (TaskKind.MEND_INDEX, Follower.INDEX, INDEX_LATE),
        (TaskKind.MEND_MAIL, Follower.MAIL, MAIL_LATE),
    ):
        waits = and_(OutboxEvent.handled_at.is_(None), OutboxEvent.happened_at < now - patience)
        # A note is how a letter ended that nobody will ever take.
        lost = and_(
            OutboxEvent.handled_at > now - LOST_LETTERS, OutboxEvent.note.startswith("given up")
        )
        count, oldest = session.execute(
            select(func.count(), func.min(OutboxEvent.happened_at)).where(
                OutboxEvent.follower == follower, or_(waits, lost)
            )
        ).one()
        if count:
            yield Task(kind, count, since=oldest)
