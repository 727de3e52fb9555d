"""What whoever opened a secret link reads: one resource, or a collection and its items."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.audience import Audience
from app.domain.errors import NotFound
from app.domain.sharing import may_open
from app.formats.pictures import PICTURES
from app.models.collections import Collection
from app.models.pictures import Picture
from app.models.resources import Resource, Revision
from app.models.submissions import Attachment
from app.services.collected import SeenItem, SeenSection, seen_by
from app.services.shares.links import OpenedLink
from app.services.shares.things import ThingKind

NOT_IN_IT = "That is not part of what was shared with you."


@dataclass(frozen=True)
class OpenedCollection:
    """A collection as a link shows it."""

    collection: Collection
    sections: tuple[tuple[SeenSection, tuple[SeenItem, ...]], ...]
    left_out: int  # items that the link does not open


def read_opened_collection(session: Session, opened: OpenedLink) -> OpenedCollection:
    """Return a collection with those items that its link opens: public, or its maker's to open.

    Raises:
        NotFound: the link leads to no collection.
    """
    if opened.thing.kind is not ThingKind.COLLECTION:
        raise NotFound(NOT_IN_IT)
    collection = session.get_one(Collection, opened.thing.id)
    seen = seen_by(session, opened.maker, collection)
    sections = tuple(
        (section, tuple(item for item in section.items if _opens(opened, item.revision)))
        for section in seen.sections
    )
    shown = sum(len(items) for _, items in sections)
    return OpenedCollection(collection, sections, len(seen.items) + seen.dropped - shown)


def read_opened_resource(
    session: Session, opened: OpenedLink, resource_id: str | None = None
) -> Resource:
    """Return the resource that a link leads to, or one of its collection's items by id.

    Raises:
        NotFound: the link does not open it.
    """
    if opened.thing.kind is ThingKind.RESOURCE:
        if resource_id not in (None, opened.thing.id):
            raise NotFound(NOT_IN_IT)
        return session.get_one(Resource, opened.thing.id)
    for _, items in read_opened_collection(session, opened).sections:
        for item in items:
            if item.resource.id == resource_id:
                return item.resource
    raise NotFound(NOT_IN_IT)


def read_opened_picture(session: Session, opened: OpenedLink, name: str) -> Picture:
    """Return a picture, with its bytes, that something shows which the link opens.

    Raises:
        NotFound: there is none.
    """
    if "\0" in name or not any(_shows(r, name) for r in _revisions(session, opened)):
        raise NotFound(NOT_IN_IT)
    asked = select(Picture).where(Picture.name == name).options(undefer(Picture.data))
    return session.scalars(asked).one()


def read_opened_attachment(
    session: Session, opened: OpenedLink, resource_id: str, name: str
) -> Attachment:
    """Return a file, with its bytes, that a resource offers which the link opens.

    Raises:
        NotFound: there is none.
    """
    revision = read_opened_resource(session, opened, resource_id).published
    offered = {held.attachment_name for held in revision.attachments} if revision else set()
    if name not in offered:
        raise NotFound(NOT_IN_IT)
    asked = select(Attachment).where(Attachment.name == name).options(undefer(Attachment.data))
    return session.scalars(asked).one()


def _opens(opened: OpenedLink, revision: Revision) -> bool:
    return revision.audience is Audience.PUBLIC or may_open(
        opened.maker, revision.audience, revision
    )


def _revisions(session: Session, opened: OpenedLink) -> list[Revision]:
    if opened.thing.kind is ThingKind.RESOURCE:
        published = session.get_one(Resource, opened.thing.id).published
        return [published] if published else []
    sections = read_opened_collection(session, opened).sections
    return [item.revision for _, items in sections for item in items]


def _shows(revision: Revision, name: str) -> bool:
    held = {picture.name for picture in revision.pictures}
    return name in held and PICTURES + name in revision.body_markdown
