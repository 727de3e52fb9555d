"""Say how the library stands, for people and machines that watch over it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.errors import SearchUnavailable
from app.domain.events import Follower
from app.models.base import utc_now
from app.models.outbox import OutboxEvent
from app.outside.mailers import hindrance_of
from app.search.port import SearchEngine
from config import Settings


@dataclass(frozen=True)
class Health:
    """How the parts stand. Ages are in seconds."""

    is_database_up: bool
    is_index_up: bool
    documents: int | None
    index_updated_at: datetime | None
    waiting: int | None  # events that the index has yet to hear of
    oldest_waiting_s: float | None
    letters_waiting: int | None

    @property
    def is_well(self) -> bool:
        """Whether people can both read and search."""
        return self.is_database_up and self.is_index_up


def look(session: Session, engine: SearchEngine) -> Health:
    """Ask the database and the index how they stand; never raises for a part that is down."""
    is_database_up, waiting, oldest, letters = _database(session)
    try:
        index = engine.status()
    except SearchUnavailable:
        index = None
    return Health(
        is_database_up=is_database_up,
        is_index_up=index is not None,
        documents=index.documents if index else None,
        index_updated_at=index.updated_at if index else None,
        waiting=waiting,
        oldest_waiting_s=(utc_now() - oldest).total_seconds() if oldest else None,
        letters_waiting=letters,
    )


def mail_hindrance(settings: Settings) -> str:
    """Return why no letter can be sent with these settings; empty where it can."""
    return hindrance_of(settings)


def _database(session: Session) -> tuple[bool, int | None, datetime | None, int | None]:
    try:
        session.execute(text("SELECT 1"))
        waiting, oldest = session.execute(_waiting_for(Follower.INDEX)).one()
        letters, _ = session.execute(_waiting_for(Follower.MAIL)).one()
    except SQLAlchemyError:
        return False, None, None, None
    return True, waiting, oldest, letters


def _waiting_for(follower: Follower) -> Select[int, datetime]:
    return select(func.count(), func.min(OutboxEvent.happened_at)).where(
        OutboxEvent.follower == follower, OutboxEvent.handled_at.is_(None)
    )
