"""Pages of signing in and out: with a password, with a link from a mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, TooManyTries
from app.domain.moments import utc_now
from app.domain.permissions import Action
from app.faces.known_browsers import known_browser, remember_browser
from app.faces.signed_in import let_in, let_out, signed_in_here
from app.formats.signed_links import Purpose, read_link_token
from app.services.accounts import invitations, own_account, sign_in
from app.services.accounts.delays import Caller
from app.services.accounts.demo import PASSWORD
from app.web.account.demo import find_demo_people
from app.web.account.devices import device_of, own_path
from app.web.account.forms import AcceptForm, ForgottenForm, NewPasswordForm, SignInForm
from app.web.account.waiting import waiting_page
from app.web.edge import current_actor, page_for, parts

account = Blueprint("account", __name__)

NO_MATCH = "That e-mail address and password do not fit together"
MAILED = (
    "If there is an account with that e-mail address, a link to choose a new password is on its "
    "way to it. It can be used for an hour."
)
Page = str | Response | tuple[str, int]


@account.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@page_for(Action.SIGN_IN)
def show_sign_in() -> Page:
    """Ask who somebody is, and let them in where they show it."""
    goes_to = own_path(request.args.get("next", ""))
    if current_actor().id is not None:
        return redirect(goes_to)
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.errors else 200)
    try:
        admitted = _admitted(form)
    except TooManyTries as wait:
        form.form_errors = [str(wait)]
        return waiting_page(_sign_in_page(form, 429)[0], wait)
    if admitted is None:
        form.form_errors = [NO_MATCH]
        return _sign_in_page(form, 422)
    let_in(admitted.token)
    answer = redirect(goes_to)
    remember_browser(request, answer, form.email.data or "")
    return answer


def _sign_in_page(form: SignInForm, status: int) -> tuple[str, int]:
    page = render_template(
        "account/sign_in.html",
        form=form,
        demo_people=find_demo_people(),
        demo_password=PASSWORD,
    )
    return page, status


def _admitted(form: SignInForm) -> sign_in.Admitted | None:
    """Look at a password between two short transactions: hashing is slow on purpose."""
    email, password, now = form.email.data or "", form.password.data or "", utc_now()
    caller = Caller(
        email,
        request.remote_addr or "",
        parts().settings.secret_key,
        known_browser=known_browser(request, email),
    )
    with unit_of_work() as session:
        attempt = sign_in.open_attempt(
            session, caller, now, with_samples=not parts().settings.is_production
        )
    is_right = attempt.is_right(password)
    with unit_of_work() as session:
        admitted = (
            sign_in.admit_attempt(session, attempt, password, device_of(request), now)
            if is_right
            else None
        )
        if admitted is None:
            sign_in.refuse(session, attempt)
    return admitted


@account.post("/sign-out")
@page_for(Action.SIGN_IN)
def sign_out() -> Response:
    """End the sign-in of this browser, on the server too."""
    here = signed_in_here()
    if here is not None:
        with unit_of_work() as session:
            sign_in.sign_out(session, here.actor, here.token, utc_now())
    let_out()
    flash("You are signed out.", "success")
    return redirect(url_for("home.index"))


@account.route("/forgotten-password", methods=["GET", "POST"])
@page_for(Action.SIGN_IN)
def forgotten() -> Page:
    """Let a link for a new password be mailed; say the same whether there is an account or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("account/forgotten.html", form=form), status
    secret = parts().settings.secret_key
    caller = Caller(form.email.data or "", request.remote_addr or "", secret, wants="a reset")
    try:
        with unit_of_work() as session:
            own_account.ask_for_reset(session, caller, utc_now())
    except TooManyTries as wait:
        form.form_errors = [str(wait)]
        return waiting_page(render_template("account/forgotten.html", form=form), wait)
    flash(MAILED, "success")
    return redirect(url_for(".sign_in"))


@account.route("/reset/<token>", methods=["GET", "POST"])
@page_for(Action.SIGN_IN)
def reset(token: str) -> Page:
    """Let somebody who came by a link from a mail choose a new password."""
    reset_id = read_link_token(parts().settings.secret_key, Purpose.RESET, token)
    form, now = NewPasswordForm(), utc_now()
    with reading() as session:
        email = own_account.read_usable_reset(session, reset_id, now).person.email
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                admitted = own_account.use_reset(
                    session,
                    own_account.read_usable_reset(session, reset_id, now),
                    password=form.password.data or "",
                    device=device_of(request),
                    now=now,
                )
            return _welcome(admitted, "You have a new password, and are signed in.")
        except InvalidInput as problem:
            form.password.errors = [str(problem)]
    page = render_template("account/reset.html", form=form, email=email)
    return page, 422 if form.errors else 200


@account.route("/invitations/<token>", methods=["GET", "POST"])
@page_for(Action.SIGN_IN)
def invitation(token: str) -> Page:
    """Let somebody who was invited make their account."""
    invitation_id = read_link_token(parts().settings.secret_key, Purpose.INVITATION, token)
    now = utc_now()
    with reading() as session:
        found = invitations.read_usable(session, invitation_id, now)
        form = AcceptForm(name=found.name)
        role, school, email = found.role, found.school, found.email
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                admitted = invitations.accept(
                    session,
                    invitations.read_usable(session, invitation_id, now),
                    name=form.name.data or "",
                    password=form.password.data or "",
                    device=device_of(request),
                    now=now,
                )
            return _welcome(admitted, "Welcome: you have an account now, and are signed in.")
        except InvalidInput as problem:
            form.form_errors = [str(problem)]
    page = render_template(
        "account/invitation.html", form=form, role=role, school=school, email=email
    )
    return page, 422 if form.errors or form.form_errors else 200


def _welcome(admitted: sign_in.Admitted, words: str) -> Response:
    let_in(admitted.token)
    flash(words, "success")
    return redirect(url_for("home.index"))
