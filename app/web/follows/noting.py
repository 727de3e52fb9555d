"""Note that somebody read a resource, once its page was shown to them."""

import logging

from flask import Response, request

from app.db import reading, unit_of_work
from app.domain.errors import ServiceError
from app.services.follows import history
from app.web.edge import current_actor
from app.web.follows.blueprint import follows

log = logging.getLogger(__name__)
OK = 200
PAGE = "resources.show"


@follows.after_app_request
def note_what_is_read(answer: Response) -> Response:
    """Add the page to its reader's history, where they keep one.

    Only their own list changes, as their last sign-in does; what goes wrong here spoils no page.
    """
    is_shown = request.method == "GET" and answer.status_code == OK
    if is_shown and request.endpoint == PAGE and answer.mimetype == "text/html":
        try:
            _note((request.view_args or {}).get("address", ""))
        except ServiceError as hindrance:
            log.warning("what was read is not noted: %s", hindrance)
    return answer


def _note(address: str) -> None:
    actor = current_actor()
    if actor.id is None:
        return
    with reading() as session:
        resource_id = history.is_to_note(session, actor, address)
    if resource_id is not None:
        with unit_of_work() as session:
            history.note(session, actor, resource_id)
