"""How Alembic reaches the database: the product's own engine, batches on SQLite."""

from alembic import context
from sqlalchemy import Connection

from app import models
from app.db import MAY_WRITE, make_engine
from app.models.base import Base
from config import Settings

assert models  # noqa: S101 - importing the package makes every table known


def run() -> None:
    """Migrate in one transaction, holding SQLite's write lock from its beginning."""
    engine = context.config.attributes.get("engine") or make_engine(
        Settings.from_environment().database_url
    )
    with engine.connect().execution_options(**{MAY_WRITE: True}) as connection:
        _let_tables_move(connection)
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True
        )
        with context.begin_transaction():
            context.run_migrations()


def _let_tables_move(connection: Connection) -> None:
    # A batch on SQLite makes a table anew: references to it must not fall meanwhile. The
    # pragma counts only outside a transaction, so it goes to the driver itself.
    if connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        assert driver is not None  # noqa: S101 - the connection is open
        driver.execute("PRAGMA foreign_keys=OFF")


run()
