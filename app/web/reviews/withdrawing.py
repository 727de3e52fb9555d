"""Pages of taking a published resource back, and of giving it back."""

from flask import flash, redirect, render_template, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.domain.workflow import State
from app.services.reviews import withdrawing
from app.web.edge import current_actor, page_for
from app.web.reviews.forms import ReasonForm
from app.web.reviews.pages import Page, reviews


@reviews.route("/resources/<address>/withdraw", methods=["GET", "POST"])
@page_for(Action.WITHDRAW)
def withdraw(address: str) -> Page:
    """Take a published resource out of the library, with a reason that its readers see."""
    return _with_reason(address, is_restoring=False)


@reviews.route("/resources/<address>/restore", methods=["GET", "POST"])
@page_for(Action.WITHDRAW)
def restore(address: str) -> Page:
    """Give a withdrawn resource back to its readers."""
    return _with_reason(address, is_restoring=True)


def _with_reason(address: str, *, is_restoring: bool) -> Page:
    form, actor = ReasonForm(), current_actor()
    act = withdrawing.restore if is_restoring else withdrawing.withdraw
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                act(session, actor, address, form.reason.data or "")
        except InvalidInput as problem:
            form.reason.errors = [str(problem)]
        else:
            flash("It is in the library again." if is_restoring else "Withdrawn.", "success")
            return redirect(url_for("versions.index", address=address))
    with reading() as session:
        wanted = State.WITHDRAWN if is_restoring else State.PUBLISHED
        revision = withdrawing.read_to_act_on(session, actor, address, wanted)
        page = render_template(
            "reviews/with_reason.html", form=form, revision=revision, is_restoring=is_restoring
        )
    return page, 422 if form.errors else 200
