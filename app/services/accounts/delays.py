"""Slow those down who guess: each wrong try lengthens the wait, of an account and of an address.

Nobody is locked out for good. A wait is told, not slept; while it lasts not even the
right password is tried, and after it the right one works. A browser in which somebody
signed in before counts for itself, so that a stranger who attacks a name does not keep
its owner waiting. What is counted is kept as a keyed hash: the table tells neither names
nor addresses.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.sign_ins import SignInDelay

FORGOTTEN_AFTER = timedelta(hours=24)  # without a wrong try
MOST_DOUBLINGS = 20
IPV6_SITE_BYTES = 8  # of 16: one household or office has all addresses below them


@dataclass(frozen=True)
class Pace:
    """How fast waits grow: none for `free` wrong tries, then 1 s, 2 s, 4 s ... up to `longest`.

    Each `forgiven` that passes without a wrong try takes one of them back.
    """

    free: int
    longest: timedelta
    forgiven: timedelta


ACCOUNT = Pace(free=5, longest=timedelta(minutes=15), forgiven=timedelta(hours=1))
# A whole council may share one address: its people are wrong now and then.
ADDRESS = Pace(free=50, longest=timedelta(minutes=1), forgiven=timedelta(seconds=30))


@dataclass(frozen=True)
class Caller:
    """Who tries: the account's e-mail address as typed, and the network address it comes from."""

    email: str
    address: str
    secret_key: str  # of the product: what is counted is hashed with it
    # The mark of a browser in which the owner of this name signed in before; it counts for itself.
    known_browser: str = ""
    wants: str = "sign in"  # each kind of asking is counted apart

    def counted(self) -> tuple[tuple[str, Pace], ...]:
        """Return what is counted for this caller, and at which pace."""
        name = self.email.strip().lower()
        if self.known_browser:
            return ((self._key("browser", self.known_browser, name), ACCOUNT),)
        return (
            (self._key("account", name), ACCOUNT),
            (self._key("address", network_of(self.address)), ADDRESS),
        )

    def _key(self, *of: str) -> str:
        words = "\0".join((self.wants, *of))
        return hmac.new(self.secret_key.encode(), words.encode(), sha256).hexdigest()


def network_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or all of a site's IPv6 addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 - IPv4
        return str(found)
    return str(found.ipv4_mapped or found.packed[:IPV6_SITE_BYTES].hex())


def wait_of(session: Session, caller: Caller, now: datetime) -> timedelta:
    """Return how long the caller must still wait before another try; zero where they need not.

    The rows are held until the transaction ends, so that tries at the same time count one by one.
    """
    held = list(_held_by(session, caller, now))
    waits = (row.failed_at + wait_after(row.failures, pace) - now for row, pace in held)
    return max(timedelta(0), *waits)


def count_failure(session: Session, caller: Caller, now: datetime) -> None:
    """Count a wrong try."""
    for row, pace in _held_by(session, caller, now):
        row.failures = _remembered(row, pace, now) + 1
        row.failed_at = now
    session.flush()


def forgive(session: Session, caller: Caller, now: datetime) -> None:
    """Take back what was counted for a try that proved right, and all that its account had.

    The address keeps its other wrong tries: else somebody with an account of their own could
    guess at others' for ever. What was quiet for a day is swept out.
    """
    for row, pace in _held_by(session, caller, now):
        row.failures = 0 if pace is ACCOUNT else max(0, row.failures - 1)
    session.flush()
    session.execute(delete(SignInDelay).where(SignInDelay.failed_at < now - FORGOTTEN_AFTER))


def wait_after(failures: int, pace: Pace) -> timedelta:
    """Return the wait after so many wrong tries."""
    if failures < pace.free:
        return timedelta(0)
    doublings = min(failures - pace.free, MOST_DOUBLINGS)
    return min(timedelta(seconds=2**doublings), pace.longest)


def _held_by(session: Session, caller: Caller, now: datetime) -> Iterator[tuple[SignInDelay, Pace]]:
    """Yield each row of the caller, held: an account's before an address's, so that none waits
    for one who waits for it.
    """
    for key, pace in caller.counted():
        yield _held(session, key, now), pace


def _held(session: Session, key: str, now: datetime) -> SignInDelay:
    asked = select(SignInDelay).where(SignInDelay.key_hash == key).with_for_update()
    asked = asked.execution_options(populate_existing=True)
    row = session.scalars(asked).first()
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(SignInDelay(key_hash=key, failures=0, failed_at=now))
    except IntegrityError:
        pass  # another try made the row in the same moment
    return session.scalars(asked).one()


def _remembered(row: SignInDelay, pace: Pace, now: datetime) -> int:
    return max(0, row.failures - max(0, (now - row.failed_at) // pace.forgiven))
