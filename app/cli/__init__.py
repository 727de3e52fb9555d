"""flask commands: the operator's door."""

from flask import Flask

from app.cli.accounts import accounts
from app.cli.audit import audit
from app.cli.content import content
from app.cli.db import db
from app.cli.demo import demo
from app.cli.follows import follows
from app.cli.index import index
from app.cli.mail import mail
from app.cli.reviews import reviews
from app.cli.schools import schools
from app.cli.search import search
from app.cli.submissions import submissions

GROUPS = (
    accounts,
    audit,
    content,
    db,
    demo,
    follows,
    index,
    mail,
    reviews,
    schools,
    search,
    submissions,
)


def register_commands(app: Flask) -> None:
    """Give the app every group of commands."""
    for group in GROUPS:
        app.cli.add_command(group)
