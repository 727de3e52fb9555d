"""Know again the resource that a file is of."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.resources import ResourceContent
from app.domain.workflow import State
from app.models.resource_tags import content_in_folder
from app.models.resources import Resource, Revision

PLACE_LIMIT = 1000  # characters


def place_of(path: Path) -> str | None:
    """Return how a file's place is remembered; a path too long for its column is not.

    Bytes of a name that are no text are written as escapes: a database takes text only.
    """
    place = str(path).encode("utf-8", "backslashreplace").decode()
    return place if len(place) <= PLACE_LIMIT else None


def find_resource(session: Session, resource_id: str | None, path: Path) -> Resource | None:
    """Return the resource that the file is of: by its id, or without one by where it lies."""
    if resource_id is not None:
        return session.get(Resource, resource_id)
    place = place_of(path)
    if place is None:
        return None
    lying_there = select(Resource).where(Resource.loaded_from == place)
    return session.scalars(lying_there.order_by(Resource.created_at, Resource.id)).first()


def find_same_words(session: Session, content: ResourceContent) -> Resource | None:
    """Return a published resource that says exactly this, wherever it was loaded from."""
    alike = select(Revision).where(
        Revision.state == State.PUBLISHED,
        Revision.title == content.title,
        Revision.body_markdown == content.body,
    )
    for revision in session.scalars(alike.order_by(Revision.id)):
        held = content_in_folder(session, revision)
        if dated_like(held, content) == held:
            return revision.resource
    return None


def dated_like(held: ResourceContent, content: ResourceContent) -> ResourceContent:
    """Return the content, published on the day of the one held where it says no day itself."""
    return content if content.published_on else replace(content, published_on=held.published_on)
