"""Invented people to sign in as with one press: in development only."""

from typing import NamedTuple

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.moments import utc_now
from app.domain.permissions import Action
from app.faces.signed_in import let_in
from app.services.accounts import demo as service
from app.web.account.devices import device_of, own_path
from app.web.edge import page_for, parts

# Hung on the app only in development: in production there is no such address.
demo = Blueprint("demo", __name__)


class Offered(NamedTuple):
    """An invented person on the page where one signs in."""

    name: str
    email: str


@demo.post("/sign-in/demo")
@page_for(Action.SIGN_IN)
def sign_in() -> Response:
    """Let somebody in as the invented person whose button they pressed."""
    with unit_of_work() as session:
        email = request.form.get("email", "")
        admitted = service.sign_in(session, email, device_of(request), utc_now())
    if admitted is None:
        return redirect(url_for("account.sign_in"))
    let_in(admitted.token)
    return redirect(own_path(request.args.get("next", "")))


def find_demo_people() -> list[Offered]:
    """Return whom to offer beside the sign-in form; nobody in production."""
    if parts().settings.is_production:
        return []
    with reading() as session:
        return [Offered(p.name, p.email) for p in service.find_people(session, utc_now())]
