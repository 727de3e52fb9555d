"""Pages of moderation: report something, see what was reported, decide."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.concerns import ConcernAbout
from app.domain.errors import InvalidInput, TooManyTries
from app.domain.permissions import Action, allows
from app.services.concerns import deciding, raising
from app.web.concerns.forms import HIDE, ConcernForm, DecisionForm
from app.web.edge import current_actor, page_for

concerns = Blueprint("concerns", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200
TOO_MANY, UNFIT = 429, 422


@concerns.app_template_global()
def may_report() -> bool:
    """Say whether whoever is there may report something."""
    return allows(current_actor(), Action.RAISE_CONCERN)


@concerns.route("/concerns/new", methods=["GET", "POST"])
@page_for(Action.RAISE_CONCERN)
def new() -> Page:
    """Report something to those who moderate."""
    form = ConcernForm(about=request.args.get("about"), thing_id=request.args.get("thing_id"))
    about, thing_id, status = _about(form.about.data), form.thing_id.data or "", 200
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                thing = raising.read_to_raise(session, current_actor(), about, thing_id)
                raising.raise_concern(
                    session, current_actor(), about, thing_id, form.words.data or ""
                )
                path = thing.path
        except (InvalidInput, TooManyTries) as problem:
            form.words.errors = [str(problem)]
            status = UNFIT if isinstance(problem, InvalidInput) else TOO_MANY
        else:
            flash("Thank you. Those who moderate are told and will look at it.", "success")
            return redirect(path)
    with reading() as session:
        thing = raising.read_to_raise(session, current_actor(), about, thing_id)
        page = render_template(
            "concerns/new.html", form=form, thing=thing, what=raising.words_for(about)
        )
    return page, UNFIT if form.errors and status not in (UNFIT, TOO_MANY) else status


@concerns.get("/concerns")
@page_for(Action.MODERATE)
def index() -> str:
    """List what was reported: what waits, oldest first, or what was decided."""
    is_open = request.args.get("stage") != "decided"
    with reading() as session:
        found = deciding.find_concerns(session, current_actor(), is_open=is_open)
        return render_template("concerns/index.html", found=found, is_open=is_open)


@concerns.route("/concerns/<int:concern_id>", methods=["GET", "POST"])
@page_for(Action.MODERATE)
def show(concern_id: int) -> Page:
    """Show what was reported, in its place, and decide about it."""
    form = DecisionForm()
    if form.validate_on_submit() and _decide(form, concern_id):
        return redirect(url_for(".index"))
    with reading() as session:
        seen = deciding.read_concern(session, current_actor(), concern_id)
        page = render_template("concerns/show.html", form=form, seen=seen)
    return page, UNFIT if form.errors else 200


@concerns.post("/concerns/<int:concern_id>/show-again")
@page_for(Action.MODERATE)
def show_again(concern_id: int) -> Response:
    """Show what was hidden."""
    with unit_of_work() as session:
        deciding.show_again(session, current_actor(), concern_id)
    flash("It is shown again. Its writer is told.", "success")
    return redirect(url_for(".show", concern_id=concern_id))


def _decide(form: DecisionForm, concern_id: int) -> bool:
    is_hiding, reason = form.choice.data == HIDE, form.reason.data or ""
    try:
        with unit_of_work() as session:
            if is_hiding:
                everywhere = bool(form.everywhere.data)
                deciding.hide(session, current_actor(), concern_id, reason, everywhere=everywhere)
            else:
                deciding.dismiss(session, current_actor(), concern_id, reason)
    except InvalidInput as problem:
        form.reason.errors = [str(problem)]
        return False
    flash("Hidden. Its writer is told why." if is_hiding else "It stays as it is.", "success")
    return True


def _about(text: str | None) -> ConcernAbout:
    """Return the kind of thing that an address names.

    Raises:
        InvalidInput: there is no such kind.
    """
    try:
        return ConcernAbout(text or "")
    except ValueError:
        raise InvalidInput("Use the “Report” link beside what you wish to report.") from None
