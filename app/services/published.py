"""Read what is published on someone's behalf, and find who keeps it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.audience import may_read
from app.domain.errors import NotFound
from app.domain.people import Actor, Role
from app.models.people import Person
from app.models.resources import FormerSlug, Resource, Revision
from app.models.submissions import DraftVersion
from app.services.telling import find_people

MISSING = "There is no such resource, or it is not for everyone to read."


def read_published(session: Session, actor: Actor, address: str) -> tuple[Resource, Revision]:
    """Return the resource with this slug, former slug or id, and its published revision.

    Raises:
        NotFound: there is none that this actor may read.
    """
    if "\0" in address:
        # PostgreSQL refuses to be asked for one.
        raise NotFound(MISSING)
    here = or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address)
    asked = select(Resource).outerjoin(FormerSlug).where(here)
    # A slug in use goes before the same slug in another's past.
    resource = session.scalars(asked.order_by((Resource.slug == address).desc())).first()
    revision = resource.published if resource else None
    if resource is None or revision is None or not sees(actor, revision):
        raise NotFound(MISSING)
    return resource, revision


def sees(actor: Actor, revision: Revision | None) -> bool:
    """Say whether the actor may read a revision that is, or was, published."""
    return revision is not None and may_read(actor, revision.audience, revision.region)


def find_keepers(session: Session, revision: Revision) -> tuple[int, ...]:
    """Return the ids of those who wrote it and of the headteachers of its school."""
    wrote = select(DraftVersion.person_id).where(DraftVersion.revision_id == revision.id)
    writers = [*revision.owner_ids, *session.scalars(wrote.distinct())]
    present = select(Person.id).where(Person.id.in_(writers), Person.disabled_at.is_(None))
    here = set(session.scalars(present))
    heads: tuple[int, ...] = ()
    if revision.school_id is not None:
        heads = find_people(session, Role.HEADTEACHER, school_id=revision.school_id)
    return tuple(dict.fromkeys([*(one for one in writers if one in here), *heads]))
