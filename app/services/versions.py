"""The versions of a resource: which there were, what each says, how two differ."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audience import may_read
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State
from app.formats.differences import Differences, compare
from app.models.resource_content import content_of
from app.models.resources import FormerSlug, Resource, Revision

MISSING = "There is no such resource, or it is not for everyone to read."
NO_VERSION = "There is no such version, or it is not yours to read."
ONCE_PUBLISHED = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)


@dataclass(frozen=True)
class Version:
    """One version that was published, now or once."""

    revision: Revision
    may_read: bool


def find_versions(session: Session, actor: Actor, address: str) -> list[Version]:
    """Return the versions of a resource that were ever published, newest first.

    Who may read the resource sees that there were others and since when; their words are read by
    who may see its drafts.

    Raises:
        NotFound: there is no such resource for this actor.
    """
    if "\0" in address:
        raise NotFound(MISSING)
    asked = (
        select(Revision)
        .join(Resource)
        .outerjoin(FormerSlug, FormerSlug.resource_id == Resource.id)
        .where(
            (Resource.slug == address) | (Resource.id == address) | (FormerSlug.slug == address),
            Revision.state.in_(ONCE_PUBLISHED),
        )
        .order_by(Revision.number.desc())
        .options(joinedload(Revision.resource))
    )
    revisions = list(session.scalars(asked).unique())
    newest = revisions[0] if revisions else None
    is_open = newest is not None and may_read(actor, newest.audience, newest.region)
    is_out = any(revision.state is State.PUBLISHED for revision in revisions)
    is_theirs = newest is not None and allows(actor, Action.READ_DRAFT, newest)
    if not (is_open and is_out) and not is_theirs:
        raise NotFound(MISSING)
    return [Version(revision, _may_read(actor, revision)) for revision in revisions]


def read_version(session: Session, actor: Actor, address: str, number: int) -> Revision:
    """Return one version of a resource, by its number.

    Raises:
        NotFound: there is none that this actor may read.
    """
    for version in find_versions(session, actor, address):
        if version.revision.number == number and version.may_read:
            return version.revision
    raise NotFound(NO_VERSION)


def compare_versions(
    session: Session, actor: Actor, taxonomy: Taxonomy, address: str, *, before: int, after: int
) -> tuple[Revision, Revision, Differences]:
    """Return two versions of a resource by their numbers, and what differs.

    Raises:
        NotFound: one of them is none that this actor may read.
    """
    old = read_version(session, actor, address, before)
    new = read_version(session, actor, address, after)
    return old, new, compare(content_of(old), content_of(new), taxonomy)


def _may_read(actor: Actor, revision: Revision) -> bool:
    if revision.state is State.PUBLISHED:
        return may_read(actor, revision.audience, revision.region)
    return allows(actor, Action.READ_DRAFT, revision)
