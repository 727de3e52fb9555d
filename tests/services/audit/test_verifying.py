"""One change anywhere in the audit log is found, and where it is."""

import pytest
from sqlalchemy import delete, insert, select, update

from app.domain.audit import FIRST_HASH, AuditAction, entry_hash
from app.domain.people import OPERATOR
from app.models.audit import AuditEntry, AuditHead
from app.services.audit import verifying
from app.services.audit.verifying import Noted, verify
from app.services.ledger import audit

COLUMNS = AuditEntry.__table__.c


@pytest.fixture
def log(session, monkeypatch):
    """Ten entries, read three at a time."""
    monkeypatch.setattr(verifying, "BATCH", 3)
    for number in range(10):
        audit(session, OPERATOR, AuditAction.INVITED, f"person:{number}", region="tayside")
    return session


def change(log, which, /, **values):
    log.execute(update(AuditEntry.__table__).where(COLUMNS.number == which).values(**values))


def test_a_log_that_nobody_touched_is_whole(log):
    verdict = verify(log)
    assert verdict.is_whole
    assert verdict.entries == 10
    assert verdict.head_hash == log.scalars(select(AuditHead.hash)).one()


def test_an_empty_log_is_whole(session):
    assert verify(session).is_whole


@pytest.mark.parametrize(
    "values",
    [
        {"detail": "nothing to see"},
        {"actor_id": 3},
        {"actor_role": "teacher"},
        {"action": "person.joined"},
        {"subject": "person:99"},
        {"region": None},
        {"at": "2026-01-01 00:00:00.000000"},
    ],
    ids=lambda values: next(iter(values)),
)
@pytest.mark.parametrize("number", [1, 4, 10])
def test_one_changed_field_is_found(log, number, values):
    if "at" in values:
        log.connection().exec_driver_sql(
            "UPDATE audit_entries SET at = ? WHERE number = ?", (values["at"], number)
        )
    else:
        change(log, number, **values)
    verdict = verify(log)
    assert verdict.broken_at == number
    assert "changed" in verdict.reason


def test_one_entry_changed_with_its_hash_is_found_at_the_next(log):
    entry = log.execute(select(*COLUMNS).where(COLUMNS.number == 5)).one()
    fields = {
        name: getattr(entry, name)
        for name in ("number", "actor_id", "actor_role", "action", "subject", "region")
    } | {"detail": "nothing to see"}
    forged = entry_hash(entry.previous_hash, fields, entry.at)
    change(log, 5, detail="nothing to see", hash=forged)
    verdict = verify(log)
    assert verdict.broken_at == 6
    assert "does not follow" in verdict.reason


def test_a_deleted_entry_is_found(log):
    log.execute(delete(AuditEntry).where(COLUMNS.number == 4))
    verdict = verify(log)
    assert verdict.broken_at == 4
    assert verdict.reason == "Entry 4 is missing; entry 5 follows."


def test_a_lost_end_is_found(log):
    log.execute(delete(AuditEntry).where(COLUMNS.number > 7))
    verdict = verify(log)
    assert verdict.broken_at == 8
    assert "The end is lost" in verdict.reason


def test_a_lost_log_is_found(log):
    log.execute(delete(AuditEntry))
    assert verify(log).broken_at == 1


def test_two_entries_that_changed_places_are_found(log):
    for number, place in ((3, 1003), (4, 3), (1003, 4)):
        change(log, number, number=place)
    verdict = verify(log)
    assert verdict.broken_at == 3
    assert "does not follow" in verdict.reason


def test_an_entry_put_after_the_end_is_found(log):
    last = log.execute(select(*COLUMNS).where(COLUMNS.number == 10)).one()._asdict()
    log.execute(insert(AuditEntry.__table__).values(last | {"number": 11, "hash": "f" * 64}))
    verdict = verify(log)
    assert verdict.broken_at == 11
    assert "does not tell" in verdict.reason


def test_a_changed_head_is_found(log):
    log.execute(update(AuditHead).values(hash="f" * 64))
    assert "head tells of" in verify(log).reason


def test_a_lost_head_is_found(log):
    log.execute(delete(AuditHead))
    assert not verify(log).is_whole


def test_a_log_rewritten_as_a_whole_is_told_from_what_was_noted(log):
    before = verify(log)
    noted = Noted(before.entries, before.head_hash)
    assert verify(log, noted).is_whole

    log.execute(delete(AuditEntry))
    log.execute(update(AuditHead).values(entries=0, hash=FIRST_HASH))
    log.expire_all()
    for number in range(12):
        audit(log, OPERATOR, AuditAction.INVITED, f"person:{number}", region="tayside")
    assert verify(log).is_whole, "a chain made anew agrees with itself"
    assert "noted elsewhere" in verify(log, noted).reason


def test_a_log_cut_with_its_head_is_told_from_what_was_noted(log):
    before = verify(log)
    seventh = log.scalars(select(COLUMNS.hash).where(COLUMNS.number == 7)).one()
    log.execute(delete(AuditEntry).where(COLUMNS.number > 7))
    log.execute(update(AuditHead).values(entries=7, hash=seventh))
    assert verify(log).is_whole
    assert not verify(log, Noted(before.entries, before.head_hash)).is_whole
    assert verify(log, Noted(7, seventh)).is_whole
