"""Hide a tag that breaks the rules: on one resource, or wherever it stands."""

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, Place, require
from app.models.base import utc_now
from app.models.resource_tags import hide_on_resource, tags_by_slug
from app.models.resources import Resource
from app.services.ledger import audit, record
from app.services.tags.counting import everybody, held_ids, read_tag
from app.services.tags.reach import place_of
from app.services.tags.tagging import row_of

AUDITED = {True: AuditAction.TAG_HIDDEN, False: AuditAction.TAG_SHOWN}


def hide_on(
    session: Session,
    actor: Actor,
    resource_id: str,
    tag_id: int,
    *,
    is_hidden: bool = True,
    reason: str = "",
) -> None:
    """Hide a tag on one resource, or show it again.

    Raises:
        NotFound: there is no such published resource or tag.
        NotAllowed: the actor may not moderate there.
    """
    resource = session.get(Resource, resource_id)
    if resource is None or resource.published is None:
        raise NotFound("There is no such resource.")
    region = resource.published.region
    require(actor, Action.MODERATE, Place(region=region))
    hide_on_resource(session, resource_id, tag_id, is_hidden=is_hidden)
    subject = f"resource:{resource_id}"
    audit(session, actor, AUDITED[is_hidden], subject, region=region, detail=reason)
    record(session, EventKind.RESOURCE_TAGGED, resource_id)


def hide_everywhere(
    session: Session, actor: Actor, slug: str, *, is_hidden: bool = True, reason: str = ""
) -> None:
    """Hide a tag wherever it stands, or show it again.

    Nobody can put it on meanwhile; the index and the files follow one by one.

    Raises:
        NotFound: there is no such tag for this actor.
        NotAllowed: it stands outside the actor's reach.
    """
    tag = tags_by_slug(session, [slug]).get(slug)
    if is_hidden or tag is None:
        line = read_tag(session, actor, slug)
        tag = row_of(session, line.slug, line.label)
    place = place_of(session, tag.slug)
    require(actor, Action.MODERATE, place)
    if is_hidden:
        ids = list(session.scalars(held_ids(session, tag.slug, everybody())))
        tag.hidden_at = utc_now()
    else:
        tag.hidden_at = None
        session.flush()
        ids = list(session.scalars(held_ids(session, tag.slug, everybody())))
    audit(session, actor, AUDITED[is_hidden], f"tag:{tag.id}", region=place.region, detail=reason)
    record(session, EventKind.TAGS_CHANGED, tag.id)
    for resource_id in ids:
        record(session, EventKind.RESOURCE_TAGGED, resource_id)
