"""The database: one engine to a process, and the two ways to open a session."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.orm import Session, sessionmaker

from app.domain.errors import DatabaseAway, InvalidInput

new_session = sessionmaker(expire_on_commit=False)

# The execution option that asks SQLite for the write lock at once. A transaction
# that reads first and writes later fails at once, without waiting, when another
# writer came between (SQLITE_BUSY_SNAPSHOT).
MAY_WRITE = "may_write"
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "foreign_keys": "ON",
    "busy_timeout": "10000",  # milliseconds
    "synchronous": "NORMAL",
}

AWAY = (
    "The library’s record cannot be reached just now. Try again in a few minutes; if it lasts, "
    "the person who keeps the library will find the reason in its log."
)
log = logging.getLogger(__name__)


def make_engine(url: str) -> Engine:
    """Return an engine for the URL; a SQLite file's folder is made when it is missing.

    Raises:
        InvalidInput: the URL cannot be used.
        OSError: the folder cannot be made.
    """
    try:
        return _engine(make_url(url))
    except (
        ArgumentError,
        NoSuchModuleError,
        ImportError,
    ) as error:  # no URL; no such kind of database
        # The URL may hold a password: it is not repeated.
        raise InvalidInput(
            f"DATABASE_URL cannot be used: {error}. See docs/operations.md."
        ) from None


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, hide_parameters=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # What people wrote stays out of the log when a statement fails.
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def connect(url: str) -> Engine:
    """Point every new session at the database with this URL; return its engine."""
    engine = make_engine(url)
    new_session.configure(bind=engine)
    return engine


@contextmanager
def reading() -> Iterator[Session]:
    """Yield a session for looking only: nothing done in it is kept.

    Raises:
        DatabaseAway: the database cannot be reached or read.
    """
    with away_told(), new_session() as session:
        yield session


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Yield a session; commit when the block ends well, undo it all when not.

    Raises:
        DatabaseAway: the database cannot be reached, read or written.
    """
    with away_told(), new_session.begin() as session:
        session.connection(execution_options={MAY_WRITE: True})
        yield session


@contextmanager
def away_told() -> Iterator[None]:
    """Turn what a driver says of a database that is away, locked, full or torn into one sentence.

    Raises:
        DatabaseAway: that is so; the log says how.
    """
    try:
        yield
    except DatabaseError as error:
        # A torn SQLite file is a DatabaseError and no more; its other kinds are faults of ours.
        if type(error) is DatabaseError or isinstance(error, OperationalError):
            _tell_away(error)
        raise
    except InterfaceError as error:
        _tell_away(error)


def _tell_away(error: Exception) -> NoReturn:
    log.error("the database is away: %s", error)
    raise DatabaseAway(AWAY) from error


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    may_write = connection.get_execution_options().get(MAY_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write else "BEGIN")
