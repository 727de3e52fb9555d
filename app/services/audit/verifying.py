"""Verify the audit log: walk the chain from its first entry to its head."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.domain.audit import FIRST_HASH, entry_hash
from app.models.audit import AuditEntry, AuditHead

BATCH = 2000  # entries held at a time


@dataclass(frozen=True)
class Noted:
    """An entry's number and hash, as somebody noted them elsewhere."""

    number: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """Whether the log is whole, how long it is, and where it is first broken."""

    entries: int  # by the head
    head_hash: str
    broken_at: int | None = None  # the first number that is wrong; None: nothing is
    reason: str = ""  # a sentence

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken_at is None


def verify(session: Session, noted: Noted | None = None) -> Verdict:
    """Hold every entry against its hash, its place and the one before, and the last to the head.

    Whoever rewrites the whole log, its head too, leaves a chain that agrees with itself: only a
    hash that was `noted` elsewhere tells.
    """
    entries, head_hash = _head(session)
    number, previous = 0, FIRST_HASH
    has_noted = noted is None or noted == Noted(0, FIRST_HASH)
    for entry in _entries(session, entries):
        number += 1
        wrong = _wrong(entry, number, previous)
        if not wrong and noted is not None and noted.number == number:
            has_noted = entry.hash == noted.hash
            wrong = "" if has_noted else "Its hash is not the one that was noted elsewhere."
        if wrong:
            return Verdict(entries, head_hash, number, wrong)
        previous = entry.hash
    reason = _wrong_end(session, number, previous, entries, head_hash)
    if not reason and not has_noted:
        reason = "The log is shorter than what was noted elsewhere."
    return Verdict(entries, head_hash, number + 1 if reason else None, reason)


def _head(session: Session) -> tuple[int, str]:
    head = session.execute(select(AuditHead.entries, AuditHead.hash)).first()
    return (head.entries, head.hash) if head else (0, FIRST_HASH)


_COLUMNS = AuditEntry.__table__.c


def _entries(session: Session, last: int) -> Iterator[Row[tuple[object, ...]]]:
    """Yield every entry up to a number, in order, some at a time."""
    seen = None
    while True:
        asked = select(*_COLUMNS).where(_COLUMNS.number <= last)
        if seen is not None:
            asked = asked.where(_COLUMNS.number > seen)
        batch = session.execute(asked.order_by(_COLUMNS.number).limit(BATCH)).all()
        yield from batch
        if len(batch) < BATCH:
            return
        seen = batch[-1].number


def _wrong(entry: Row[tuple[object, ...]], number: int, previous: str) -> str:
    """Return what is wrong with the entry that stands at this place; empty where nothing is."""
    if entry.number != number:
        return f"Entry {number} is missing; entry {entry.number} follows."
    if entry.previous_hash != previous:
        return "It does not follow from the entry before: one of the two was put here."
    fields = {
        "number": entry.number,
        "actor_id": entry.actor_id,
        "actor_role": entry.actor_role,
        "action": entry.action,
        "subject": entry.subject,
        "region": entry.region,
        "detail": entry.detail,
    }
    if entry_hash(previous, fields, entry.at) != entry.hash:
        return "It was changed: its words do not give its hash."
    return ""


def _wrong_end(session: Session, number: int, last_hash: str, entries: int, head_hash: str) -> str:
    if number < entries:
        return f"The end is lost: the log should have {entries} entries."
    if last_hash != head_hash:
        return "The last entry is not the one that the log’s head tells of."
    # Asked in one statement: somebody may have added entries meanwhile.
    longest = select(func.max(AuditEntry.number)).scalar_subquery()
    told = select(func.max(AuditHead.entries)).scalar_subquery()
    has, tells = session.execute(select(longest, told)).one()
    if (has or 0) > (tells or 0):
        return "Entries follow of which the log’s head does not tell."
    return ""
