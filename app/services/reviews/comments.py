"""What reviewers and writers say to one another about a submission, section by section."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.errors import InvalidInput, NotAllowed, NotFound, WrongState
from app.domain.moments import utc_now
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, allows, require
from app.domain.sections import SECTIONS
from app.models.resources import Revision
from app.models.reviews import ReviewComment, RevisionStep
from app.services.moving import hold_revision, read_revision
from app.services.reviews.deciding import YOURS, writers_of
from app.services.reviews.queue import STATES, has_written, require_no_writer
from app.services.telling import tell

LONGEST = 4000  # characters
GONE = "There is no such comment, or it is not yours to see."


def find_comments(session: Session, actor: Actor, revision_id: int) -> list[ReviewComment]:
    """Return everything said about a revision, oldest first.

    Raises:
        NotFound: the actor may not see the revision.
    """
    revision = read_revision(session, actor, revision_id)
    asked = select(ReviewComment).where(ReviewComment.revision_id == revision.id)
    return list(
        session.scalars(asked.order_by(ReviewComment.id).options(joinedload(ReviewComment.person)))
    )


def comment(
    session: Session,
    actor: Actor,
    revision_id: int,
    words: str,
    *,
    section: str = "",
    is_blocking: bool = False,
) -> ReviewComment:
    """Say something about a section of a submission, or about the whole.

    Raises:
        NotFound: the actor may not see the revision.
        NotAllowed: the actor does not review it.
        WrongState: it is not under review.
        InvalidInput: there are no words, too many, or no such section.
    """
    revision = hold_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    require_no_writer(session, actor, revision)
    if section and section not in {s.code for s in SECTIONS[revision.resource.kind]}:
        raise InvalidInput("Choose a section from the list.")
    if revision.state not in STATES.values():
        raise WrongState(
            f"This is {revision.state.label}: there is nothing to comment on any more."
        )
    said = _say(session, actor, revision, words, section=section, is_blocking=is_blocking)
    _tell_writers(session, actor, revision)
    return said


def answer(session: Session, actor: Actor, comment_id: int, words: str) -> ReviewComment:
    """Answer a comment; writers and reviewers may.

    Raises:
        NotFound: there is no such comment for this actor.
        NotAllowed: the actor neither writes nor reviews it.
        InvalidInput: there are no words, or too many.
    """
    asked, revision = _read(session, actor, comment_id)
    is_writer = has_written(session, actor, revision) or allows(actor, Action.WRITE_DRAFT, revision)
    if not is_writer:
        require(actor, Action.REVIEW, revision)
    # An answer to an answer stands with it, below what was first said.
    first_id = asked.answers_id or asked.id
    said = _say(session, actor, revision, words, section=asked.section, answers_id=first_id)
    if is_writer:
        reviewers = _reviewers(session, revision, asked)
        _tell(session, actor, revision, reviewers, reason="You review it.", feature="reviews")
    else:
        _tell_writers(session, actor, revision)
    return said


def resolve(session: Session, actor: Actor, comment_id: int, *, is_resolved: bool = True) -> int:
    """Mark a comment as done, or open again; return its revision's id.

    A comment that blocks is resolved by a reviewer only, and by none who wrote a part of it.

    Raises:
        NotFound: there is no such comment for this actor.
        NotAllowed: the actor may not.
    """
    asked, revision = _read(session, actor, comment_id)
    wrote = has_written(session, actor, revision)
    is_reviewer = allows(actor, Action.REVIEW, revision) and not wrote
    is_writer = allows(actor, Action.WRITE_DRAFT, revision) or wrote
    if asked.is_blocking and not is_reviewer:
        raise NotAllowed("Only a reviewer resolves a comment that blocks: answer it instead.")
    if not (is_reviewer or is_writer):
        raise NotAllowed("Only who writes or reviews this may resolve a comment.")
    asked.resolved_at = utc_now() if is_resolved else None
    asked.resolved_by_id = actor.id if is_resolved else None
    return revision.id


def _read(session: Session, actor: Actor, comment_id: int) -> tuple[ReviewComment, Revision]:
    found = session.get(ReviewComment, comment_id)
    if found is None:
        raise NotFound(GONE)
    try:
        revision = hold_revision(session, actor, found.revision_id)
    except NotFound:
        raise NotFound(GONE) from None
    return found, revision


def _say(
    session: Session,
    actor: Actor,
    revision: Revision,
    words: str,
    *,
    section: str,
    is_blocking: bool = False,
    answers_id: int | None = None,
) -> ReviewComment:
    said = words.replace("\0", "").strip()
    if not said:
        raise InvalidInput("Write your comment.")
    if len(said) > LONGEST:
        raise InvalidInput(f"Write at most {LONGEST} characters.")
    made = ReviewComment(
        revision_id=revision.id,
        answers_id=answers_id,
        section=section,
        person_id=actor.id,
        words=said,
        is_blocking=is_blocking,
    )
    session.add(made)
    session.flush()
    return made


def _reviewers(session: Session, revision: Revision, asked: ReviewComment) -> list[int]:
    """Return who reviews: who asked, who it was given to, who decided about it."""
    decided = select(RevisionStep.person_id).where(RevisionStep.revision_id == revision.id)
    others = [asked.person_id, revision.assigned_to_id, *session.scalars(decided.distinct())]
    writers = set(writers_of(session, revision))
    return [person for person in others if person is not None and person not in writers]


def _tell_writers(session: Session, actor: Actor, revision: Revision) -> None:
    people = writers_of(session, revision)
    _tell(session, actor, revision, people, reason=YOURS, feature="submissions")


def _tell(
    session: Session,
    actor: Actor,
    revision: Revision,
    people: tuple[int, ...] | list[int],
    *,
    reason: str,
    feature: str,
) -> None:
    tell(
        session,
        [person for person in people if person != actor.id],
        NotificationKind.COMMENTED,
        sentence=f"There is a new comment on “{revision.title}”.",
        reason=reason,
        path=f"/{feature}/{revision.id}",
    )
