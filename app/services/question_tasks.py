"""What waits because somebody asked or reported something; a part of services/tasks."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.moments import utc_now
from app.domain.people import Actor, Role
from app.domain.permissions import Action, Scope, scope_of
from app.domain.tasks import Task, TaskKind
from app.domain.workflow import State
from app.domain.working_days import Calendar, due_at
from app.models.questions import Concern, Question
from app.models.resources import Revision
from app.services.published import sees


def find_question_tasks(
    session: Session, actor: Actor, due_days: int, calendar: Calendar
) -> Iterator[Task]:
    """Yield what the actor's school was asked; for a lead, what the region left open too long."""
    asked = (
        select(Question.asked_at, Revision)
        .join(Revision, Revision.resource_id == Question.resource_id)
        .where(
            Revision.state == State.PUBLISHED,
            Question.answered_at.is_(None),
            Question.hidden_at.is_(None),
            Question.person_id != actor.id,
        )
        .order_by(Question.asked_at)
    )
    if actor.role is Role.REGIONAL_LEAD:
        here, kind = Question.region == actor.region, TaskKind.ROUTE_QUESTION
    elif actor.school_id is not None:
        here, kind = Revision.school_id == actor.school_id, TaskKind.ANSWER_QUESTION
    else:
        return
    now = utc_now()
    waiting = [
        (at, due_at(at, due_days, calendar, revision.authority) < now)
        for at, revision in session.execute(asked.where(here))
        if sees(actor, revision)
    ]
    if kind is TaskKind.ROUTE_QUESTION:
        waiting = [(at, is_late) for at, is_late in waiting if is_late]
    if waiting:
        overdue = sum(is_late for _, is_late in waiting)
        yield Task(kind, len(waiting), since=waiting[0][0], overdue=overdue)


def find_concern_tasks(session: Session, actor: Actor) -> Iterator[Task]:
    """Yield how much was reported that the actor is to decide about."""
    open_ones = select(func.count(), func.min(Concern.raised_at)).where(
        Concern.decided_at.is_(None)
    )
    if scope_of(actor, Action.MODERATE) is Scope.REGION:
        open_ones = open_ones.where(Concern.region == actor.region)
    count, oldest = session.execute(open_ones).one()
    if count:
        yield Task(TaskKind.JUDGE_CONCERN, count, since=oldest)
