"""flask schools: the schools that people and resources belong to."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading, unit_of_work
from app.domain.people import OPERATOR
from app.faces.doorstep import parts
from app.services.accounts import schools as service

schools = AppGroup("schools", help="The schools that people and resources belong to.")


@schools.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@on_the_library
def load(file: Path) -> None:
    """Take in schools from a CSV file: name, authority, sector, context, roll.

    A line that cannot be taken is told with its number, and the others are
    taken; the exit status is 1 then. The same file twice is harmless.
    """
    data = file.read_bytes()
    with unit_of_work() as session:
        loaded = service.load(session, OPERATOR, parts().taxonomy, data)
    for line, sentence in loaded.problems:
        tell(f"{file}:{line}: {sentence}")
    click.echo(
        f"{loaded.new} new, {loaded.changed} changed, {loaded.unchanged} unchanged, "
        f"{len(loaded.problems)} refused; {loaded.resources} versions of resources now known "
        "to be a school’s"
    )
    if loaded.problems:
        sys.exit(1)


@schools.command("list")
@click.argument("words", default="")
@on_the_library
def list_schools(words: str) -> None:
    """List the schools, or those whose name holds the words."""
    with reading() as session:
        for school in service.find(session, OPERATOR, words, most=None):
            told = (school.name, school.authority, school.sector, school.context, school.roll)
            click.echo("\t".join(str(value or "-") for value in told))
