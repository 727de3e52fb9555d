"""For whom a program acts, by the token that it shows; a cookie counts for nothing here."""

from flask import g, request

from app.db import reading, unit_of_work
from app.domain.errors import DatabaseAway, NotSignedIn
from app.domain.moments import utc_now
from app.domain.people import VISITOR, Actor
from app.services.accounts import tokens

NOT_GOOD = (
    "This token is not good: it was never made here, has expired, or was revoked. Send "
    "“Authorization: Bearer” with a token of your account, or no such header at all."
)


def actor_by_token() -> Actor:
    """Return for whom the program acts that sent this request; a visitor where it shows nothing.

    Raises:
        NotSignedIn: it shows something that is not good, or no longer.
    """
    if "Authorization" not in request.headers:
        return VISITOR
    if "token_actor" not in g:
        g.token_actor = _find(request.headers["Authorization"])
    found: Actor | None = g.token_actor
    if found is None:
        raise NotSignedIn(NOT_GOOD)
    return found


def _find(shown: str) -> Actor | None:
    scheme, _, secret = shown.partition(" ")
    if scheme.lower() != "bearer":
        return None
    now = utc_now()
    with reading() as session:
        known = tokens.recognise(session, secret.strip(), now)
    if known is None:
        return None
    if known.is_due:
        _note_used(known.token_id)
    return known.actor


def _note_used(token_id: int) -> None:
    try:
        with unit_of_work() as session:
            tokens.note_used(session, token_id, utc_now())
    except DatabaseAway:
        return  # it is only noted roughly: reading goes on where nothing can be written
