"""Write down what happened, in the same transaction as the change itself."""

from sqlalchemy.orm import Session

from app.domain.events import EventKind, Follower
from app.models.outbox import OutboxEvent


def record(session: Session, kind: EventKind, subject_id: str) -> None:
    """Leave an event for every follower; it exists if and only if the change does."""
    session.add_all(
        OutboxEvent(follower=follower, kind=kind, subject_id=subject_id) for follower in Follower
    )
