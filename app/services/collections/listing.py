"""Lists of collections: those a reader may see, one's own, and those that hold a resource."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from app.domain.audience import Audience, may_read
from app.domain.collections import CollectionState, is_narrower
from app.domain.people import Actor
from app.domain.permissions import Action, allows, require
from app.domain.workflow import State
from app.models.collections import Collection, CollectionCurator, CollectionItem
from app.models.resources import Revision
from app.services.readable import is_readable

PER_PAGE = 24
MOST_ON_RESOURCE = 5


@dataclass(frozen=True)
class Card:
    """A collection with how much of it this reader may see."""

    collection: Collection
    count: int
    minutes: int


@dataclass(frozen=True)
class CardPage:
    """One page of collections, and how many each region has that this reader may see."""

    cards: tuple[Card, ...]
    total: int
    regions: dict[str, int]


def find_published(
    session: Session, actor: Actor, region: str = "", page: int = 1, per_page: int = PER_PAGE
) -> CardPage:
    """Return the published collections that the actor may read, newest first.

    Raises:
        NotAllowed: the actor may read none.
    """
    require(actor, Action.READ_PUBLIC)
    rows = session.execute(
        select(Collection.id, Collection.region)
        .where(Collection.state == CollectionState.PUBLISHED, is_readable(actor, Collection))
        .order_by(Collection.published_on.desc(), Collection.title, Collection.id)
    ).all()
    wanted = [one for one, its in rows if not region or its == region]
    shown = wanted[(page - 1) * per_page : page * per_page]
    regions = Counter(its for _, its in rows if its)
    return CardPage(_cards_of(session, actor, shown), len(wanted), dict(regions))


def find_mine(session: Session, actor: Actor) -> tuple[Card, ...]:
    """Return the collections that the actor began or curates, last changed first."""
    if actor.id is None or not allows(actor, Action.COLLECT):
        return ()
    curated = select(CollectionCurator.collection_id).where(CollectionCurator.person_id == actor.id)
    ids = session.scalars(
        select(Collection.id)
        .where(or_(Collection.owner_id == actor.id, Collection.id.in_(curated)))
        .order_by(Collection.edited_at.desc(), Collection.id)
    ).all()
    return _cards_of(session, actor, ids)


def find_holding(
    session: Session, actor: Actor, resource_id: str, limit: int = MOST_ON_RESOURCE
) -> tuple[Collection, ...]:
    """Return published collections that hold a resource and that the actor may read, newest first.

    The actor may read the resource.
    """
    holds = exists().where(
        CollectionItem.collection_id == Collection.id, CollectionItem.resource_id == resource_id
    )
    return tuple(
        session.scalars(
            select(Collection)
            .where(
                Collection.state == CollectionState.PUBLISHED, is_readable(actor, Collection), holds
            )
            .order_by(Collection.published_on.desc(), Collection.title)
            .limit(limit)
        )
    )


def missing_for(collection: Collection, revision: Revision | None) -> Audience | None:
    """Return for whom alone an item is where some readers of its collection do not see it.

    None where all of them do, or none does since it is withdrawn.
    """
    if revision is None or not is_narrower(
        revision.audience, revision.region, collection.audience, collection.region
    ):
        return None
    return revision.audience


def _cards_of(session: Session, actor: Actor, ids: Sequence[str]) -> tuple[Card, ...]:
    """Return cards in the order of the ids, counting only what this reader may read."""
    found = {
        one.id: one for one in session.scalars(select(Collection).where(Collection.id.in_(ids)))
    }
    counts: defaultdict[str, int] = defaultdict(int)
    minutes: defaultdict[str, int] = defaultdict(int)
    for collection_id, its_minutes in _seen_items(session, actor, ids):
        counts[collection_id] += 1
        minutes[collection_id] += its_minutes or 0
    return tuple(Card(found[one], counts[one], minutes[one]) for one in ids)


def _seen_items(
    session: Session, actor: Actor, ids: Sequence[str]
) -> Iterable[tuple[str, int | None]]:
    rows = session.execute(
        select(
            CollectionItem.collection_id,
            CollectionItem.minutes,
            Revision.audience,
            Revision.region,
        )
        .join(
            Revision,
            and_(
                Revision.resource_id == CollectionItem.resource_id,
                Revision.state == State.PUBLISHED,
            ),
        )
        .where(CollectionItem.collection_id.in_(ids))
    )
    for collection_id, its_minutes, audience, region in rows:
        if may_read(actor, audience, region):
            yield collection_id, its_minutes
