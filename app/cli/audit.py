"""flask audit: prove that the audit log is whole, and read it."""

import json
import re
import sys

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading
from app.domain.people import OPERATOR
from app.services.audit.reading import ToldEntry, find, read_all
from app.services.audit.verifying import Noted, verify

audit = AppGroup("audit", help="Prove that the audit log is whole, and read it.")

NOTED = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


def _read_noted(_: click.Context, __: click.Parameter, value: str | None) -> Noted | None:
    found = NOTED.fullmatch(value or "")
    if value and not found:
        raise click.BadParameter("give what “flask audit verify” printed: NUMBER:HASH")
    return Noted(int(found[1]), found[2]) if found else None


@audit.command("verify")
@click.option("--noted", callback=_read_noted, help="What an earlier verify printed.")
@on_the_library
def verify_(noted: Noted | None) -> None:
    """Walk the chain from the first entry to the last; exit status 1 where it is broken."""
    with reading() as session:
        verdict = verify(session, noted)
    if not verdict.is_whole:
        click.echo(f"Broken at entry {verdict.broken_at}: {verdict.reason}")
        sys.exit(1)
    click.echo(f"Whole: {verdict.entries} entries. Note this elsewhere, for the next time:")
    click.echo(f"{verdict.entries}:{verdict.head_hash}")


@audit.command("list")
@click.option("--page", default=1, type=click.IntRange(1), help="50 entries to a page.")
@on_the_library
def list_(page: int) -> None:
    """Print entries, newest first."""
    with reading() as session:
        found = find(session, OPERATOR, page=page)
        for told in found.entries:
            click.echo(_line(told))
    tell(f"{found.total} entries in all.")


@audit.command("export")
@on_the_library
def export() -> None:
    """Print every entry as a line of JSON, oldest first, with what its hash covers."""
    with reading() as session:
        for told in read_all(session, OPERATOR):
            entry = told.entry
            said = {
                "number": entry.number,
                "at": entry.at.isoformat(timespec="microseconds"),
                "actor_id": entry.actor_id,
                "actor_role": entry.actor_role,
                "action": entry.action,
                "subject": entry.subject,
                "region": entry.region,
                "detail": entry.detail,
                "previous_hash": entry.previous_hash,
                "hash": entry.hash,
            }
            click.echo(json.dumps(said, ensure_ascii=False))


def _line(told: ToldEntry) -> str:
    at = f"{told.entry.at:%Y-%m-%d %H:%M:%S}"
    line = f"{told.entry.number}  {at}  {told.who}  {told.action_label}  {told.subject}"
    return f"{line}  ({told.entry.detail})" if told.entry.detail else line
