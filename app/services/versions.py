"""The versions of a resource: which there were, what each says, how two differ."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.audience import may_read
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State, Step
from app.formats.differences import Differences, compare
from app.models.people import Person
from app.models.resource_content import content_of
from app.models.resources import FormerSlug, Resource, Revision
from app.models.reviews import RevisionStep

MISSING = "There is no such resource, or it is not for everyone to read."
NO_VERSION = "There is no such version, or it is not yours to read."
ONCE_PUBLISHED = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)


@dataclass(frozen=True)
class Version:
    """One version that was published, now or once.

    `steps` are those that readers may know of, oldest first: all for who may see its drafts, else
    that it was published.
    """

    revision: Revision
    may_read: bool
    steps: tuple[RevisionStep, ...] = ()


def find_versions(session: Session, actor: Actor, address: str) -> list[Version]:
    """Return the versions of a resource that were ever published, newest first.

    Who may read the resource sees that there were others and since when; their words are read by
    who may see its drafts. Who may withdraw it sees the list after it is withdrawn, too.

    Raises:
        NotFound: there is no such resource for this actor.
    """
    revisions = _once_published(session, address)
    if not revisions or not _may_know(actor, revisions):
        raise NotFound(MISSING)
    return [
        Version(revision, _may_read(actor, revision), _steps_for(actor, revision))
        for revision in revisions
    ]


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


def _once_published(session: Session, address: str) -> list[Revision]:
    """Return the revisions of the resource at an address that were ever published, newest first."""
    if "\0" in address:
        # PostgreSQL refuses to be asked for one.
        return []
    found = (
        select(Resource.id)
        .outerjoin(FormerSlug)
        .where(or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address))
        # A slug in use goes before the same slug in another's past.
        .order_by((Resource.slug == address).desc())
    )
    asked = (
        select(Revision)
        .where(
            Revision.resource_id == session.scalars(found).first(),
            Revision.state.in_(ONCE_PUBLISHED),
        )
        .order_by(Revision.number.desc())
        .options(
            joinedload(Revision.resource),
            selectinload(Revision.steps)
            .joinedload(RevisionStep.person)
            .selectinload(Person.grants),
        )
    )
    return list(session.scalars(asked))


def _may_know(actor: Actor, revisions: list[Revision]) -> bool:
    newest = revisions[0]
    if any(allows(actor, action, newest) for action in (Action.READ_DRAFT, Action.WITHDRAW)):
        return True
    is_out = any(revision.state is State.PUBLISHED for revision in revisions)
    return is_out and may_read(actor, newest.audience, newest.region)


def _steps_for(actor: Actor, revision: Revision) -> tuple[RevisionStep, ...]:
    if allows(actor, Action.READ_DRAFT, revision):
        return tuple(revision.steps)
    return tuple(step for step in revision.steps if step.step in (Step.PUBLISH, Step.LOAD))


def _may_read(actor: Actor, revision: Revision) -> bool:
    if revision.state is State.PUBLISHED:
        return may_read(actor, revision.audience, revision.region)
    return allows(actor, Action.READ_DRAFT, revision)
