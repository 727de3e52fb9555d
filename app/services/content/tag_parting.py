"""Part the tags of a file: the writer's own belong to the words, others stand beside them."""

from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.people import Actor
from app.domain.resources import ResourceContent
from app.domain.tags import slug_of_tag
from app.models.base import utc_now
from app.models.resource_tags import tags_of
from app.models.resources import Revision
from app.services.ledger import audit


def part_tags(
    session: Session, actor: Actor, current: Revision, said: ResourceContent
) -> tuple[ResourceContent, bool]:
    """Return the content with its writer's own tags alone, and whether others were taken off.

    A tag that somebody else put on stays theirs while the file has it, and is taken off where
    the file has lost it. What is hidden, or put on by invented people, is in no file and stays.
    """
    held = tags_of(session, [current])[current.id]
    if said.tags == held.filed:
        return replace(said, tags=tuple(tag.tag for tag in current.tags)), False
    in_file = {slug_of_tag(words) for words in said.tags}
    gone = [row for row in held.filed_staff if row.tag.slug not in in_file]
    for row in gone:
        row.taken_off_at = utc_now()
        audit(
            session,
            actor,
            AuditAction.UNTAGGED,
            f"resource:{row.resource_id}",
            region=current.region,
            detail=row.tag.slug,
        )
    theirs = {row.tag.slug for row in held.staff}
    own = tuple(words for words in said.tags if slug_of_tag(words) not in theirs)
    if own == held.writers:
        own = tuple(tag.tag for tag in current.tags)
    return replace(said, tags=own), bool(gone)
