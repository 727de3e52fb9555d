"""The edge of every command: the database is ready, and what goes wrong is one sentence."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from app.domain.errors import ServiceError
from app.faces.doorstep import parts
from app.schema import make_ready


def tell(sentence: str) -> None:
    """Say something on standard error, where it does not mix with what was asked for."""
    click.echo(sentence, err=True)


def in_one_sentence(work: Callable[..., Any]) -> Callable[..., Any]:
    """End with a sentence and exit status 1 where the product or the disk says no."""

    @wraps(work)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return work(*args, **kwargs)
        except ServiceError as error:
            tell(str(error))
        except OSError as error:
            tell(f"{error.filename or 'The disk'}: {error.strerror or error}.")
        sys.exit(1)

    return wrapped


def on_the_library(work: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command on a database that is ready, an empty one migrated; fail in one sentence."""

    @wraps(work)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        make_ready(parts().settings.database_url)
        return work(*args, **kwargs)

    return in_one_sentence(wrapped)
