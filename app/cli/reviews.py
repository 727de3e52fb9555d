"""flask reviews: what is due for publishing, and what waits for a decision."""

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library
from app.db import reading, unit_of_work
from app.domain.moments import utc_now
from app.domain.people import OPERATOR
from app.services.reviews import deciding

reviews = AppGroup("reviews", help="Publish on their day what was approved.")


@reviews.command("publish-due")
@on_the_library
def publish_due() -> None:
    """Publish all that is approved and whose day has come; safe to repeat.

    The server does so by itself, within seconds; this is for where none runs.
    """
    now = utc_now()
    with reading() as session:
        due = deciding.find_due(session, now)
    published = 0
    for revision_id in due:
        with unit_of_work() as session:
            published += deciding.publish_due(session, OPERATOR, revision_id, now)
    click.echo(f"published: {published}")
