"""Browsers in which people are signed in: begun, known again, ended on the server."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.people import Actor
from app.models.people import Person
from app.models.sign_ins import SignIn
from app.services.accounts.actors import actor_of

TOKEN_BYTES = 32
SEEN_AGAIN = timedelta(minutes=5)  # how exactly it is kept when somebody was last there
DEVICE_LIMIT = 100  # characters


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True)
class Known:
    """Somebody who is signed in, and in which browser."""

    actor: Actor
    sign_in_id: int
    is_due: bool  # that it be noted that they were seen


def begin(session: Session, person: Person, device: str, now: datetime) -> str:
    """Sign a person in; return the secret that their browser keeps."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        SignIn(
            token_hash=hash_of(token),
            person_id=person.id,
            device=device[:DEVICE_LIMIT],
            began_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return token


def recognise(session: Session, token: str, limits: Limits, now: datetime) -> Known | None:
    """Return who is signed in with this secret; None where that ended, or never began."""
    asked = (
        select(SignIn)
        .where(
            SignIn.token_hash == hash_of(token),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > now - limits.idle,
            SignIn.began_at > now - limits.whole,
        )
        .options(joinedload(SignIn.person).options(selectinload(Person.grants)))
    )
    sign_in = session.scalars(asked).first()
    actor = actor_of(sign_in.person, now) if sign_in else None
    if sign_in is None or actor is None:
        return None
    return Known(actor, sign_in.id, is_due=sign_in.seen_at < now - SEEN_AGAIN)


def note_seen(session: Session, sign_in_id: int, now: datetime) -> None:
    """Note that somebody is still there."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def end(session: Session, token: str, now: datetime) -> None:
    """End the sign-in with this secret, whatever its cookie says; twice is harmless."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all(session: Session, person_id: int, now: datetime, but: int | None = None) -> int:
    """End every sign-in of a person, save perhaps one (by id); return how many ended."""
    open_ones = [SignIn.person_id == person_id, SignIn.ended_at.is_(None)]
    if but is not None:
        open_ones.append(SignIn.id != but)
    ids = session.scalars(select(SignIn.id).where(*open_ones)).all()
    session.execute(update(SignIn).where(SignIn.id.in_(ids)).values(ended_at=now))
    return len(ids)


def hash_of(token: str) -> str:
    """Return what is kept of a secret: its SHA-256. It is long and random, so no salt is needed."""
    return sha256(token.encode()).hexdigest()
