"""A resource's family: what it was built on, what was built on it, and how they differ."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.audience import Audience
from app.domain.errors import NotFound, WrongState
from app.domain.licences import without_title
from app.domain.moments import day_in_scotland
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.taxonomy import Taxonomy
from app.domain.workflow import State, Step
from app.formats.differences import Differences, compare
from app.models.lineages import Lineage
from app.models.resource_content import content_of
from app.models.resources import Resource, Revision
from app.models.reviews import RevisionStep
from app.services.moving import read_revision
from app.services.published import read_published, sees

NO_PARENT = "This was not built on another resource."
NOT_READABLE = "What this was built on cannot be read any more, or is not for everyone to read."
MOST_CHILDREN = 50


@dataclass(frozen=True)
class Parent:
    """What something was built on, as one reader may know of it."""

    attribution: str
    slug: str = ""  # empty where this reader cannot read it now
    title: str = ""
    withdrawn_on: date | None = None
    reason: str = ""  # of the withdrawal; only for those who could read it


@dataclass(frozen=True)
class Child:
    """What was built on something."""

    slug: str
    title: str
    school: str
    authority: str | None
    region: str


@dataclass(frozen=True)
class Family:
    """What stands around a resource, as one reader may know of it."""

    parent: Parent | None
    children: tuple[Child, ...]

    def __bool__(self) -> bool:
        return self.parent is not None or bool(self.children)


@dataclass(frozen=True)
class BesideParent:
    """Something beside what it was built on."""

    parent: Revision
    child: Revision
    found: Differences
    number: int  # the parent's version that it was built on; 0: not known
    is_wider: bool  # its audience is wider than the parent's


def find_family(session: Session, actor: Actor, revision: Revision) -> Family:
    """Return the family of a published resource; what is not for this reader is left out."""
    return Family(_parent(session, actor, revision), _children(session, actor, revision))


def compare_with_parent(
    session: Session, actor: Actor, taxonomy: Taxonomy, address: str
) -> BesideParent:
    """Return a published resource beside what it was built on.

    Raises:
        NotFound: one of them is none that this actor may read.
        WrongState: it was built on nothing.
    """
    _, revision = read_published(session, actor, address)
    return _beside(session, actor, taxonomy, revision)


def compare_draft_with_parent(
    session: Session, actor: Actor, taxonomy: Taxonomy, revision_id: int
) -> BesideParent:
    """Return a draft beside what it was built on, for those who write and judge it.

    Raises:
        NotFound: one of them is none that this actor may read.
        WrongState: it was built on nothing.
    """
    return _beside(session, actor, taxonomy, read_revision(session, actor, revision_id))


def _beside(session: Session, actor: Actor, taxonomy: Taxonomy, child: Revision) -> BesideParent:
    if child.adapted_from is None:
        raise WrongState(NO_PARENT)
    lineage = session.get(Lineage, child.resource_id)
    number = lineage.parent_number if lineage else 0
    parent = _words_of(session, actor, child.adapted_from, number)
    order = [Audience.REGION, Audience.STAFF, Audience.PUBLIC]
    return BesideParent(
        parent=parent,
        child=child,
        found=compare(content_of(parent), content_of(child), taxonomy),
        number=number,
        is_wider=order.index(child.audience) > order.index(parent.audience),
    )


def _words_of(session: Session, actor: Actor, parent_id: str, number: int) -> Revision:
    """Return the version that was built on, to those who may read it; to others the present one."""
    resource = session.get(Resource, parent_id)
    published = resource.published if resource else None
    if published is None or not sees(actor, published):
        raise NotFound(NOT_READABLE)
    asked = select(Revision).where(
        Revision.resource_id == parent_id,
        Revision.number == number,
        Revision.state.in_((State.PUBLISHED, State.SUPERSEDED)),
    )
    older = session.scalars(asked).first()
    if older is not None and allows(actor, Action.READ_DRAFT, older):
        return older
    return published


def _parent(session: Session, actor: Actor, revision: Revision) -> Parent | None:
    if revision.adapted_from is None:
        return None
    attribution = revision.attribution or "Built on another resource"
    resource = session.get(Resource, revision.adapted_from)
    if resource is None:
        return Parent(attribution)
    published = resource.published
    if published is not None and sees(actor, published):
        return Parent(attribution, resource.slug, published.title)
    # What a reader may not read, or nobody now, is not named: see the tombstone of 0013.
    told = without_title(attribution)
    return Parent(told) if published is not None else _withdrawn(session, actor, resource, told)


def _withdrawn(session: Session, actor: Actor, resource: Resource, attribution: str) -> Parent:
    asked = (
        select(RevisionStep, Revision)
        .join(Revision, RevisionStep.revision_id == Revision.id)
        .where(
            Revision.resource_id == resource.id,
            Revision.state == State.WITHDRAWN,
            RevisionStep.step == Step.WITHDRAW,
        )
        .order_by(RevisionStep.id.desc())
    )
    row = session.execute(asked).first()
    if row is None:
        return Parent(attribution)
    step, revision = row
    could_read = sees(actor, revision)
    return Parent(
        attribution,
        withdrawn_on=day_in_scotland(step.taken_at),
        reason=step.comment if could_read else "",
    )


def _children(session: Session, actor: Actor, revision: Revision) -> tuple[Child, ...]:
    found = session.scalars(
        select(Revision)
        .where(
            Revision.adapted_from == revision.resource_id,
            Revision.resource_id != revision.resource_id,
            Revision.state == State.PUBLISHED,
        )
        .order_by(Revision.published_at.desc(), Revision.id.desc())
        .limit(MOST_CHILDREN)
        .options(joinedload(Revision.resource))
    )
    return tuple(
        Child(
            child.resource.slug,
            child.title,
            child.school or "",
            child.authority,
            child.region,
        )
        for child in found
        if sees(actor, child)
    )
