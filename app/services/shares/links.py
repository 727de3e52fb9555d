"""Secret links that let somebody without an account read one thing: made, used, revoked, over.

Only a hash of the secret is kept. Whoever opens a link reads with the eyes of the person who made
it, as they are now, and never more than a keeper of the thing may open to others.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, LinkOver, NotAllowed, NotFound
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Actor
from app.domain.permissions import Action, require
from app.domain.sharing import LINK_DAYS, MOST_LINKS, MOST_USES, PURPOSE_LIMIT
from app.models.actors import actor_of
from app.models.people import Person
from app.models.resources import Resource
from app.models.shares import ShareLink
from app.services.ledger import audit
from app.services.shares.things import SharedThing, may_make_link, seen_thing

TOKEN_BYTES = 32  # 43 characters
UNKNOWN = "There is no such link. Check that the address is whole, or ask who sent it."
GONE = "There is no such link, or it is not yours."


@dataclass(frozen=True)
class OpenedLink:
    """A link that is good now: what it leads to, and with whose eyes it is read."""

    link: ShareLink
    thing: SharedThing
    maker: Actor


def make_link(
    session: Session,
    actor: Actor,
    thing: SharedThing,
    *,
    days: int,
    most_uses: int | None,
    purpose: str = "",
) -> str:
    """Make a secret link to a restricted thing; return its secret, which is never seen again.

    Raises:
        NotAllowed: the actor does not keep the thing.
        InvalidInput: everybody may read it, it would live too long or be used too often, or there
            are too many.
    """
    require(actor, Action.SHARE)
    if not thing.is_restricted:
        raise InvalidInput("Everybody may read this already: its plain address is enough.")
    if not may_make_link(session, actor, thing):
        raise NotAllowed(
            f"Only those who keep this {thing.kind} may open it to others: ask its school, or its "
            "region’s lead.",
            actor,
            Action.SHARE,
        )
    if days not in LINK_DAYS or most_uses not in MOST_USES:
        raise InvalidInput("Choose how long the link is good, and how often it may be used.")
    said = " ".join(purpose.replace("\0", "").split())
    if len(said) > PURPOSE_LIMIT:
        raise InvalidInput(f"Say whom it is for in up to {PURPOSE_LIMIT} characters.")
    if sum(map(is_good_now, find_links(session, actor))) >= MOST_LINKS:
        raise InvalidInput(f"You have {MOST_LINKS} links: revoke one that is not needed.")
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    now = utc_now()
    link = ShareLink(
        token_hash=hash_of(secret),
        made_by_id=actor.id,
        purpose=said,
        made_at=now,
        expires_at=now + timedelta(days=days),
        most_uses=most_uses,
        **thing.keys,
    )
    session.add(link)
    session.flush()
    uses = f"{most_uses} uses" if most_uses else "any uses"
    _note(session, actor, AuditAction.LINK_MADE, link, f"{thing.kind}, {days} days, {uses}")
    return secret


def find_links(session: Session, actor: Actor) -> tuple[ShareLink, ...]:
    """Return the links that the actor made, newest first, with those that are over.

    Raises:
        NotAllowed: the actor may not share.
    """
    require(actor, Action.SHARE)
    mine = select(ShareLink).where(ShareLink.made_by_id == actor.id)
    whole = (
        selectinload(ShareLink.resource).selectinload(Resource.published),
        selectinload(ShareLink.collection),
    )
    return tuple(session.scalars(mine.order_by(ShareLink.id.desc()).options(*whole)))


def revoke_link(session: Session, actor: Actor, link_id: int) -> None:
    """End a link of the actor's at once, for those too who read on; twice is harmless.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or it is somebody else's.
    """
    require(actor, Action.SHARE)
    link = session.get(ShareLink, link_id)
    if link is None or link.made_by_id != actor.id:
        raise NotFound(GONE)
    if link.revoked_at is None:
        link.revoked_at = utc_now()
        session.flush()
        _note(session, actor, AuditAction.LINK_REVOKED, link)


def look_at_link(session: Session, secret: str) -> ShareLink:
    """Return the link with this secret, without using it: programs look at links too.

    Raises:
        NotFound: there is none.
        LinkOver: there was, and it is over.
    """
    link = _known(session, secret)
    if not is_good_now(link):
        raise LinkOver(over(link))
    return link


def use_link(session: Session, secret: str) -> ShareLink:
    """Use a link once: counted in one statement, so that of two at once one meets the other.

    Raises:
        NotFound: there is none.
        LinkOver: there was, and it is over.
    """
    link, now = _known(session, secret), utc_now()
    counted = (
        update(ShareLink)
        .where(
            ShareLink.id == link.id,
            ShareLink.revoked_at.is_(None),
            ShareLink.expires_at > now,
            or_(ShareLink.most_uses.is_(None), ShareLink.uses < ShareLink.most_uses),
        )
        .values(uses=ShareLink.uses + 1, used_at=now)
        .returning(ShareLink.id)
        .execution_options(synchronize_session=False)
    )
    is_counted = session.scalars(counted).first() is not None
    session.refresh(link)
    if not is_counted:
        raise LinkOver(over(link))
    _note(session, VISITOR, AuditAction.LINK_USED, link, f"use {link.uses}")
    return link


def read_link(session: Session, link_id: int) -> OpenedLink:
    """Return what a link leads to, for a browser that used it; uses are not counted here.

    Raises:
        NotFound: there is no such link.
        LinkOver: it expired or was revoked, or who made it may open the thing no more.
    """
    link, now = session.get(ShareLink, link_id), utc_now()
    if link is None:
        raise NotFound(UNKNOWN)
    if link.revoked_at is not None or link.expires_at <= now:
        raise LinkOver(over(link))
    maker = actor_of(session.get_one(Person, link.made_by_id), now)
    thing = seen_thing(maker, link) if maker else None
    if maker is None or thing is None or not _is_still_theirs(session, maker, thing):
        raise LinkOver("This link is over: what it led to is not open to others any more.")
    return OpenedLink(link, thing, maker)


def is_good(link: ShareLink, now: datetime) -> bool:
    """Say whether a link may still be used."""
    is_used_up = link.most_uses is not None and link.uses >= link.most_uses
    return link.revoked_at is None and link.expires_at > now and not is_used_up


def is_good_now(link: ShareLink) -> bool:
    """Say whether a link may be used at this moment."""
    return is_good(link, utc_now())


def over(link: ShareLink) -> str:
    """Return why a link is over, as a sentence for whoever holds it."""
    if link.revoked_at is not None:
        return "This link was revoked by the person who made it."
    if link.expires_at <= utc_now():
        return "This link has expired."
    if link.most_uses == 1:
        return "This link was for one use, and has been used."
    return f"This link was for {link.most_uses} uses, and all have been made."


def hash_of(secret: str) -> str:
    """Return the hash that stands for a secret in the database."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _is_still_theirs(session: Session, maker: Actor, thing: SharedThing) -> bool:
    return not thing.is_restricted or may_make_link(session, maker, thing)


def _known(session: Session, secret: str) -> ShareLink:
    link = session.scalars(select(ShareLink).where(ShareLink.token_hash == hash_of(secret))).first()
    if link is None:
        raise NotFound(UNKNOWN)
    return link


def _note(
    session: Session, actor: Actor, action: AuditAction, link: ShareLink, detail: str = ""
) -> None:
    audit(session, actor, action, f"link:{link.id}", region=actor.region, detail=detail)
