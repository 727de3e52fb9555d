"""flask db: the shape of the database."""

import click
from flask.cli import AppGroup

from app import schema
from app.cli.edge import in_one_sentence
from app.faces.doorstep import parts

db = AppGroup("db", help="Keep the shape of the database up to date.")


@db.command("upgrade")
@in_one_sentence
def upgrade() -> None:
    """Bring the database up to date with this version; harmless where it is already."""
    revision = schema.upgrade(parts().settings.database_url)
    click.echo(f"The database is up to date, at {revision}.")
