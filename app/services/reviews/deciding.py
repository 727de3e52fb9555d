"""Decide about a submission, and publish it: now, on its day, or never."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, WrongState
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.rubric import checked_marks, require_private
from app.domain.workflow import State, Step
from app.formats.resource_writing import to_file
from app.models.resource_content import content_of
from app.models.resources import Revision
from app.models.reviews import Review, ReviewComment
from app.models.submissions import DraftVersion
from app.services.ledger import audit
from app.services.moving import hold_revision, move
from app.services.reviews.queue import require_no_writer
from app.services.telling import tell

CHANGED = "It was changed while you read: look at it again before you decide."
DECIDED = "A colleague was quicker: it is decided, and now stands at “{}”."
TOLD = {
    Step.APPROVE: (NotificationKind.APPROVED, "“{}” was approved."),
    Step.ASK_FOR_CHANGES: (
        NotificationKind.CHANGES_WANTED,
        "The reviewer of “{}” asks for a change.",
    ),
    Step.DECLINE: (NotificationKind.DECLINED, "“{}” was not taken into the library."),
}
YOURS = "You wrote it, or a part of it."


def decide(
    session: Session,
    actor: Actor,
    revision_id: int,
    step: Step,
    *,
    seen_version: int,
    comment: str,
    marks: Mapping[str, int],
) -> Revision:
    """Approve a submission, ask for a change, or decline it; its writers are told.

    `seen_version` is the version that the reviewer read. Marks are needed for every decision:
    they tell the writers why.

    Raises:
        NotFound: there is no such submission for this actor.
        NotAllowed: it is not theirs to review, or they wrote a part of it.
        WrongState: a colleague decided first, or it changed meanwhile.
        InvalidInput: the comment, a mark, or an answer to a blocking comment is missing.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    require_no_writer(session, actor, revision)
    if revision.state is not State.SUBMITTED:
        raise WrongState(DECIDED.format(revision.state.label))
    if revision.version != seen_version:
        raise WrongState(CHANGED)
    given = checked_marks(marks)
    if step is Step.APPROVE:
        require_private(given)
        _require_nothing_blocks(session, revision)
    taken = move(session, actor, revision, step, comment)
    judged = to_file(revision.resource_id, content_of(revision)).decode()
    session.add(Review(step_id=taken.id, judged_markdown=judged, **given))
    kind, words = TOLD[step]
    _tell_writers(session, actor, revision, kind, sentence=words.format(revision.title))
    return revision


def publish(
    session: Session, actor: Actor, revision_id: int, publish_at: datetime | None = None
) -> Revision:
    """Publish what was approved: now, or not before a moment to come.

    Until then it is seen by nobody who could not see it before.

    Raises:
        NotFound: there is no such submission for this actor.
        NotAllowed: it is not theirs to publish.
        WrongState: it is not approved.
        InvalidInput: the moment is over.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    require_no_writer(session, actor, revision)
    if publish_at is None:
        _publish(session, actor, revision, is_decided=False)
        return revision
    if revision.state is not State.APPROVED:
        raise WrongState(f"This is {revision.state.label}: only what is approved has a day.")
    if publish_at <= utc_now():
        raise InvalidInput("Choose a moment that is still to come.")
    revision.publish_at = publish_at
    _note_day(
        session, actor, revision, f"not before {publish_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    )
    return revision


def unschedule(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Take back the day on which something would be published; it stays approved.

    Raises:
        NotFound: there is no such submission for this actor.
        NotAllowed: it is not theirs to publish.
        WrongState: it is published already.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    require_no_writer(session, actor, revision)
    if revision.state is not State.APPROVED:
        raise WrongState(f"This is {revision.state.label} already.")
    revision.publish_at = None
    _note_day(session, actor, revision, "its day was taken back")
    return revision


def find_due(session: Session, now: datetime) -> list[int]:
    """Return the ids of what is approved and whose moment has come, the earliest first."""
    due = select(Revision.id).where(Revision.state == State.APPROVED, Revision.publish_at <= now)
    return list(session.scalars(due.order_by(Revision.publish_at, Revision.id)))


def publish_due(session: Session, actor: Actor, revision_id: int, now: datetime) -> bool:
    """Publish one that is due; return whether it was, since another process may be quicker.

    Who scheduled it decided that it may be: their right was asked for then.
    """
    held = select(Revision).where(Revision.id == revision_id).with_for_update(of=Revision)
    revision = session.scalars(held.execution_options(populate_existing=True)).first()
    if revision is None or revision.state is not State.APPROVED:
        return False
    if revision.publish_at is None or revision.publish_at > now:
        return False
    _publish(session, actor, revision, is_decided=True)
    return True


def _note_day(session: Session, actor: Actor, revision: Revision, detail: str) -> None:
    subject = f"revision:{revision.id}"
    audit(session, actor, AuditAction.SCHEDULED, subject, region=revision.region, detail=detail)


def _publish(session: Session, actor: Actor, revision: Revision, *, is_decided: bool) -> None:
    move(session, actor, revision, Step.PUBLISH, is_decided=is_decided)
    _tell_writers(
        session,
        actor,
        revision,
        NotificationKind.PUBLISHED,
        sentence=f"“{revision.title}” is published.",
        path=f"/resources/{revision.resource.slug}",
    )


def _require_nothing_blocks(session: Session, revision: Revision) -> None:
    blocking = select(ReviewComment.id).where(
        ReviewComment.revision_id == revision.id,
        ReviewComment.is_blocking,
        ReviewComment.resolved_at.is_(None),
    )
    count = len(session.scalars(blocking).all())
    if count:
        which = "A blocking comment is" if count == 1 else f"{count} blocking comments are"
        raise InvalidInput(f"{which} still open: resolve what is done, or ask for changes.")


def writers_of(session: Session, revision: Revision) -> tuple[int, ...]:
    """Return the ids of those who wrote a part of a revision: its author first."""
    wrote = select(DraftVersion.person_id).where(DraftVersion.revision_id == revision.id)
    return tuple(dict.fromkeys([*revision.owner_ids, *session.scalars(wrote.distinct())]))


def _tell_writers(
    session: Session,
    actor: Actor,
    revision: Revision,
    kind: NotificationKind,
    *,
    sentence: str,
    path: str = "",
) -> None:
    people = [person for person in writers_of(session, revision) if person != actor.id]
    tell(
        session,
        people,
        kind,
        sentence=sentence,
        reason=YOURS,
        path=path or f"/submissions/{revision.id}",
    )
