"""What waits for a reviewer: the region's submissions, oldest first."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, joinedload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotAllowed, WrongState
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, require
from app.domain.resources import Kind
from app.domain.workflow import State
from app.domain.working_days import NO_HOLIDAYS, Calendar, due_at
from app.models.people import Person
from app.models.resources import Resource, Revision
from app.models.submissions import DraftVersion
from app.services.ledger import audit
from app.services.moving import hold_revision
from app.services.telling import find_people, tell

PER_PAGE = 25


class Stage(StrEnum):
    """Which part of the queue is looked at."""

    WAITING = "waiting"  # to be decided
    APPROVED = "approved"  # to be published, now or on their day
    WITH_WRITERS = "with_writers"  # changes were asked for


STATES = {
    Stage.WAITING: State.SUBMITTED,
    Stage.APPROVED: State.APPROVED,
    Stage.WITH_WRITERS: State.CHANGES_WANTED,
}


@dataclass(frozen=True)
class QueueFilters:
    """What a reviewer wishes to see of the queue."""

    stage: Stage = Stage.WAITING
    kind: Kind | None = None
    authority: str | None = None
    whose: str = ""  # "": all; “mine”; “nobody”
    page: int = 1


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    revision: Revision
    due_at: datetime | None
    is_overdue: bool
    may_judge: bool = True  # not where the reviewer wrote a part of it


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    lines: tuple[Waiting, ...]
    total: int
    overdue: int
    authorities: tuple[str, ...]  # that have something in this stage


def find_waiting(
    session: Session,
    actor: Actor,
    filters: QueueFilters,
    due_days: int,
    calendar: Calendar = NO_HOLIDAYS,
) -> Queue:
    """Return a page of what waits in the actor's region, oldest first; overdue ones are marked.

    `due_days` is how many working days a review may take.

    Raises:
        NotAllowed: the actor does not review.
    """
    require(actor, Action.REVIEW)
    here = _here(actor, filters.stage)
    authorities = session.scalars(select(Revision.authority).where(*here).distinct())
    asked = select(Revision).where(*here, *_narrowing(actor, filters)).join(Resource)
    if filters.kind is not None:
        asked = asked.where(Resource.kind == filters.kind)
    found = session.scalars(
        asked.order_by(Revision.submitted_at, Revision.id).options(
            joinedload(Revision.resource),
            joinedload(Revision.assigned_to),
            defer(Revision.body_markdown),
        )
    ).all()
    now = utc_now()
    lines = [_line(revision, due_days, calendar, now) for revision in found]
    start = (max(filters.page, 1) - 1) * PER_PAGE
    return Queue(
        lines=_without_own(session, actor, lines[start : start + PER_PAGE]),
        total=len(lines),
        overdue=sum(line.is_overdue for line in lines),
        authorities=tuple(sorted(code for code in authorities if code)),
    )


def find_open(
    session: Session, actor: Actor, due_days: int, calendar: Calendar = NO_HOLIDAYS
) -> list[Waiting]:
    """Return all that waits for a decision, its day or its writers, in every region, oldest first.

    Raises:
        NotAllowed: the actor does not keep the library.
    """
    require(actor, Action.KEEP)
    asked = select(Revision).where(Revision.state.in_(STATES.values()))
    found = session.scalars(
        asked.order_by(Revision.submitted_at, Revision.id).options(defer(Revision.body_markdown))
    )
    now = utc_now()
    return [_line(revision, due_days, calendar, now) for revision in found]


def has_written(session: Session, actor: Actor, revision: Revision) -> bool:
    """Say whether the actor wrote any part of a revision."""
    if actor.id in revision.owner_ids:
        return True
    mine = select(DraftVersion.id).where(
        DraftVersion.revision_id == revision.id, DraftVersion.person_id == actor.id
    )
    return session.scalars(mine.limit(1)).first() is not None


def require_no_writer(session: Session, actor: Actor, revision: Revision) -> None:
    """Do nothing where the actor wrote no part of the revision.

    Raises:
        NotAllowed: nobody reviews their own work.
    """
    if has_written(session, actor, revision):
        raise NotAllowed("Nobody reviews their own work: you wrote a part of this.")


def assign(session: Session, actor: Actor, revision_id: int, person_id: int | None) -> Revision:
    """Let one of the region's leads see to a submission; None: nobody in particular.

    Raises:
        NotFound: there is no such submission for this actor.
        NotAllowed: the actor may not review it.
        InvalidInput: the other may not.
        WrongState: it is not waiting any more.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    if revision.state not in STATES.values():
        raise WrongState(f"This is {revision.state.label}: nobody need see to it any more.")
    if person_id is not None:
        _require_reviewer(session, revision, person_id)
    revision.assigned_to_id = person_id
    session.flush()
    session.expire(revision, ["assigned_to"])
    audit(session, actor, AuditAction.ASSIGNED, f"revision:{revision.id}", region=revision.region)
    if person_id is not None and person_id != actor.id:
        tell(
            session,
            [person_id],
            NotificationKind.ASSIGNED,
            sentence=f"“{revision.title}” was given to you to review.",
            reason="You are a regional lead, and a colleague gave it to you.",
            path=f"/reviews/{revision.id}",
        )
    return revision


def find_reviewers(session: Session, revision: Revision) -> list[Person]:
    """Return the leads of the revision's region who wrote no part of it, by name."""
    ids = find_people(session, Role.REGIONAL_LEAD, region=revision.region)
    wrote = select(DraftVersion.person_id).where(DraftVersion.revision_id == revision.id)
    asked = (
        select(Person)
        .where(Person.id.in_(ids), Person.id.not_in(wrote))
        .order_by(Person.name, Person.id)
    )
    return [person for person in session.scalars(asked) if person.id not in revision.owner_ids]


def _require_reviewer(session: Session, revision: Revision, person_id: int) -> None:
    if person_id not in {person.id for person in find_reviewers(session, revision)}:
        raise InvalidInput("Choose a lead of this region who wrote no part of it.")


def _here(actor: Actor, stage: Stage) -> tuple[ColumnElement[bool], ...]:
    return (Revision.region == actor.region, Revision.state == STATES[stage])


def _narrowing(actor: Actor, filters: QueueFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.authority:
        conditions.append(Revision.authority == filters.authority)
    if filters.whose == "mine":
        conditions.append(Revision.assigned_to_id == actor.id)
    elif filters.whose == "nobody":
        conditions.append(Revision.assigned_to_id.is_(None))
    return conditions


def _line(revision: Revision, due_days: int, calendar: Calendar, now: datetime) -> Waiting:
    is_waiting = revision.state is State.SUBMITTED and revision.submitted_at is not None
    due = None
    if is_waiting and revision.submitted_at:
        due = due_at(revision.submitted_at, due_days, calendar, revision.authority)
    return Waiting(revision, due, is_overdue=due is not None and due < now)


def _without_own(session: Session, actor: Actor, lines: list[Waiting]) -> tuple[Waiting, ...]:
    """Mark the lines of what the actor wrote a part of: another reviews it."""
    wrote = select(DraftVersion.revision_id).where(
        DraftVersion.person_id == actor.id,
        DraftVersion.revision_id.in_([line.revision.id for line in lines]),
    )
    own = set(session.scalars(wrote.distinct()))
    own |= {line.revision.id for line in lines if actor.id in line.revision.owner_ids}
    return tuple(replace(line, may_judge=line.revision.id not in own) for line in lines)
