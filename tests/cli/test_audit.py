"""flask audit, on a database whose triggers guard the log."""

import json
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.db import unit_of_work
from app.domain.audit import AuditAction
from app.domain.people import OPERATOR
from app.schema import upgrade
from app.services.ledger import audit


@pytest.fixture
def kept(library):
    """A library with five entries."""
    upgrade(library.settings.database_url)
    with unit_of_work() as session:
        for number in range(5):
            audit(session, OPERATOR, AuditAction.INVITED, f"invitation:{number}", detail="post")
    return library


def do(*statements):
    with unit_of_work() as session:
        for statement in statements:
            session.execute(text(statement))


UNGUARD = ("DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete")


def test_a_whole_log_is_told_with_what_to_note(kept):
    result = kept.run("audit", "verify")
    assert result.exit_code == 0
    assert "Whole: 5 entries" in result.output
    noted = re.search(r"5:[0-9a-f]{64}", result.output)[0]
    assert kept.run("audit", "verify", "--noted", noted).exit_code == 0
    assert kept.run("audit", "verify", "--noted", f"5:{'0' * 64}").exit_code == 1
    assert kept.run("audit", "verify", "--noted", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET detail = 'nothing' WHERE number = 3",
        "DELETE FROM audit_entries WHERE number = 3",
        "DELETE FROM audit_entries",
    ],
)
def test_the_database_refuses_a_change_and_verify_finds_one_made_all_the_same(kept, statement):
    with pytest.raises(IntegrityError, match="only ever added to"):
        do(statement)
    assert kept.run("audit", "verify").exit_code == 0

    do(*UNGUARD, statement)

    result = kept.run("audit", "verify")
    assert result.exit_code == 1
    assert "Broken at entry" in result.output


def test_entries_are_listed_and_exported(kept):
    listed = kept.run("audit", "list").output
    assert "The operator  Person: invited  Invitation 4  (post)" in listed
    exported = [json.loads(line) for line in kept.run("audit", "export").output.splitlines()]
    assert [entry["number"] for entry in exported] == [1, 2, 3, 4, 5]
    assert exported[1]["previous_hash"] == exported[0]["hash"]
