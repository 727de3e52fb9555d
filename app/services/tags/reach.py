"""How far somebody may bring tags into order: where they stand decides."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.people import Actor
from app.domain.permissions import Action, Place, allows, require
from app.domain.workflow import State
from app.models.resources import Revision
from app.services.tags.counting import everybody, slugs_called, uses

OUTSIDE = (
    "This tag does not stand in your region alone, so an administrator changes it. "
    "Leads change the tags that stand on resources of their region only."
)


def may_change(session: Session, actor: Actor, slug: str) -> bool:
    """Say whether the actor may change a tag: it stands within their reach, and nowhere else."""
    return allows(actor, Action.KEEP_TAGS) and allows(
        actor, Action.KEEP_TAGS, place_of(session, slug)
    )


def place_of(session: Session, slug: str) -> Place:
    """Return where a tag stands: in a region, where every resource that has it is of that one."""
    return place_of_slugs(session, slugs_called(session, slug))


def place_of_slugs(session: Session, slugs: Iterable[str]) -> Place:
    """Return where any of these slugs stand, as `place_of` does."""
    standing = uses(everybody(), slugs)
    asked = (
        select(Revision.region)
        .distinct()
        .where(
            Revision.state == State.PUBLISHED,
            Revision.resource_id.in_(select(standing.c.resource_id)),
        )
    )
    regions = session.scalars(asked).all()
    return Place(region=regions[0]) if len(regions) == 1 else Place()


def require_reach(actor: Actor, place: Place) -> None:
    """Do nothing when the actor may change a tag that stands there.

    Raises:
        NotAllowed: they may not.
    """
    require(actor, Action.KEEP_TAGS)
    if not allows(actor, Action.KEEP_TAGS, place):
        raise NotAllowed(OUTSIDE, actor, Action.KEEP_TAGS)
