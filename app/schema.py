"""The shape of the database: how far its migrations are, and bringing it up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect

from app.db import away_told, make_engine
from app.domain.errors import DatabaseBehind

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[1] / "migrations"
BEHIND = "The database is behind this version of the product: run “flask db upgrade” first."


def upgrade(url: str) -> str:
    """Bring the database up to date and return its revision; harmless where it is already."""
    from alembic import command  # noqa: PLC0415 - slow to import, seldom needed

    engine = make_engine(url)
    try:
        command.upgrade(_config(engine), "head")
        return _revision(engine) or ""
    finally:
        engine.dispose()


def make_ready(url: str) -> None:
    """Migrate a database that is empty; do nothing to one that is up to date.

    Raises:
        DatabaseBehind: it holds a library of an earlier version.
        DatabaseAway: it cannot be reached or read.
    """
    engine = make_engine(url)
    try:
        with away_told():
            revision = _revision(engine)
    finally:
        engine.dispose()
    if revision is None:
        upgrade(url)
    elif revision != newest():
        raise DatabaseBehind(BEHIND)


def newest() -> str:
    """Return the newest revision that this version of the product knows, read from its files."""
    revisions = sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("0*.py"))
    return revisions[-1]


def _revision(engine: Engine) -> str | None:
    """Return the database's revision, None where it has never been migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(found[0]) if found else None


def _config(engine: Engine) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - slow to import, seldom needed

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config
