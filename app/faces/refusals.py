"""Put on record who tried what their role does not reach, whichever face they tried it at."""

import logging

from app.db import reading, unit_of_work
from app.domain.errors import DatabaseAway, NotAllowed
from app.domain.moments import utc_now
from app.services.accounts import refusals

log = logging.getLogger(__name__)


def note_refused(error: NotAllowed) -> None:
    """Write a refusal down in a transaction of its own: the request's own is undone.

    Visitors are nobody, and are not written down. Once a minute is enough for the same person
    and the same thing, so that the record cannot be flooded.
    """
    actor = error.actor
    if actor is None or actor.id is None:
        return
    try:
        with reading() as session:
            if refusals.is_noted(session, actor, error.action, utc_now()):
                return
        with unit_of_work() as session:
            refusals.note(session, actor, error.action)
    except DatabaseAway:
        log.warning("a refusal could not be put on record")
