"""The audit log grows as a chain, and says nothing that it should not."""

from sqlalchemy import select

from app.domain.audit import FIRST_HASH, AuditAction
from app.domain.people import OPERATOR
from app.models.audit import AuditEntry, AuditHead
from app.services.ledger import audit


def test_each_entry_is_chained_to_the_one_before(session):
    for number in range(3):
        audit(session, OPERATOR, AuditAction.INVITED, f"person:{number}", region="tayside")

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [e.number for e in entries] == [1, 2, 3]
    assert [e.previous_hash for e in entries] == [FIRST_HASH, entries[0].hash, entries[1].hash]
    head = session.scalars(select(AuditHead)).one()
    assert (head.entries, head.hash) == (3, entries[2].hash)
