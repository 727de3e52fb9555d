"""On PostgreSQL too the audit log is only ever added to, and one change is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import db, schema
from app.domain.audit import AuditAction
from app.domain.people import OPERATOR
from app.services.audit.verifying import verify
from app.services.ledger import audit

pytestmark = pytest.mark.postgres

UNGUARD = (
    "DROP TRIGGER audit_entries_sealed ON audit_entries",
    "DROP TRIGGER audit_entries_not_emptied ON audit_entries",
)


@pytest.fixture
def log(database_url):
    schema.upgrade(database_url)
    engine = db.connect(database_url)
    for number in range(5):
        with db.unit_of_work() as session:
            audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{number}", region="tayside")
    yield engine
    engine.dispose()


def do(*statements):
    with db.unit_of_work() as session:
        for statement in statements:
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_entries SET detail = 'nothing' WHERE number = 3", 3),
        ("DELETE FROM audit_entries WHERE number = 3", 3),
        ("DELETE FROM audit_entries WHERE number > 3", 4),
        ("TRUNCATE audit_entries", 1),
    ],
)
def test_a_change_is_refused_and_one_made_all_the_same_is_found(log, statement, broken_at):
    with pytest.raises(DBAPIError, match="only ever added to"):
        do(statement)
    with db.reading() as session:
        assert verify(session).is_whole

    do(*UNGUARD, statement)

    with db.reading() as session:
        assert verify(session).broken_at == broken_at
