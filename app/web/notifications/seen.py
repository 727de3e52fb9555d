"""Note that somebody saw what they were told of, when they open the page where it goes on."""

import logging

from flask import Flask, Response, request

from app.db import reading, unit_of_work
from app.domain.errors import DatabaseAway
from app.domain.people import Actor
from app.services import notifications as service
from app.web.edge import current_actor

log = logging.getLogger(__name__)
OK = 200


def note_what_is_seen(app: Flask) -> None:
    """Mark a notification as read once its page was shown to its reader.

    Only that they were there is noted, as it is of their sign-in; who is not signed in, or has
    read everything, costs no more than a look at an index.
    """

    @app.after_request
    def note(answer: Response) -> Response:
        if request.method == "GET" and answer.status_code == OK and answer.mimetype == "text/html":
            try:
                _note(request.path)
            except DatabaseAway as hindrance:
                log.warning("what was seen is not noted: %s", hindrance)
        return answer


def _note(path: str) -> None:
    actor = current_actor()
    if actor.id is None:
        return
    with reading() as session:
        ids = service.find_answered(session, actor, path)
    if ids:
        with unit_of_work() as session:
            service.mark_seen(session, actor, ids)


def count_unread(actor: Actor) -> int:
    """Return how much somebody has not read; 0 while the database is away."""
    try:
        with reading() as session:
            return service.count_unread(session, actor)
    except DatabaseAway:
        return 0
