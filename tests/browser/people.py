"""People of a browser's library: made in its database, signed in as its server signs."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.domain.moments import utc_now
from app.domain.people import Role
from app.domain.resources import Kind
from app.services.accounts import sessions
from app.services.submissions.drafts import start
from config import DEVELOPMENT_SECRET
from tests.builders import a_person, actor_for


class People:
    """Who writes in the library whose database has this URL; all are invented."""

    def __init__(self, url):
        self._engine = create_engine(url)

    def close(self):
        self._engine.dispose()

    def cookie(self, role=Role.TEACHER, name="Ailsa Invented"):
        """Return the session cookie of a new person, and their id."""
        with Session(self._engine) as session:
            person = a_person(session, role, name=name)
            token = sessions.begin(session, person, "A browser", utc_now())
            session.commit()
            return _signed({"_user_id": token, "_fresh": True}), person.id

    def draft(self, person_id, kind=Kind.CASE_STUDY):
        """Return the id of a new draft of this person."""
        from app.models.people import Person

        with Session(self._engine) as session:
            revision = start(session, actor_for(session.get_one(Person, person_id)), kind)
            session.commit()
            return revision.id


def _signed(held):
    app = Flask("signs as the server does")
    app.secret_key = DEVELOPMENT_SECRET
    return SecureCookieSessionInterface().get_signing_serializer(app).dumps(held)
