"""Record that a school tried something, change it, take it back; the ladder follows by itself."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audience import may_read
from app.domain.audit import AuditAction
from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.evidence import Outcome
from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.permissions import Action, Place, require, require_sight
from app.domain.taxonomy import Taxonomy
from app.models.adoptions import Adoption
from app.models.base import utc_now
from app.models.resources import Resource, Revision
from app.models.schools import School
from app.services.adoptions.saying import Told, tidy
from app.services.ledger import audit, record
from app.services.telling import tell

GONE = "There is no such try, or it is not yours to change."
NO_RESOURCE = "There is no such resource, or it is not for everyone to read."
LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER
QUIET = timedelta(days=1)  # in which the same person's tries of one resource are told once
YOURS = "You wrote it"
HOW_IT_WENT = {
    Outcome.WORKED: "it worked",
    Outcome.PARTLY: "it worked in part",
    Outcome.NOT: "it did not work for them, and they say so",
}


def adopt(
    session: Session,
    actor: Actor,
    taxonomy: Taxonomy,
    resource: Resource,
    told: Told,
    *,
    agreed: Collection[str] = (),
) -> Adoption:
    """Record that the actor's school tried a published resource; its writer is told, with thanks.

    Safe to repeat: the very same words of the same person are kept once.

    Args:
        agreed: fingerprints of what may point to a pupil that the writer lets stand.

    Raises:
        NotFound: the resource is not published, or not for this actor.
        NotAllowed: the actor is of no school that records tries.
        FieldRefused: something that was said cannot be kept; MayPointToPupil is one of these.
    """
    revision = read_published(actor, resource)
    place = Place(actor.region, actor.authority, actor.school_id)
    require(actor, Action.ADOPT, place)
    school = session.get_one(School, actor.school_id)
    kept = tidy(session, taxonomy, school, told, agreed)
    same = _same(session, actor, resource, kept)
    if same is not None:
        return same
    is_news = not _was_told(session, actor, resource)
    adoption = Adoption(
        resource_id=resource.id,
        person_id=actor.id,
        school_id=school.id,
        authority=school.authority,
        region=school.region,
    )
    _write(adoption, kept)
    session.add(adoption)
    session.flush()
    _follow_up(session, actor, adoption, AuditAction.ADOPTED, str(kept.outcome))
    if is_news:
        _thank(session, actor, taxonomy, revision, adoption)
    return adoption


def change(
    session: Session,
    actor: Actor,
    taxonomy: Taxonomy,
    adoption_id: int,
    told: Told,
    *,
    agreed: Collection[str] = (),
) -> Adoption:
    """Say something else of a try; by who recorded it, or the headteacher of the school.

    Raises:
        NotFound: there is none, it is not theirs, or its resource is not there to be read.
        FieldRefused: something that was said cannot be kept; MayPointToPupil is one of these.
    """
    adoption = read_own(session, actor, adoption_id)
    read_published(actor, adoption.resource)
    kept = tidy(session, taxonomy, adoption.school, told, agreed)
    if kept != told_of(adoption):
        _write(adoption, kept)
        adoption.edited_at = utc_now()
        _follow_up(session, actor, adoption, AuditAction.ADOPTION_CHANGED, str(kept.outcome))
    return adoption


def delete(session: Session, actor: Actor, adoption_id: int) -> Adoption:
    """Take a try back: it counts and shows nowhere any more; its words are emptied.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    adoption = read_own(session, actor, adoption_id)
    adoption.deleted_at, adoption.changes = utc_now(), ""
    _follow_up(session, actor, adoption, AuditAction.ADOPTION_DELETED, str(adoption.outcome))
    return adoption


def read_own(session: Session, actor: Actor, adoption_id: int) -> Adoption:
    """Return a try that the actor may change or take back, with its school and resource.

    Raises:
        NotFound: there is none, or it is not theirs.
    """
    asked = (
        select(Adoption)
        .where(Adoption.id == min(max(adoption_id, 0), LARGEST_ID), Adoption.deleted_at.is_(None))
        .options(
            joinedload(Adoption.school),
            joinedload(Adoption.resource).joinedload(Resource.published),
        )
    )
    adoption = session.scalars(asked).first()
    if adoption is None:
        raise NotFound(GONE)
    require_sight(actor, Action.CHANGE_ADOPTION, adoption, GONE)
    return adoption


def read_published(actor: Actor, resource: Resource) -> Revision:
    """Return what a resource says now, if this actor may read it.

    Raises:
        NotFound: it is not published, or not for this actor.
    """
    revision = resource.published
    if revision is None or not may_read(actor, revision.audience, revision.region):
        raise NotFound(NO_RESOURCE)
    return revision


def told_of(adoption: Adoption) -> Told:
    """Return what was said of a try."""
    return Told(
        stages=tuple(adoption.stages.split()),
        tried_on=adoption.tried_on,
        outcome=adoption.outcome,
        would_repeat=adoption.would_repeat,
        changes=adoption.changes,
    )


def _write(adoption: Adoption, told: Told) -> None:
    adoption.stages = " ".join(told.stages)
    adoption.tried_on = told.tried_on
    adoption.outcome = told.outcome
    adoption.would_repeat = told.would_repeat
    adoption.changes = told.changes


def _same(session: Session, actor: Actor, resource: Resource, told: Told) -> Adoption | None:
    """Return what the actor has recorded in the same words: a form sent twice is one try."""
    asked = select(Adoption).where(
        Adoption.resource_id == resource.id,
        Adoption.person_id == actor.id,
        Adoption.deleted_at.is_(None),
    )
    return next((one for one in session.scalars(asked) if told_of(one) == told), None)


def _was_told(session: Session, actor: Actor, resource: Resource) -> bool:
    """Say whether the writer heard of this person's try lately, even if it was taken back since."""
    asked = select(Adoption.id).where(
        Adoption.resource_id == resource.id,
        Adoption.person_id == actor.id,
        Adoption.recorded_at > utc_now() - QUIET,
    )
    return session.scalars(asked).first() is not None


def _follow_up(
    session: Session, actor: Actor, adoption: Adoption, action: AuditAction, detail: str
) -> None:
    audit(session, actor, action, f"adoption:{adoption.id}", region=adoption.region, detail=detail)
    record(session, EventKind.RESOURCE_TRIED, adoption.resource_id)


def _thank(
    session: Session, actor: Actor, taxonomy: Taxonomy, revision: Revision, adoption: Adoption
) -> None:
    """Tell who wrote a resource that a school tried it; nobody thanks themselves."""
    writers = [person_id for person_id in revision.owner_ids if person_id != actor.id]
    school = session.get_one(School, adoption.school_id)
    where = f"{school.name} in {taxonomy.label('authorities', school.authority)}"
    went = HOW_IT_WENT[adoption.outcome]
    tell(
        session,
        writers,
        NotificationKind.TRIED,
        sentence=f"{where} tried “{revision.title}”: {went}. Thank you for sharing it.",
        reason=YOURS,
        path=f"/resources/{revision.resource_id}#tried",
    )
