"""The database: one engine to a process, and the two ways to open a session."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker

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


def make_engine(url: str) -> Engine:
    """Return an engine for the URL; a SQLite file's folder is made when it is missing."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address)
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
    """Yield a session for looking only: nothing done in it is kept."""
    with new_session() as session:
        yield session


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Yield a session; commit when the block ends well, undo it all when not."""
    with new_session.begin() as session:
        session.connection(execution_options={MAY_WRITE: True})
        yield session


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
