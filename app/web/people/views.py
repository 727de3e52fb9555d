"""Pages of people for those who may invite them: who is here, who is invited, a new invitation."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.moments import utc_now
from app.domain.people import BELONGS_TO, MAY_INVITE, Actor
from app.domain.permissions import Action, allows
from app.services.accounts import invitations
from app.services.accounts import people as service
from app.services.accounts.actors import grant_in_force
from app.services.accounts.invitations import Guest
from app.services.accounts.places import find_schools, place_role
from app.web.edge import current_actor, page_for, parts
from app.web.people.forms import GrantForm, InviteForm, Offer, PostForm, filter_from

people = Blueprint("people", __name__)


@people.context_processor
def rights() -> dict[str, bool]:
    """Let the pages know whether to show what only an administrator does."""
    return {"may_keep_accounts": allows(current_actor(), Action.KEEP_ACCOUNTS)}


Page = str | Response | tuple[str, int]


@people.get("/people")
@page_for(Action.INVITE)
def index() -> str:
    """List the people within reach, and the invitations that wait."""
    actor, now = current_actor(), utc_now()
    said = request.args
    asked = filter_from(said.get("q", ""), said.get("role", ""), said.get("page", ""))
    with reading() as session:
        found = service.find(session, actor, asked)
        waiting = invitations.find_open(session, actor, now)
        return render_template(
            "people/index.html",
            found=found,
            asked=asked,
            roles=tuple(BELONGS_TO),
            grants={person.id: grant_in_force(person, now) for person in found.people},
            waiting=waiting,
            names=service.names_of(session, [one.invited_by_id for one in waiting]),
        )


@people.get("/people/<int:person_id>")
@page_for(Action.INVITE)
def show(person_id: int) -> str:
    """Show one person with the roles they have and had."""
    return person_page(person_id)


def person_page(person_id: int, form: GrantForm | None = None) -> str:
    """Draw the page of a person, with the form for another role where one is asked for."""
    with reading() as session:
        person = service.read(session, current_actor(), person_id)
        return render_template(
            "people/show.html",
            person=person,
            grant=grant_in_force(person, utc_now()),
            names=service.names_of(session, [one.granted_by_id for one in person.grants]),
            form=form,
        )


@people.route("/people/invite", methods=["GET", "POST"])
@page_for(Action.INVITE)
def invite() -> Page:
    """Ask whom to invite, and let the invitation be mailed."""
    form, actor = InviteForm(), current_actor()
    fill(form, actor)
    if form.validate_on_submit():
        try:
            _invite(form)
        except InvalidInput as problem:
            form.form_errors = [str(problem)]
        else:
            flash("The invitation is on its way. It can be used for seven days.", "success")
            return redirect(url_for(".index"))
    status = 422 if form.errors or form.form_errors else 200
    return render_template("people/invite.html", form=form), status


def fill(form: PostForm, actor: Actor) -> None:
    """Let a form offer the roles and schools that are within the actor's reach."""
    roles = [role for role in BELONGS_TO if role in MAY_INVITE[actor.role]]
    with reading() as session:
        form.offer(actor, parts().taxonomy, Offer(roles, find_schools(session, actor)))


def _invite(form: InviteForm) -> None:
    actor = current_actor()
    with unit_of_work() as session:
        placed = place_role(session, parts().taxonomy, form.wanted(actor))
        guest = Guest(form.name.data or "", form.email.data or "", placed)
        invitations.invite(session, actor, guest, utc_now())


@people.post("/people/invitations/<int:invitation_id>/revoke")
@page_for(Action.INVITE)
def revoke(invitation_id: int) -> Response:
    """Take an invitation back."""
    with unit_of_work() as session:
        invitations.revoke(session, current_actor(), invitation_id, utc_now())
    flash("The invitation is taken back: its link can be used no more.", "success")
    return redirect(url_for(".index"))
