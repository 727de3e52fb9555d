"""Pages of one's own account: who I am here, my password, the browsers I use."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, TooManyTries
from app.domain.moments import utc_now
from app.domain.permissions import Action, allows
from app.faces.signed_in import let_in, let_out, limits, signed_in_here
from app.services.accounts import own_account
from app.services.accounts.actors import grant_in_force
from app.services.accounts.delays import Caller
from app.services.accounts.people import names_of
from app.services.accounts.sign_in import Admitted, open_attempt
from app.web.account.devices import device_of
from app.web.account.forms import ChangePasswordForm
from app.web.account.views import Page, account
from app.web.account.waiting import waiting_page
from app.web.edge import current_actor, page_for, parts
from app.web.sight import sight_of_drafts

__all__ = ["account"]


@account.get("/account")
@page_for(Action.HAVE_ACCOUNT)
def show() -> str:
    """Show who somebody is here, and what they may do with it."""
    with reading() as session:
        person = own_account.read_self(session, current_actor())
        granted = grant_in_force(person, utc_now())
        may_write = allows(current_actor(), Action.WRITE_DRAFT)
        granter_id = granted.granted_by_id if granted else None
        granted_by = names_of(session, [granter_id]).get(granter_id, "somebody")
        return render_template(
            "account/show.html",
            person=person,
            grant=granted,
            granted_by=granted_by,
            sight=sight_of_drafts(granted) if may_write else (),
        )


@account.route("/account/password", methods=["GET", "POST"])
@page_for(Action.HAVE_ACCOUNT)
def password() -> Page:
    """Let somebody choose a new password; their other browsers are signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            admitted = _changed(form)
        except TooManyTries as wait:
            form.form_errors = [str(wait)]
            return waiting_page(_password_page(form), wait)
        except InvalidInput as problem:
            form.password.errors = [str(problem)]
        else:
            if admitted is not None:
                let_in(admitted.token)
                flash("You have a new password. Your other browsers are signed out.", "success")
                return redirect(url_for(".show"))
            form.old.errors = ["That is not your present password"]
    return _password_page(form), 422 if form.errors else 200


def _password_page(form: ChangePasswordForm) -> str:
    with reading() as session:
        email = own_account.read_self(session, current_actor()).email
    return render_template("account/password.html", form=form, email=email)


def _changed(form: ChangePasswordForm) -> Admitted | None:
    """Try the present password as at the door, counted too; None where it is wrong."""
    now = utc_now()
    with unit_of_work() as session:
        person = own_account.read_self(session, current_actor())
        caller = Caller(person.email, "", parts().settings.secret_key, str(person.id), "change")
        attempt = open_attempt(session, caller, now, with_samples=True)
    if not attempt.is_right(form.old.data or ""):
        return None
    with unit_of_work() as session:
        return own_account.change_password(
            session, attempt, new=form.password.data or "", device=device_of(request), now=now
        )


@account.get("/account/devices")
@page_for(Action.HAVE_ACCOUNT)
def devices() -> str:
    """List the browsers in which somebody is signed in."""
    here = signed_in_here()
    with reading() as session:
        found = own_account.find_sign_ins(session, current_actor(), limits(), utc_now())
        return render_template(
            "account/devices.html", sign_ins=found, here_id=here.sign_in_id if here else None
        )


@account.post("/account/devices/<int:sign_in_id>/end")
@page_for(Action.HAVE_ACCOUNT)
def end_device(sign_in_id: int) -> Response:
    """Sign one browser out."""
    with unit_of_work() as session:
        own_account.end_sign_in(session, current_actor(), sign_in_id, utc_now())
    flash("That browser is signed out.", "success")
    return redirect(url_for(".devices"))


@account.post("/account/devices/end-all")
@page_for(Action.HAVE_ACCOUNT)
def end_all_devices() -> Response:
    """Sign out everywhere, here too."""
    with unit_of_work() as session:
        own_account.end_other_sign_ins(session, current_actor(), None, utc_now())
    let_out()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for(".sign_in"))
