"""Move a revision along its life: the locks, the step, its row in the history, what must follow."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import NotFound, WrongState
from app.domain.events import EventKind
from app.domain.moments import day_in_scotland
from app.domain.people import Actor
from app.domain.permissions import Action, require, require_sight
from app.domain.workflow import State, Step, move_of, require_comment
from app.models.base import utc_now
from app.models.resources import Resource, Revision
from app.models.reviews import RevisionStep
from app.services.addresses import is_provisional, new_address
from app.services.ledger import audit, record

LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER
NO_DRAFT = "There is no such draft, or it is not yours to see."


def read_revision(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a revision that the actor may see as those who write and judge it do.

    Raises:
        NotFound: there is none, or it is not for this actor.
    """
    is_id = 0 < revision_id <= LARGEST_ID
    return _sighted(actor, session.get(Revision, revision_id) if is_id else None)


def hold_revision(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a revision as `read_revision` does, as it stands now, held until the transaction ends.

    So of two people who decide at once the second meets what the first did.

    Raises:
        NotFound: there is none, or it is not for this actor.
    """
    asked = select(Revision).where(Revision.id == min(max(revision_id, 0), LARGEST_ID))
    held = asked.with_for_update(of=Revision)
    held = held.execution_options(populate_existing=True)
    return _sighted(actor, session.scalars(held).first())


def _sighted(actor: Actor, revision: Revision | None) -> Revision:
    if revision is None:
        raise NotFound(NO_DRAFT)
    require_sight(actor, Action.READ_DRAFT, revision, NO_DRAFT)
    return revision


def next_number(session: Session, resource: Resource) -> int:
    """Return the number of the resource's next revision."""
    numbers = select(func.max(Revision.number)).where(Revision.resource_id == resource.id)
    return (session.scalar(numbers) or 0) + 1


def move(
    session: Session,
    actor: Actor,
    revision: Revision,
    step: Step,
    comment: str = "",
    *,
    is_decided: bool = False,
) -> RevisionStep:
    """Take a step; the only way by which a revision changes its state.

    Publishing gives a new resource its address, supersedes the revision before, and tells the
    followers; so do loading and restoring. Withdrawing tells them too.

    Args:
        is_decided: the actor's right was checked when this was decided, for something due later.

    Raises:
        NotAllowed: the matrix says no.
        WrongState: the table has no such step from here.
        InvalidInput: the step needs a comment.
    """
    start, row = revision.state, move_of(revision.state, step)
    if row.action is not None and not is_decided:
        require(actor, row.action, revision)
    # PostgreSQL keeps no NUL.
    said = comment.replace("\0", "").strip()
    require_comment(start, step, said)
    if row.end is State.PUBLISHED:
        _make_room(session, actor, revision, step)
    revision.take(step)
    taken = RevisionStep(
        step=step, start=start, end=revision.state, person_id=actor.id, comment=said
    )
    revision.steps.append(taken)
    if row.end is State.SUBMITTED:
        revision.submitted_at = utc_now()
    session.add(revision)
    session.flush()
    _follow_up(session, actor, revision, step)
    return taken


def _make_room(session: Session, actor: Actor, revision: Revision, step: Step) -> None:
    """Let the published revision leave its place before another takes it."""
    resource = session.get_one(Resource, revision.resource_id)
    asked = select(Revision).where(
        Revision.resource_id == resource.id, Revision.state == State.PUBLISHED
    )
    current = session.scalars(asked).first()
    if current is not None:
        if step is Step.RESTORE:
            raise WrongState(
                "A newer version of this resource is published: restore that one’s "
                "words as a new version instead."
            )
        move(session, actor, current, Step.SUPERSEDE)
    if step is Step.PUBLISH and is_provisional(resource):
        new_address(session, resource, revision.title)
    if step is not Step.RESTORE:
        now = utc_now()
        revision.published_at = now
        revision.published_on = revision.published_on or day_in_scotland(now)


def _follow_up(session: Session, actor: Actor, revision: Revision, step: Step) -> None:
    session.expire(revision.resource, ["published", "revisions"])
    audit(
        session,
        actor,
        AuditAction(f"revision.{step}"),
        f"revision:{revision.id}",
        region=revision.region,
    )
    if revision.state is State.PUBLISHED:
        record(session, EventKind.RESOURCE_PUBLISHED, revision.resource_id)
    elif revision.state is State.WITHDRAWN:
        record(session, EventKind.RESOURCE_WITHDRAWN, revision.resource_id)
