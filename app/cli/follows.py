"""flask follows: digests of what people follow."""

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library
from app.db import reading, unit_of_work
from app.domain.follows import Rhythm
from app.domain.moments import utc_now
from app.domain.people import OPERATOR
from app.faces.doorstep import parts
from app.services.follows import digests
from app.services.follows.digests import Timetable

follows = AppGroup("follows", help="Make the digests of what people follow.")


@follows.command("digest")
@on_the_library
def digest() -> None:
    """Make the digests that are due, and leave them to the post; safe to repeat.

    The server does so by itself; this is for where none runs.
    """
    settings, now = parts().settings, utc_now()
    timetable = Timetable(now, settings.digest_hour, Rhythm(settings.digest_rhythm))
    with unit_of_work() as session:
        digests.forget_old_readings(session, OPERATOR, now)
    with reading() as session:
        due = digests.find_due(session, OPERATOR, timetable)
        if due:
            news = digests.gather_news(
                session, OPERATOR, parts().search, parts().taxonomy, timetable
            )
    made = 0
    for start in range(0, len(due), digests.BATCH):
        with unit_of_work() as session:
            people = due[start : start + digests.BATCH]
            made += digests.make(session, OPERATOR, news, people, timetable)
    click.echo(f"due: {len(due)}, with news: {made}")
