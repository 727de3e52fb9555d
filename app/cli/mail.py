"""flask mail: letters to people, carried beside everything else."""

import signal
from datetime import timedelta
from types import FrameType

import click
from flask.cli import AppGroup

from app.cli.edge import in_one_sentence, on_the_library, tell
from app.db import reading
from app.domain.moments import utc_now
from app.faces.doorstep import parts
from app.followers.mail import look
from app.followers.postman import Postman, send_trial

mail = AppGroup("mail", help="Carry letters to people.")

LOOKING_BACK = timedelta(days=30)


@mail.command("follow")
@click.option("--once", is_flag=True, help="Carry what waits now, then stop.")
@on_the_library
def follow(once: bool) -> None:
    """Carry letters to the mail server, or into MAIL_FOLDER; one copy only."""
    postman = Postman(parts())
    if once:
        carried = postman.carry()
        click.echo(f"{carried.ended} letters dealt with, {carried.put_off} put off.")
        return

    def stop(_: int, __: FrameType | None) -> None:
        postman.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    tell("Carrying letters; stop with Ctrl-C.")
    postman.follow()


@mail.command("status")
@on_the_library
def status() -> None:
    """Tell where letters go, how many wait, and which were given up in the last 30 days."""
    postman = Postman(parts())
    with reading() as session:
        stands = look(session, utc_now() - LOOKING_BACK)
    click.echo(f"letters go: {postman.where}")
    click.echo(f"waiting: {stands.waiting}")
    if stands.oldest_at:
        click.echo(f"oldest since: {stands.oldest_at:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(f"carried: {'now' if postman.place.is_taken() else 'by nobody just now'}")
    for row, at, note in stands.given_up:
        click.echo(f"outbox row {row}, {at:%Y-%m-%d %H:%M} UTC: {note}")


@mail.command("test")
@click.argument("address")
@in_one_sentence
def test(address: str) -> None:
    """Send a letter to ADDRESS, past the outbox, to try the settings."""
    send_trial(parts().settings, address)
    click.echo("Taken. Look whether it arrived.")
