"""flask reviews: what is due for publishing, and what waits for a decision."""

import sys

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading, unit_of_work
from app.domain.errors import DatabaseAway, ServiceError
from app.domain.moments import SCOTLAND, utc_now
from app.domain.people import OPERATOR
from app.faces.doorstep import parts
from app.services.reviews import deciding, queue
from app.services.reviews.queue import Waiting

reviews = AppGroup("reviews", help="Publish on their day what was approved; list what waits.")


@reviews.command("publish-due")
@on_the_library
def publish_due() -> None:
    """Publish all that is approved and whose day has come; safe to repeat.

    The server does so by itself, within seconds; this is for where none runs.
    """
    now = utc_now()
    with reading() as session:
        due = deciding.find_due(session, now)
    published = failed = 0
    for revision_id in due:
        try:
            with unit_of_work() as session:
                published += deciding.publish_due(session, OPERATOR, revision_id, now)
        except DatabaseAway:
            raise
        except ServiceError as hindrance:
            # One that cannot be published keeps no other from its day.
            tell(f"revision {revision_id}: {hindrance}")
            failed += 1
    click.echo(f"published: {published}")
    if failed:
        sys.exit(1)


@reviews.command("list")
@on_the_library
def list_open() -> None:
    """List what waits for a decision, for its day or for its writers, oldest first.

    Titles are left out: what is not published is for its writers and reviewers.
    """
    with reading() as session:
        found = queue.find_open(
            session, OPERATOR, parts().settings.review_due_days, parts().calendar
        )
        for waiting in found:
            click.echo(_line(waiting))
    click.echo(f"{len(found)} in review, {sum(w.is_overdue for w in found)} overdue")


def _line(waiting: Waiting) -> str:
    revision = waiting.revision
    told = [f"{revision.id}: {revision.state.label}, {revision.region}"]
    if revision.submitted_at is not None:
        told.append(f"submitted {revision.submitted_at.astimezone(SCOTLAND):%Y-%m-%d}")
    if waiting.is_overdue:
        told.append("overdue")
    if revision.publish_at is not None:
        told.append(f"to be published {revision.publish_at.astimezone(SCOTLAND):%Y-%m-%d %H:%M}")
    return ", ".join(told)
