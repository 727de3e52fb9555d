"""flask content: the library as Markdown files, in and out."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library, tell
from app.db import reading, unit_of_work
from app.domain.errors import AlreadyRunning, InvalidInput
from app.domain.people import OPERATOR
from app.faces.doorstep import parts
from app.followers.content import write_out
from app.followers.runner import Followers
from app.services.content.checking import check as find_differences
from app.services.content.load_files import (
    LoadRun,
    Outcome,
    Result,
    begin,
    read_file,
    refusals,
    rules_for,
)
from app.services.content.loading import take_in

content = AppGroup("content", help="The library as Markdown files, in and out.")

MANY = 20  # files, from which a bar shows how far it is


@content.command("load")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--default", "defaults", multiple=True, metavar="KEY=VALUE", help="Where a file says none."
)
@click.option("--body-key", "body_keys", multiple=True, metavar="KEY", help="Its text is the body.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@on_the_library
def load(
    path: Path | None, defaults: tuple[str, ...], body_keys: tuple[str, ...], dry_run: bool
) -> None:
    """Take in a Markdown file or a folder of them; the library's own folder where none is named.

    A file that is new becomes a published resource or collection, a changed one
    a new revision. What cannot be taken is refused alone, and the rest is loaded;
    the exit status is 1 then.
    """
    settings = parts().settings
    rules = rules_for(parts().taxonomy, _pairs(defaults), body_keys, settings.file_limit_mb)
    run = begin(
        path,
        settings.content_dir,
        rules,
        settings.picture_limit_mb,
        settings.attachment_limit_mb,
    )
    outcomes = refusals(run) + (_rehearse(run) if dry_run else list(_load(run)))
    counts = _report(run, outcomes)
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    else:
        _carry()
    if counts[Result.REFUSED]:
        sys.exit(1)


@content.command("write")
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
@on_the_library
def write(path: Path) -> None:
    """Write all that is published into a folder, for all audiences, with its pictures."""
    with reading() as session:
        written = write_out(session, OPERATOR, path, parts().taxonomy)
    for kept in written.kept:
        tell(f"{_shown(kept)}: this holds words that were never loaded: left alone.")
    click.echo(
        f"{written.resources} resources and {written.collections} collections written, "
        f"{written.changed} files changed."
    )
    if written.kept:
        sys.exit(1)


@content.command("check")
@on_the_library
def check() -> None:
    """Hold files, database and taxonomy together, and print the differences."""
    if not Followers(parts()).settle():
        tell("Changes still wait to be carried: is the follower at work? See its log.")
    settings = parts().settings
    rules = rules_for(parts().taxonomy, {}, (), settings.file_limit_mb)
    with reading() as session:
        differences = find_differences(session, OPERATOR, settings.content_dir, rules)
    for line in differences:
        click.echo(line)
    if differences:
        sys.exit(1)
    click.echo("Files, database and taxonomy: all agree.")


def _pairs(defaults: tuple[str, ...]) -> dict[str, str]:
    parted = [text.partition("=") for text in defaults]
    for key, mark, _ in parted:
        if not (key and mark):
            raise InvalidInput(f"--default takes KEY=VALUE, such as region=tayside, not “{key}”.")
    return {key.strip(): value.strip() for key, _, value in parted}


def _load(run: LoadRun) -> Iterator[Outcome]:
    """Take in each file in a transaction of its own, read before the database is locked."""
    with _bar(run) as paths:
        for path in paths:
            file = read_file(path, run.rules)
            with unit_of_work() as session:
                outcome = take_in(session, OPERATOR, run, file)
            yield outcome


def _rehearse(run: LoadRun) -> list[Outcome]:
    """Take in all files in one transaction, and undo it."""
    with unit_of_work() as session, _bar(run) as paths:
        outcomes = [take_in(session, OPERATOR, run, read_file(p, run.rules)) for p in paths]
        session.rollback()
    return outcomes


def _bar(run: LoadRun) -> AbstractContextManager[Iterable[Path]]:
    is_hidden = len(run.tree.files) < MANY or not sys.stderr.isatty()
    return click.progressbar(run.tree.files, label="Loading", file=sys.stderr, hidden=is_hidden)


def _report(run: LoadRun, outcomes: list[Outcome]) -> Counter[Result]:
    for outcome in outcomes:
        for problem in outcome.problems:
            tell(f"{_shown(outcome.path)}:{problem.line}: {problem.sentence}")
    counts = Counter(outcome.result for outcome in outcomes)
    told = ", ".join(f"{counts[result]} {result}" for result in Result)
    click.echo(f"{told}, {run.left_alone} left alone")
    return counts


def _carry() -> None:
    """Let the library be searched at once."""
    try:
        Followers(parts()).carry()
    except AlreadyRunning:
        click.echo("The running server carries the changes to the index within seconds.")


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
