"""Carry what the outbox holds for the post: one letter at a time, each in steps of its own.

A notice stands in the app anyway, so it is rather lost on its way than mailed
twice: that it goes out is noted before it is handed over. An invitation, a
way back in or a digest has no other road, so it is rather sent twice than
lost: it is noted afterwards, at once in a small file (app/followers/handed_over.py) and then in
the database. Both ways only differ where a process is killed between a server's taking and that
note, and a repeat has the Message-ID of the first, by which a mail program knows it again.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import reading, unit_of_work
from app.domain.errors import DatabaseAway, LetterPutOff, LetterRefused, MailAway
from app.domain.events import EventKind, Follower
from app.followers.handed_over import HandedOver
from app.followers.letters import Desk, NoLetter, write_letter
from app.models.base import utc_now
from app.models.notifications import Notification
from app.models.outbox import OutboxEvent
from app.outside.mail import Letter, Mailer

log = logging.getLogger(__name__)

BATCH = 50  # rows looked at between two looks at the outbox
FIRST_DELAY_S = 30.0  # before a letter that was put off is tried again
LONGEST_DELAY_S = 3600.0
KEEP_TRYING_S = 3 * 24 * 3600  # after so long a letter is given up
NOTE_LIMIT = 200  # characters
GIVEN_UP = "given up"  # how the note of a lost letter begins
MOST_TOLD = 20  # lost letters that are told of


@dataclass
class Delays:
    """Which letters were put off, how often, and until when; forgotten by a new start."""

    tries: dict[int, int] = field(default_factory=dict)
    due: dict[int, float] = field(default_factory=dict)  # monotonic seconds

    def put_off(self, row: int) -> float:
        """Put a row off, longer each time; return for how many seconds."""
        tries = self.tries[row] = self.tries.get(row, 0) + 1
        delay_s = min(FIRST_DELAY_S * 2.0 ** min(tries - 1, 10), LONGEST_DELAY_S)
        self.due[row] = time.monotonic() + delay_s
        return delay_s

    def forget(self, row: int) -> None:
        """Forget a row that waits no more."""
        self.tries.pop(row, None)
        self.due.pop(row, None)

    def waiting(self) -> set[int]:
        """Return the rows whose time has not come."""
        now = time.monotonic()
        return {row for row, due in self.due.items() if due > now}


@dataclass(frozen=True)
class Round:
    """What one look at the outbox came to."""

    ended: int  # events that wait no more
    put_off: int


@dataclass(frozen=True)
class MailStatus:
    """How the post stands."""

    waiting: int
    oldest_at: datetime | None
    given_up: tuple[tuple[int, datetime, str], ...]  # row, when, why; newest first


def catch_up(
    mailer: Mailer, desk: Desk, delays: Delays, handed: HandedOver, limit: int = BATCH
) -> Round:
    """Carry up to `limit` waiting events, oldest first.

    A letter that is put off, refused or faulty holds up no other. One that `handed` knows was
    taken before somebody was killed: it is noted as sent, and not sent again.

    Raises:
        MailAway: nothing is taken now; the events go on waiting.
        DatabaseAway: the outbox cannot be read or written.
    """
    ended = put_off = 0
    try:
        for row in _find_due(limit, delays):
            is_ended = _carry(mailer, desk, row, delays, handed)
            ended, put_off = ended + is_ended, put_off + (not is_ended)
    finally:
        mailer.rest()
    return Round(ended, put_off)


def _carry(mailer: Mailer, desk: Desk, row: int, delays: Delays, handed: HandedOver) -> bool:
    """Carry one event; return whether it waits no more."""
    try:
        letter = _begin(row, desk)
        return letter is None or _send(mailer, row, letter, delays, handed)
    except (MailAway, DatabaseAway):
        raise
    except Exception:
        log.exception("a letter waits %.0f s (outbox row %d)", delays.put_off(row), row)
        return False


def look(session: Session, since: datetime) -> MailStatus:
    """Return how the post stands, with the letters given up since then."""
    mine = OutboxEvent.follower == Follower.MAIL
    waiting, oldest = session.execute(
        select(func.count(), func.min(OutboxEvent.happened_at)).where(
            mine, OutboxEvent.handled_at.is_(None)
        )
    ).one()
    lost = session.execute(
        select(OutboxEvent.id, OutboxEvent.handled_at, OutboxEvent.note)
        .where(mine, OutboxEvent.handled_at >= since, OutboxEvent.note.startswith(GIVEN_UP))
        .order_by(OutboxEvent.id.desc())
        .limit(MOST_TOLD)
    )
    return MailStatus(
        waiting, oldest, tuple((row, at, note) for row, at, note in lost if at and note)
    )


def _find_due(limit: int, delays: Delays) -> list[int]:
    put_off = delays.waiting()
    with reading() as session:
        waiting = session.scalars(
            select(OutboxEvent.id)
            .where(OutboxEvent.follower == Follower.MAIL, OutboxEvent.handled_at.is_(None))
            .order_by(OutboxEvent.id)
            .limit(limit + len(put_off))
        )
        return [row for row in waiting if row not in put_off][:limit]


def _begin(row: int, desk: Desk) -> Letter | None:
    """Return the letter to hand over now; None where the event waits no more."""
    with unit_of_work() as session:
        event = session.get(OutboxEvent, row, with_for_update=True)
        if event is None or event.handled_at:
            return None
        told = _notification_of(session, event)
        if told is not None and told.mailed_at:
            _end(event, "handed over once before, and whether it arrived is not known")
            return None
        letter = write_letter(session, event, desk, utc_now())
        if isinstance(letter, NoLetter):
            _end(event, letter.reason)
            return None
        if told is not None:
            told.mailed_at = utc_now()
        return letter


def _send(mailer: Mailer, row: int, letter: Letter, delays: Delays, handed: HandedOver) -> bool:
    """Hand a letter over and note how it went; return whether its event waits no more."""
    message_id = letter.headers["Message-ID"]
    try:
        if not handed.has(message_id):
            mailer.send(letter)
            handed.note(message_id)
    except LetterRefused as refusal:
        log.warning("a letter is given up (outbox row %d): %s", row, refusal)
        _note(row, is_sent=False, note=f"{GIVEN_UP}: {refusal}")
    except LetterPutOff as refusal:
        return _put_off(row, refusal, delays)
    except Exception:  # nothing is handed over: whoever tries next may do so
        _note(row, is_sent=False, note=None)
        raise
    else:
        _note(row, is_sent=True, note=None)
        handed.settle(message_id)
    delays.forget(row)
    return True


def _put_off(row: int, refusal: LetterPutOff, delays: Delays) -> bool:
    with reading() as session:
        age_s = (utc_now() - session.get_one(OutboxEvent, row).happened_at).total_seconds()
    if age_s > KEEP_TRYING_S:
        log.warning("a letter is given up after three days (outbox row %d): %s", row, refusal)
        _note(row, is_sent=False, note=f"{GIVEN_UP} after three days: {refusal}")
        delays.forget(row)
        return True
    _note(row, is_sent=False, note=None)
    log.warning("a letter waits %.0f s (outbox row %d): %s", delays.put_off(row), row, refusal)
    return False


def _note(row: int, *, is_sent: bool, note: str | None) -> None:
    with unit_of_work() as session:
        event = session.get_one(OutboxEvent, row)
        told = _notification_of(session, event)
        if told is not None and not is_sent:
            told.mailed_at = None
        if is_sent or note:
            _end(event, note)


def _end(event: OutboxEvent, note: str | None) -> None:
    event.handled_at, event.note = utc_now(), note[:NOTE_LIMIT] if note else None


def _notification_of(session: Session, event: OutboxEvent) -> Notification | None:
    if event.kind is not EventKind.PERSON_TOLD:
        return None
    return session.get(Notification, int(event.subject_id))
