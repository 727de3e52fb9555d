"""flask commands: the operator's door."""

from flask import Flask

from app.cli.audit import audit
from app.cli.content import content
from app.cli.db import db
from app.cli.index import index
from app.cli.mail import mail
from app.cli.reviews import reviews
from app.cli.search import search


def register_commands(app: Flask) -> None:
    """Give the app every group of commands."""
    for group in (audit, content, db, index, mail, reviews, search):
        app.cli.add_command(group)
