"""flask index: keep the search index in step with the database."""

import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading
from app.domain.errors import AlreadyRunning, SearchUnavailable
from app.domain.events import Follower
from app.faces.doorstep import parts
from app.followers.child import give_way
from app.followers.index import compare
from app.followers.index import rebuild as draw_anew
from app.followers.runner import Followers, waiting

index = AppGroup("index", help="Keep the search index in step with the database.")

KIBIBYTE = 1024
SHOWN_AT_A_TIME = 50  # documents between two looks of the progress bar
LONGEST_WAIT_S = 900.0  # for another process that draws the index


@index.command("follow")
@click.option("--once", is_flag=True, help="Carry what waits now, then stop.")
@on_the_library
def follow(once: bool) -> None:
    """Carry changes into the index and the content folder; one copy only."""
    followers = Followers(parts())
    if once:
        click.echo(f"{followers.carry()} changes carried.")
        return

    def stop(_: int, __: FrameType | None) -> None:
        followers.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tell("Following; stop with Ctrl-C.")
    followers.follow()


@index.command("rebuild")
@on_the_library
def rebuild() -> None:
    """Draw the index anew from the database, beside the old one, and swap them."""
    engine = parts().search
    if engine.is_shared and engine.is_present():  # without an index nobody can search anyway
        give_way()
    with click.progressbar(length=1, label="Reading the library", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            if done == total:
                bar.label = "Writing the index  "  # about a quarter of the time is still to come
            if done % SHOWN_AT_A_TIME == 0 or done == total:
                bar.update(done - bar.pos)

        count = _when_nobody_else_does(lambda: draw_anew(engine, parts().taxonomy_now, show))
    click.echo(f"{count} documents in the new index.")


@index.command("tend")
@on_the_library
def tend() -> None:
    """Join small pieces of the index, mend and sweep; a running server does so by itself."""
    engine = parts().search
    if engine.is_shared:
        give_way()
    is_done = False
    while engine.needs_tending() and engine.tend():
        is_done = True
    click.echo("The index is in order again." if is_done else "The index is in order.")


@index.command("check")
@on_the_library
def check() -> None:
    """Compare the index with the database and print the difference."""
    if not Followers(parts()).settle():
        tell("Changes still wait to be carried: is the follower at work? See its log.")
    with reading() as session:
        difference = compare(session, parts().search, parts().taxonomy)
    for resource_id in difference.missing:
        click.echo(f"{resource_id}: published, and not in the index")
    for resource_id in difference.left_over:
        click.echo(f"{resource_id}: in the index, and not published")
    for resource_id in difference.changed:
        click.echo(f"{resource_id}: other words in the index than in the database")
    if difference:
        tell("Mend it with “flask index rebuild”.")
        sys.exit(1)
    click.echo("The index and the database: all agree.")


@index.command("status")
@on_the_library
def status() -> None:
    """Tell how the index stands and what waits for it."""
    try:
        stands = parts().search.status()
    except SearchUnavailable as error:
        click.echo(f"index: {error}")
    else:
        updated = f"{stands.updated_at:%Y-%m-%d %H:%M:%S} UTC" if stands.updated_at else "not known"
        click.echo(f"documents: {stands.documents}")
        click.echo(f"updated: {updated}")
        click.echo(f"size: {stands.size_bytes // KIBIBYTE} KiB")
    counts = waiting()
    click.echo(f"waiting for the index: {counts[Follower.INDEX]}")
    click.echo(f"waiting for the content folder: {counts[Follower.CONTENT]}")
    is_followed = Followers(parts()).place.is_taken()
    click.echo(f"follower: {'running' if is_followed else 'not running'}")


def _when_nobody_else_does(work: Callable[[], int]) -> int:
    """Return what the work yields, after waiting for another process that does the same.

    Raises:
        AlreadyRunning: the other does not come to an end.
    """
    until = time.monotonic() + LONGEST_WAIT_S
    is_told = False
    while True:
        try:
            return work()
        except AlreadyRunning as other:
            if time.monotonic() > until:
                raise
            if not is_told:
                tell(f"{other} Waiting for it to end.")
            is_told = True
            time.sleep(1)
