"""The endpoint for whoever watches over the library."""

from datetime import UTC, datetime

from flask import Response
from pydantic import BaseModel, Field

from app.api.edge import endpoint_for
from app.api.sending import NEVER_KEPT, send_json
from app.db import reading
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.services import health as service

UNWELL = 503


class HealthAnswer(BaseModel):
    """How the parts stand. What cannot be told is null."""

    is_well: bool = Field(description="Whether people can both read and search.")
    is_database_up: bool
    is_index_up: bool
    documents: int | None = Field(description="Resources in the index.")
    index_updated_at: datetime | None = Field(description="UTC.")
    index_age_s: float | None
    waiting: int | None = Field(description="Events that the index has yet to hear of.")
    oldest_waiting_s: float | None
    letters_waiting: int | None = Field(description="Events that have yet to be mailed.")
    mail_hindrance: str = Field(description="Why no letter can be sent; empty where it can.")


@endpoint_for(Action.SEARCH)
def show() -> Response:
    """Tell how the database and the index stand: 200 when well, 503 with the same body if not."""
    with reading() as session:
        health = service.look(session, parts().search)
    updated_at = health.index_updated_at
    answer = HealthAnswer(
        is_well=health.is_well,
        is_database_up=health.is_database_up,
        is_index_up=health.is_index_up,
        documents=health.documents,
        index_updated_at=updated_at,
        index_age_s=(datetime.now(UTC) - updated_at).total_seconds() if updated_at else None,
        waiting=health.waiting,
        oldest_waiting_s=health.oldest_waiting_s,
        letters_waiting=health.letters_waiting,
        mail_hindrance=service.mail_hindrance(parts().settings),
    )
    sent = send_json(answer.model_dump_json(), NEVER_KEPT)
    if not health.is_well:
        sent.status_code = UNWELL
    return sent
