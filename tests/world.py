"""A small world, made once: people of every role, and things at every distance from them."""

from contextlib import contextmanager
from dataclasses import dataclass

from flask.testing import FlaskClient

from app import db
from app.domain.people import Role
from tests.builders import (
    a_person,
)
from tests.world_making import Making
from tests.world_things import Asker, Thing


@dataclass(frozen=True)
class World:
    """Everybody and everything, with a client that leaves no trace."""

    app: object
    connection: object
    askers: tuple[Asker, ...]
    drafts: tuple[Thing, ...]
    resources: tuple[Thing, ...]
    adoptions: tuple[Thing, ...]
    tags: tuple[Thing, ...]
    tag_changes: tuple[Thing, ...]
    collections: tuple[Thing, ...]
    people: tuple[Thing, ...]  # each with an invitation to their place
    rows: Thing  # of somebody else's account
    csrf: str

    def ask(self, method, path, *, headers, data=None, json=None):
        """Ask as one browser or program; what it changed is undone."""
        client = FlaskClient(self.app, self.app.response_class, use_cookies=False)
        undone = self.connection.begin_nested()
        try:
            if method != "GET" and json is None:
                data = {"csrf_token": self.csrf, **(data or {})}
            return client.open(
                path, method=method, headers=headers, data=data, json=json, buffered=True
            )
        finally:
            undone.rollback()


@contextmanager
def a_world(app, engine):
    """Make the world inside a transaction that is rolled back at the end."""
    with engine.connect() as connection:
        outer = connection.begin()
        db.new_session.configure(bind=connection, join_transaction_mode="create_savepoint")
        with db.new_session() as session:
            made = Making(app, session)
            world = World(
                app=app,
                connection=connection,
                askers=tuple(made.asker(role) for role in Role),
                drafts=made.drafts(),
                resources=made.resources(),
                adoptions=made.adoptions(),
                tags=made.tags(),
                tag_changes=made.tag_changes(),
                collections=made.collections(),
                people=made.people(),
                rows=made.rows(a_person(session, Role.TEACHER, name="Somebody else")),
                csrf=made.csrf,
            )
            session.commit()
        yield world
        outer.rollback()
