"""Give resources their addresses: lasting, each once, told when not as wished."""

import re
from pathlib import Path

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.resources import SLUG_LIMIT, Kind
from app.models.resources import FormerSlug, Resource

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def provisional_slug(resource_id: str) -> str:
    """Return the slug of a resource that was never published; nobody is told of it."""
    return f"draft-{resource_id.lower()}"


def is_provisional(resource: Resource) -> bool:
    """Say whether the resource still waits for its address."""
    return resource.slug == provisional_slug(resource.id)


def new_address(session: Session, resource: Resource, title: str, path: Path | None = None) -> str:
    """Give a new resource its slug; return a sentence when another has the one it would have.

    A file that lies as `<kind folder>/<slug>.md` names it, else the title does.
    """
    by_file = _slug_of_file(resource.kind, path) if path else None
    wished = by_file or _slug_of_words(title, path.stem if path else "", resource.id)
    resource.slug = free = _free(session, wished, resource.id)
    if free == wished:
        return ""
    return f"The address “{wished}” is another's: this one is “{free}”."


def follow_rename(session: Session, resource: Resource, path: Path) -> str:
    """Take the new name of a file in its kind's folder as the slug; return what to tell.

    The former slug redirects. A new title alone changes no address.
    """
    wished = _slug_of_file(resource.kind, path)
    if wished is None or wished == resource.slug:
        return ""
    if _free(session, wished, resource.id) != wished:
        return f"The address “{wished}” is another's: it stays “{resource.slug}”."
    former = str(resource.slug)
    resource.slug = wished
    back = session.get(FormerSlug, wished)
    if back is not None:
        session.delete(back)
    session.add(FormerSlug(slug=former, resource_id=resource.id))
    return f"The address is now “{wished}”; “{former}” redirects to it."


def _slug_of_file(kind: Kind, path: Path) -> str | None:
    is_at_home = path.parent.name == kind.folder and path.suffix == ".md"
    is_slug = SLUG.fullmatch(path.stem) is not None and len(path.stem) <= SLUG_LIMIT
    return path.stem if is_at_home and is_slug else None


def _slug_of_words(title: str, name: str, resource_id: str) -> str:
    for words in (title, name):
        slug = str(slugify(words, max_length=SLUG_LIMIT, word_boundary=True))
        if slug:
            return slug
    return f"resource-{resource_id[-8:].lower()}"


def _free(session: Session, wished: str, resource_id: str) -> str:
    """Return the slug, with -2, -3 ... where another resource has it or had it."""
    slug, count = wished, 1
    while _is_anothers(session, slug, resource_id):
        count += 1
        slug = f"{wished}-{count}"
    return slug


def _is_anothers(session: Session, slug: str, resource_id: str) -> bool:
    holders = select(Resource.id).where(Resource.slug == slug)
    former = select(FormerSlug.resource_id).where(FormerSlug.slug == slug)
    held = {*session.scalars(holders), *session.scalars(former)}
    return bool(held - {resource_id})
