"""Slow those down who guess: each wrong try lengthens the wait, of an account and of an address.

Nobody is locked out for good. A wait is told, not slept; while it lasts not even the
right password is tried, and after it the right one works. What is counted is kept as
a keyed hash: the table tells neither names nor addresses.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.sign_ins import SignInDelay

FORGIVEN_AFTER = timedelta(hours=24)  # without a wrong try


@dataclass(frozen=True)
class Pace:
    """How fast waits grow: none for `free` wrong tries, then 1 s, 2 s, 4 s ... up to `longest`."""

    free: int
    longest: timedelta


# Many people share one address at a school, so it may be wrong more often than an account.
ACCOUNT = Pace(free=5, longest=timedelta(minutes=5))
ADDRESS = Pace(free=30, longest=timedelta(minutes=5))


@dataclass(frozen=True)
class Caller:
    """Who tries: the account's e-mail address as typed, and the network address it comes from."""

    email: str
    address: str
    secret_key: str  # of the product: what is counted is hashed with it

    def counted(self) -> tuple[tuple[str, Pace], ...]:
        """Return what is counted for this caller, and at which pace."""
        return (
            (self._key("account", self.email.strip().casefold()), ACCOUNT),
            (self._key("address", self.address), ADDRESS),
        )

    def _key(self, kind: str, of: str) -> str:
        return hmac.new(self.secret_key.encode(), f"{kind}:{of}".encode(), sha256).hexdigest()


def wait_of(session: Session, caller: Caller, now: datetime) -> timedelta:
    """Return how long the caller must still wait before another try; zero where they need not.

    The rows are held until the transaction ends, so that tries at the same time count one by one.
    """
    waits = [timedelta(0)]
    for key, pace in caller.counted():
        row = _held(session, key, now)
        waits.append(row.failed_at + wait_after(row.failures, pace) - now)
    return max(waits)


def count_failure(session: Session, caller: Caller, now: datetime) -> None:
    """Count a wrong try."""
    for key, _ in caller.counted():
        row = _held(session, key, now)
        row.failures, row.failed_at = row.failures + 1, now
    session.flush()


def forgive(session: Session, caller: Caller) -> None:
    """Take back what was counted for a try that proved right, and all that its account had.

    The address keeps its other wrong tries: else somebody with an account of their own could
    guess at others' for ever.
    """
    (account, _), (address, _) = caller.counted()
    session.execute(delete(SignInDelay).where(SignInDelay.key_hash == account))
    session.execute(
        update(SignInDelay)
        .where(SignInDelay.key_hash == address, SignInDelay.failures > 0)
        .values(failures=SignInDelay.failures - 1)
    )
    session.expire_all()


def wait_after(failures: int, pace: Pace) -> timedelta:
    """Return the wait after so many wrong tries."""
    if failures <= pace.free:
        return timedelta(0)
    doublings = min(failures - pace.free - 1, 20)
    return min(timedelta(seconds=2**doublings), pace.longest)


def _held(session: Session, key: str, now: datetime) -> SignInDelay:
    asked = select(SignInDelay).where(SignInDelay.key_hash == key).with_for_update()
    row = session.scalars(asked.execution_options(populate_existing=True)).first()
    if row is None:
        row = SignInDelay(key_hash=key, failures=0, failed_at=now)
        session.add(row)
        session.flush()
    elif row.failed_at < now - FORGIVEN_AFTER:
        row.failures = 0
    return row
