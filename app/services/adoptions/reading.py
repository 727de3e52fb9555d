"""Read what schools tried: on a resource, and what is one's own to change."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.audience import may_read
from app.domain.evidence import Outcome, Tally, Tried, tallies_by_region
from app.domain.people import Actor
from app.domain.permissions import Action, Place, Scope, allows, require, scope_of
from app.models.adoptions import Adoption, Evaluation
from app.models.evidence import STANDING, find_evaluations, find_tried, find_tries, tried_of
from app.models.resources import Resource, Revision
from app.services.adoptions.recording import read_published

LATEST = 5  # on the page of a resource
PER_PAGE = 20


@dataclass(frozen=True)
class OnResource:
    """What the page of a resource says of those who tried it."""

    tried: Tried
    by_region: Mapping[str, Tally]
    latest: tuple[Adoption, ...]
    evaluations: tuple[Evaluation, ...]
    may_adopt: bool
    may_evaluate: bool

    @property
    def total(self) -> int:
        """How many tries there are."""
        return sum(self.tried.tally.outcomes.values())


@dataclass(frozen=True)
class Page:
    """One page of tries, the latest first."""

    adoptions: tuple[Adoption, ...]
    total: int
    page: int
    per_page: int = PER_PAGE


@dataclass(frozen=True)
class Mine:
    """A try that one may change, with its resource's words as far as one may still read them."""

    adoption: Adoption
    revision: Revision | None


def read_on_resource(session: Session, actor: Actor, resource: Resource) -> OnResource:
    """Return what schools said of a resource; three questions, however many they are.

    Raises:
        NotFound: the resource is not published, or not for this actor.
    """
    revision = read_published(actor, resource)
    tries = find_tries(session, [resource.id]).get(resource.id, [])
    evaluations = find_evaluations(session, [resource.id])
    return OnResource(
        tried=tried_of(revision, tries, is_evaluated=bool(evaluations)),
        by_region=tallies_by_region(tries),
        latest=_latest(session, resource) if tries else (),
        evaluations=tuple(evaluations),
        may_adopt=allows(actor, Action.ADOPT, _place(actor)),
        may_evaluate=allows(actor, Action.REVIEW, revision),
    )


def read_tried(session: Session, actor: Actor, resource: Resource) -> Tried:
    """Return how far a resource was tried.

    Raises:
        NotFound: the resource is not published, or not for this actor.
    """
    return find_tried(session, [read_published(actor, resource)])[resource.id]


def find_on_resource(
    session: Session,
    actor: Actor,
    resource: Resource,
    *,
    region: str = "",
    outcome: Outcome | None = None,
    page: int = 1,
) -> Page:
    """Return what schools said of a resource, the latest first; of one region or outcome if asked.

    Raises:
        NotFound: the resource is not published, or not for this actor.
    """
    read_published(actor, resource)
    wanted = [Adoption.resource_id == resource.id, *STANDING]
    if region:
        wanted.append(Adoption.region == region)
    if outcome is not None:
        wanted.append(Adoption.outcome == outcome)
    return _page(session, wanted, page)


def find_mine(session: Session, actor: Actor, page: int = 1) -> tuple[Page, tuple[Mine, ...]]:
    """Return what the actor may change: their own tries, and a headteacher's whole school's.

    Raises:
        NotAllowed: the actor is of no school that records tries.
    """
    require(actor, Action.ADOPT)
    reach = scope_of(actor, Action.CHANGE_ADOPTION)
    theirs = Adoption.person_id == actor.id
    if reach is Scope.SCHOOL:
        theirs = theirs | (Adoption.school_id == actor.school_id)
    found = _page(session, [theirs, Adoption.deleted_at.is_(None)], page)
    return found, tuple(as_mine(actor, one) for one in found.adoptions)


def as_mine(actor: Actor, adoption: Adoption) -> Mine:
    """Return a try with its resource's words, where the actor may still read them."""
    return Mine(adoption, _readable(actor, adoption.resource))


def _place(actor: Actor) -> Place:
    return Place(actor.region, actor.authority, actor.school_id)


def _readable(actor: Actor, resource: Resource) -> Revision | None:
    revision = resource.published
    is_seen = revision is not None and may_read(actor, revision.audience, revision.region)
    return revision if is_seen else None


def _latest(session: Session, resource: Resource) -> tuple[Adoption, ...]:
    asked = (
        select(Adoption)
        .where(Adoption.resource_id == resource.id, *STANDING)
        .order_by(Adoption.tried_on.desc(), Adoption.id.desc())
        .limit(LATEST)
        .options(joinedload(Adoption.school))
    )
    return tuple(session.scalars(asked))


def _page(session: Session, wanted: list[ColumnElement[bool]], page: int) -> Page:
    total = session.scalar(select(func.count()).select_from(Adoption).where(*wanted)) or 0
    asked = (
        select(Adoption)
        .where(*wanted)
        .order_by(Adoption.tried_on.desc(), Adoption.id.desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
        .options(
            joinedload(Adoption.school),
            joinedload(Adoption.person),
            joinedload(Adoption.resource).joinedload(Resource.published),
        )
    )
    return Page(tuple(session.scalars(asked)), total, page)
