"""What was shared with somebody, and what they shared, as it stands for them now."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.sharing import SharedWith
from app.domain.taxonomy import Taxonomy
from app.models.people import Person
from app.models.resources import Resource
from app.models.shares import Share
from app.services.shares.recipients import is_for
from app.services.shares.sending import GONE
from app.services.shares.things import SharedThing, seen_thing

PER_PAGE = 20


@dataclass(frozen=True)
class SharedLine:
    """One share, with its thing as the reader may see it now; None: not there for them any more."""

    share: Share
    thing: SharedThing | None
    who: str  # who sent it, or whom it was sent to


@dataclass(frozen=True)
class SharedPage:
    """One page of shares, newest first."""

    lines: tuple[SharedLine, ...]
    total: int
    page: int
    per_page: int = PER_PAGE


_WHOLE = (
    selectinload(Share.resource).selectinload(Resource.published),
    selectinload(Share.collection),
    selectinload(Share.sender).selectinload(Person.grants),
    selectinload(Share.person),
    selectinload(Share.school),
    selectinload(Share.group),
)


def find_with_me(session: Session, actor: Actor, page: int = 1) -> SharedPage:
    """Return what others sent to the actor, by name or by place, newest first.

    Raises:
        NotAllowed: the actor may not share.
    """
    require(actor, Action.SHARE)
    which = (is_for(actor), Share.from_id != actor.id, Share.taken_back_at.is_(None))
    return _page(session, actor, page, *which)


def find_by_me(session: Session, actor: Actor, taxonomy: Taxonomy, page: int = 1) -> SharedPage:
    """Return what the actor sent, newest first; what was taken back too.

    Raises:
        NotAllowed: the actor may not share.
    """
    require(actor, Action.SHARE)
    return _page(session, actor, page, Share.from_id == actor.id, taxonomy=taxonomy)


def read_share(session: Session, actor: Actor, taxonomy: Taxonomy, share_id: int) -> SharedLine:
    """Return one share that the actor sent, or that was sent to them.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or it is nothing to the actor.
    """
    require(actor, Action.SHARE)
    asked = select(Share).where(Share.id == share_id).options(*_WHOLE)
    share = session.scalars(asked.where(is_for(actor), Share.taken_back_at.is_(None))).first()
    if share is not None:
        return _line(actor, share, None)
    share = session.scalars(asked.where(Share.from_id == actor.id)).first()
    if share is None:
        raise NotFound(GONE)
    return _line(actor, share, taxonomy)


def _page(
    session: Session,
    actor: Actor,
    page: int,
    *which: object,
    taxonomy: Taxonomy | None = None,
) -> SharedPage:
    total = session.scalar(select(func.count()).select_from(Share).where(*which)) or 0  # type: ignore[arg-type]
    found = session.scalars(
        select(Share)
        .where(*which)  # type: ignore[arg-type]
        .order_by(Share.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(*_WHOLE)
    )
    lines = tuple(_line(actor, share, taxonomy) for share in found)
    return SharedPage(lines, total, page)


def _line(actor: Actor, share: Share, taxonomy: Taxonomy | None) -> SharedLine:
    """Return a share with its other side in words: whom to where a taxonomy is given, else from."""
    who = recipient_words(share, taxonomy) if taxonomy else sender_words(share)
    return SharedLine(share, seen_thing(actor, share), who)


def sender_words(share: Share) -> str:
    """Return who sent it: name and role."""
    role = share.sender.role_at(share.shared_at)
    return f"{share.sender.name}, {role.label}" if role else share.sender.name


def recipient_words(share: Share, taxonomy: Taxonomy) -> str:
    """Return whom it was sent to."""
    match share.shared_with:
        case SharedWith.PERSON:
            return share.person.name if share.person else "somebody"
        case SharedWith.SCHOOL:
            return f"everybody at {share.school.name}" if share.school else "a school"
        case SharedWith.AUTHORITY:
            return f"everybody of {taxonomy.label('authorities', share.authority or '')}"
        case SharedWith.REGION:
            return f"everybody of {taxonomy.label('regions', share.region or '')}"
    return f"your group “{share.group.name}”" if share.group else "a group that you deleted"
