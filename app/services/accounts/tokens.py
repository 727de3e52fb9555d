"""Tokens of programs: made, shown once, known again, revoked. Only their hashes are kept."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.tokens import LONGEST_LIFE_DAYS, TokenScope, actions_of
from app.models.people import Person
from app.models.sign_ins import ApiToken
from app.services.accounts.actors import actor_of
from app.services.accounts.sessions import hash_of
from app.services.ledger import audit

PREFIX = "gpl_"  # by which a scanner of secrets knows one that was left lying about
TOKEN_BYTES = 32  # 43 characters
SHAPE = re.compile(r"gpl_[A-Za-z0-9_-]{43}")
USED_AGAIN = timedelta(minutes=5)  # how exactly it is kept when a token was last used
NAME_LIMIT = 100  # characters
MOST_AT_A_TIME = 20  # good tokens of one person


@dataclass(frozen=True)
class KnownToken:
    """A program that showed a good token: for whom it acts, and what it keeps to."""

    actor: Actor
    token_id: int
    is_due: bool  # that it be noted that the token was used


def make(
    session: Session, actor: Actor, name: str, scopes: Collection[TokenScope], days: int
) -> str:
    """Make a token for the actor and return its secret, which is never seen again.

    Raises:
        NotAllowed: the actor keeps no account, or comes by a token.
        InvalidInput: it has no name, no scope, or lives too long; or there are too many.
    """
    require(actor, Action.HAVE_ACCOUNT)
    _check(session, actor, name, scopes, days)
    secret = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    now = utc_now()
    token = ApiToken(
        token_hash=hash_of(secret),
        person_id=actor.id,
        name=name.strip(),
        scopes=" ".join(scope for scope in TokenScope if scope in scopes),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    what = f"{token.scopes}, {days} days"
    audit(
        session,
        actor,
        AuditAction.TOKEN_MADE,
        f"token:{token.id}",
        region=actor.region,
        detail=what,
    )
    return secret


def _check(
    session: Session, actor: Actor, name: str, scopes: Collection[TokenScope], days: int
) -> None:
    name = name.strip()
    if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
        raise InvalidInput(f"Name the token, in up to {NAME_LIMIT} characters.")
    if not scopes:
        raise InvalidInput("Choose what the token is for.")
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        raise InvalidInput(f"A token lives from 1 to {LONGEST_LIFE_DAYS} days.")
    good = [token for token in find_mine(session, actor) if is_good(token, utc_now())]
    if len(good) >= MOST_AT_A_TIME:
        raise InvalidInput(f"You have {MOST_AT_A_TIME} tokens: revoke one that you do not need.")


def find_mine(session: Session, actor: Actor) -> tuple[ApiToken, ...]:
    """Return the actor's tokens, the newest first, with those that ended.

    Raises:
        NotAllowed: the actor keeps no account, or comes by a token.
    """
    require(actor, Action.HAVE_ACCOUNT)
    mine = select(ApiToken).where(ApiToken.person_id == actor.id)
    return tuple(session.scalars(mine.order_by(ApiToken.id.desc())))


def revoke(session: Session, actor: Actor, token_id: int) -> None:
    """End a token of the actor's at once; twice is harmless.

    Raises:
        NotAllowed: the actor keeps no account, or comes by a token.
        NotFound: there is none, or it is somebody else's.
    """
    require(actor, Action.HAVE_ACCOUNT)
    token = session.get(ApiToken, token_id)
    if token is None or token.person_id != actor.id:
        raise NotFound("There is no such token, or it is not yours.")
    if token.revoked_at is None:
        token.revoked_at = utc_now()
        session.flush()
        audit(session, actor, AuditAction.TOKEN_REVOKED, f"token:{token.id}", region=actor.region)


def is_good(token: ApiToken, now: datetime) -> bool:
    """Say whether a token is neither revoked nor expired."""
    return token.revoked_at is None and token.expires_at > now


def recognise(session: Session, secret: str, now: datetime) -> KnownToken | None:
    """Return for whom the program with this secret acts; None where it is not good, or no longer.

    It ends with the person's account and role, and reaches no further than both allow.
    """
    if not SHAPE.fullmatch(secret):
        return None
    asked = (
        select(ApiToken)
        .where(ApiToken.token_hash == hash_of(secret))
        .options(joinedload(ApiToken.person).options(selectinload(Person.grants)))
    )
    token = session.scalars(asked).first()
    actor = actor_of(token.person, now) if token and is_good(token, now) else None
    if token is None or actor is None:
        return None
    scopes = [TokenScope(word) for word in token.scopes.split()]
    is_due = token.used_at is None or token.used_at < now - USED_AGAIN
    return KnownToken(replace(actor, may_only=actions_of(scopes)), token.id, is_due)


def note_used(session: Session, token_id: int, now: datetime) -> None:
    """Note that a token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=now))
