"""Who is signed in at a browser, as Flask-Login asks it."""

from datetime import timedelta
from typing import cast

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.db import reading, unit_of_work
from app.domain.moments import utc_now
from app.faces.doorstep import parts
from app.services.accounts import sessions
from app.services.accounts.sessions import Known, Limits


class SignedIn(UserMixin):
    """Somebody who is signed in; the secret of their browser is their id to Flask-Login."""

    def __init__(self, token: str, known: Known) -> None:
        self.token = token
        self.actor = known.actor
        self.sign_in_id = known.sign_in_id

    def get_id(self) -> str:
        """Return what the cookie keeps."""
        return self.token


def know_people(app: Flask) -> None:
    """Let Flask-Login find who is signed in."""
    manager = LoginManager()
    # No template asks Flask-Login: a page must be drawn while the database is away too.
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(_find)


def let_in(token: str) -> None:
    """Keep the secret of a sign-in that just began in the browser, and nothing from before it."""
    session.clear()
    with reading() as db:
        known = sessions.recognise(db, token, limits(), utc_now())
    if known is not None:
        login_user(SignedIn(token, known))


def let_out() -> None:
    """Forget the browser; the sign-in itself is ended by the services."""
    logout_user()
    session.clear()


def signed_in_here() -> SignedIn | None:
    """Return who is signed in at the browser that asks."""
    return cast(SignedIn, current_user) if current_user.is_authenticated else None


def limits() -> Limits:
    """Return how long a sign-in lasts, by the settings."""
    settings = parts().settings
    return Limits(
        idle=timedelta(minutes=settings.session_idle_minutes),
        whole=timedelta(hours=settings.session_hours),
    )


def _find(token: str) -> SignedIn | None:
    now = utc_now()
    with reading() as db:
        known = sessions.recognise(db, token, limits(), now)
    if known is None:
        return None
    if known.is_due:
        with unit_of_work() as db:
            sessions.note_seen(db, known.sign_in_id, now)
    return SignedIn(token, known)
