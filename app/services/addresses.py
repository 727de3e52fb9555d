"""Give resources and collections their addresses: lasting, each once, told when not as wished."""

import re
from collections.abc import Callable
from pathlib import Path

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.collections import FOLDER
from app.domain.resources import SLUG_LIMIT
from app.models.collections import Collection, FormerCollectionSlug
from app.models.resources import FormerSlug, Resource

PAGES_OF_COLLECTIONS = frozenset({"new", "add-several"})  # in place of an address
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
    by_file = _slug_of_file(resource.kind.folder, path) if path else None
    wished = by_file or _slug_of_words(title, path.stem if path else "", resource.id)
    resource.slug = free = _free(session, wished, resource.id)
    if free == wished:
        return ""
    return f"The address “{wished}” is another's: this one is “{free}”."


def follow_rename(session: Session, resource: Resource, path: Path) -> str:
    """Take the new name of a file in its kind's folder as the slug; return what to tell.

    The former slug redirects. A new title alone changes no address.
    """
    wished = _slug_of_file(resource.kind.folder, path)
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


def give_collection_address(
    session: Session, collection: Collection, path: Path | None = None
) -> str:
    """Give a collection that readers are to see its slug, once; return what to tell.

    A file that lies as `collections/<slug>.md` names it, else the title does. The slug it had
    redirects.
    """
    by_file = _slug_of_file(FOLDER, path) if path else None
    is_new = not collection.slug or collection.slug == provisional_slug(collection.id)
    if not is_new and by_file in (None, collection.slug):
        return ""
    stem = path.stem if path else ""
    wished = by_file or _slug_of_words(collection.title, stem, collection.id)
    free = _free(session, wished, collection.id, _collections_at)
    if by_file and not is_new and free != wished:
        return f"The address “{wished}” is another's: it stays “{collection.slug}”."
    _leave_former(session, collection, free)
    if is_new:
        return "" if free == wished else f"“{wished}” is another's: this one is “{free}”."
    return f"The address is now “{free}”; the former one redirects to it."


def _leave_former(session: Session, collection: Collection, slug: str) -> None:
    former, collection.slug = collection.slug, slug
    back = session.get(FormerCollectionSlug, slug)
    if back is not None:
        session.delete(back)
    if former and former != slug:
        session.add(FormerCollectionSlug(slug=former, collection_id=collection.id))
    session.flush()


def _slug_of_file(folder: str, path: Path) -> str | None:
    is_at_home = path.parent.name == folder and path.suffix == ".md"
    is_slug = SLUG.fullmatch(path.stem) is not None and len(path.stem) <= SLUG_LIMIT
    return path.stem if is_at_home and is_slug else None


def _slug_of_words(title: str, name: str, resource_id: str) -> str:
    for words in (title, name):
        slug = str(slugify(words, max_length=SLUG_LIMIT, word_boundary=True))
        if slug:
            return slug
    return f"resource-{resource_id[-8:].lower()}"


Holders = Callable[[Session, str], set[str]]  # whose a slug is, or was


def _resources_at(session: Session, slug: str) -> set[str]:
    holders = select(Resource.id).where(Resource.slug == slug)
    former = select(FormerSlug.resource_id).where(FormerSlug.slug == slug)
    return {*session.scalars(holders), *session.scalars(former)}


def _collections_at(session: Session, slug: str) -> set[str]:
    if slug in PAGES_OF_COLLECTIONS:
        return {slug}  # a page's: nobody's to have
    holders = select(Collection.id).where(Collection.slug == slug)
    former = select(FormerCollectionSlug.collection_id).where(FormerCollectionSlug.slug == slug)
    return {*session.scalars(holders), *session.scalars(former)}


def _free(session: Session, wished: str, own_id: str, holders: Holders = _resources_at) -> str:
    """Return the slug, with -2, -3 ... where another of its sort has it or had it."""
    slug, count = wished, 1
    while holders(session, slug) - {own_id}:
        count += 1
        slug = f"{wished}-{count}"
    return slug
