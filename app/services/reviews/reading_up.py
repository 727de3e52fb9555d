"""What a reviewer reads beside a submission: its history, and what changed since."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.errors import WrongState
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State, Step
from app.formats.differences import Differences, compare
from app.formats.resource_files import ReadingRules, read_resource
from app.models.resource_content import content_of
from app.models.resources import Revision
from app.models.reviews import RevisionStep
from app.services.moving import read_revision


def read(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a submission of the actor's region, to be reviewed or looked at.

    Raises:
        NotAllowed: the actor does not review, or it is their own.
        NotFound: there is none that the actor may see.
    """
    require(actor, Action.REVIEW)
    revision = read_revision(session, actor, revision_id)
    require(actor, Action.REVIEW, revision)
    return revision


def read_approved(session: Session, actor: Actor, revision_id: int) -> Revision:
    """Return a submission as `read` does, for a page that publishes it.

    Raises:
        NotAllowed: the actor does not review, or it is their own.
        NotFound: there is none that the actor may see.
        WrongState: it is not approved.
    """
    revision = read(session, actor, revision_id)
    if revision.state is not State.APPROVED:
        raise WrongState(f"This is {revision.state.label}: only what is approved is published.")
    return revision


def compare_to_last(
    session: Session, revision: Revision, taxonomy: Taxonomy
) -> tuple[Revision, Differences] | None:
    """Return the published version of the same resource, and what differs; None for a new one."""
    published = select(Revision).where(
        Revision.resource_id == revision.resource_id,
        Revision.state.in_((State.PUBLISHED, State.WITHDRAWN)),
        Revision.id != revision.id,
    )
    last = session.scalars(published.order_by(Revision.number.desc())).first()
    if last is None:
        return None
    return last, compare(content_of(last), content_of(revision), taxonomy)


def compare_to_judged(
    session: Session, revision: Revision, taxonomy: Taxonomy
) -> tuple[RevisionStep, Differences] | None:
    """Return the last time that changes were asked for, and what the writers changed since.

    None where none were, or where what was judged can be read no longer.
    """
    asked = select(RevisionStep).where(
        RevisionStep.revision_id == revision.id, RevisionStep.step == Step.ASK_FOR_CHANGES
    )
    step = session.scalars(asked.order_by(RevisionStep.id.desc())).first()
    if step is None or step.review is None:
        return None
    judged = read_resource(
        step.review.judged_markdown.encode(), revision.title, ReadingRules(taxonomy)
    )
    if judged.content is None:
        return None
    return step, compare(judged.content, content_of(revision), taxonomy)


def steps_of(session: Session, revision: Revision) -> list[RevisionStep]:
    """Return the steps that a revision took, with marks and people, oldest first."""
    asked = select(RevisionStep).where(RevisionStep.revision_id == revision.id)
    return list(
        session.scalars(
            asked.order_by(RevisionStep.id).options(
                joinedload(RevisionStep.person), selectinload(RevisionStep.review)
            )
        )
    )
