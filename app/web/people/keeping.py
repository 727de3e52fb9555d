"""What an administrator does about people: roles, accounts shut and opened; and the schools."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.moments import utc_now
from app.domain.permissions import Action
from app.services.accounts import people as service
from app.services.accounts import schools as school_service
from app.services.accounts.places import place_role
from app.web.edge import current_actor, page_for, parts
from app.web.people.forms import GrantForm
from app.web.people.views import Page, fill, people, person_page

__all__ = ["people"]

Deed = Callable[..., None]  # of a session, an actor, whom it is about, and when


@people.route("/people/<int:person_id>/role", methods=["GET", "POST"])
@page_for(Action.KEEP_ACCOUNTS)
def grant(person_id: int) -> Page:
    """Ask which role to give a person, and give it."""
    form, actor = GrantForm(), current_actor()
    fill(form, actor)
    if form.validate_on_submit():
        try:
            _grant(form, person_id)
        except InvalidInput as problem:
            form.form_errors = [str(problem)]
        else:
            flash("The role is given. They sign in again to use it.", "success")
            return redirect(url_for(".show", person_id=person_id))
    return person_page(person_id, form), 422 if form.errors or form.form_errors else 200


def _grant(form: GrantForm, person_id: int) -> None:
    actor, now = current_actor(), utc_now()
    with unit_of_work() as session:
        placed = place_role(session, parts().taxonomy, form.wanted(actor))
        service.grant(session, actor, person_id, placed, now=now, ends_at=form.ends_at)


@people.post("/people/<int:person_id>/role/end")
@page_for(Action.KEEP_ACCOUNTS)
def end_role(person_id: int) -> Response:
    """Take a person's role back."""
    return _done(service.end_role, person_id, "The role has ended.")


@people.post("/people/<int:person_id>/disable")
@page_for(Action.KEEP_ACCOUNTS)
def disable(person_id: int) -> Response:
    """Shut a person's account."""
    return _done(service.disable, person_id, "The account is shut: nobody signs in with it.")


@people.post("/people/<int:person_id>/enable")
@page_for(Action.KEEP_ACCOUNTS)
def enable(person_id: int) -> Response:
    """Open a person's account again."""
    return _done(service.enable, person_id, "The account is open again.")


def _done(deed: Deed, person_id: int, words: str) -> Response:
    with unit_of_work() as session:
        deed(session, current_actor(), person_id, utc_now())
    flash(words, "success")
    return redirect(url_for("people.show", person_id=person_id))


@people.get("/schools")
@page_for(Action.KEEP_ACCOUNTS)
def schools() -> str:
    """List the schools that the library knows."""
    words = request.args.get("q", "")
    with reading() as session:
        found = school_service.find(session, current_actor(), words)
        return render_template("people/schools.html", schools=found, words=words)
