"""Measure how long the audit log takes to verify: .venv/bin/python scripts/bench_audit.py."""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import insert, text

from app import db
from app.domain.audit import FIRST_HASH, AuditAction, entry_hash
from app.domain.moments import utc_now
from app.models.audit import AuditEntry, AuditHead
from app.schema import upgrade
from app.services.audit.verifying import Verdict, verify

ENTRIES = 100_000
BATCH = 5000


def main() -> int:
    """Make a log, verify it, change one entry, verify it again; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/library.sqlite"
        upgrade(url)
        engine = db.connect(url)
        _fill()
        whole, whole_s = _timed()
        with db.unit_of_work() as session:
            session.execute(text("DROP TRIGGER audit_entries_no_update"))
            session.execute(
                text("UPDATE audit_entries SET detail = 'x' WHERE number = :number"),
                {"number": ENTRIES},
            )
        broken, broken_s = _timed()
        engine.dispose()
    print(f"{ENTRIES:,} entries, whole: {whole.is_whole}, {whole_s:.2f} s")
    print(f"the last one changed: broken at {broken.broken_at}, {broken_s:.2f} s")
    return 0 if whole.is_whole and broken.broken_at == ENTRIES else 1


def _fill() -> None:
    previous = FIRST_HASH
    with db.unit_of_work() as session:
        for first in range(1, ENTRIES + 1, BATCH):
            rows = []
            for number in range(first, first + BATCH):
                rows.append(_row(number, previous))
                previous = str(rows[-1]["hash"])
            session.execute(insert(AuditEntry), rows)
        head = session.get_one(AuditHead, 1)
        head.entries, head.hash = ENTRIES, previous


def _row(number: int, previous: str) -> dict[str, object]:
    fields: dict[str, str | int | None] = {
        "number": number,
        "actor_id": number % 300,
        "actor_role": "teacher",
        "action": str(AuditAction.SIGNED_IN),
        "subject": f"person:{number % 300}",
        "region": "tayside",
        "detail": "Firefox on Windows",
    }
    at = utc_now()
    digest = entry_hash(previous, fields, at)
    return {**fields, "at": at, "previous_hash": previous, "hash": digest}


def _timed() -> tuple[Verdict, float]:
    begun = time.perf_counter()
    with db.reading() as session:
        verdict = verify(session)
    return verdict, time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
