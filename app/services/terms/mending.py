"""After a process was killed between a vocabulary's file and its record: bring the two together."""

import logging
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import unit_of_work
from app.formats.vocabulary_turns import Turn, has_unfinished, unfinished
from app.models.audit import AuditHead
from app.models.terms import TermChange

log = logging.getLogger(__name__)


def mend_vocabularies(folder: Path) -> int:
    """Mend what a killed process left, when an app starts; return how many files were put back.

    Opens a transaction of its own, and only where a note lies there. A folder that cannot be
    written is told in the log: people read and search all the same.
    """
    if not has_unfinished(folder):
        return 0
    try:
        with unit_of_work() as session:
            # Whoever changes a term holds this lock until it is committed.
            session.scalars(select(AuditHead).with_for_update()).first()
            return mend(session, folder)
    except (OSError, ValueError) as hindrance:
        log.warning("a change of a vocabulary was broken off and cannot be mended: %s", hindrance)
        return 0


def mend(session: Session, folder: Path) -> int:
    """Put back each file whose change is not on record; for whoever holds the lock of the writers.

    Return how many were put back. Safe to repeat.

    Raises:
        OSError: the folder cannot be written.
    """
    count = 0
    for turn in unfinished(folder):
        if _is_on_record(session, turn):
            turn.finish()
        else:
            turn.take_back()
            count += 1
            log.warning("a change of %s was broken off: it is as it was before", turn.file.name)
    return count


def _is_on_record(session: Session, turn: Turn) -> bool:
    change = session.get(TermChange, turn.change_id, populate_existing=True)
    if change is None:
        return False
    if turn.is_undoing:
        return change.undone_at is not None
    return change.file_sha256 == turn.becomes_sha256
