"""Pages of building on a resource, and of how it differs from what it was built on."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.services.lineages import building
from app.services.lineages import reading as reading_service
from app.web.edge import current_actor, page_for, parts

lineages = Blueprint("lineages", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200
UNFIT = 422


class BuildForm(FlaskForm):
    """A form of one button."""


@lineages.route("/resources/<address>/build-on", methods=["GET", "POST"])
@page_for(Action.WRITE_DRAFT)
def new(address: str) -> Page:
    """Say what building on a resource means, and begin the draft."""
    form, status = BuildForm(), 200
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                revision = building.build_on(session, current_actor(), parts().taxonomy, address)
                revision_id = revision.id
        except InvalidInput:
            status = UNFIT  # the page says why
        else:
            flash("This is your own draft now. Make it say what you did.", "success")
            return redirect(url_for("submissions.edit", revision_id=revision_id))
    with reading() as session:
        planned = building.plan(session, current_actor(), address)
        page = render_template("lineages/new.html", planned=planned)
    return page, status


@lineages.get("/resources/<address>/compare-with-parent")
@page_for(Action.READ_PUBLIC)
def compare(address: str) -> str:
    """Show a resource beside what it was built on."""
    with reading() as session:
        beside = reading_service.compare_with_parent(
            session, current_actor(), parts().taxonomy, address
        )
        return render_template("lineages/compare.html", beside=beside, is_draft=False)


@lineages.get("/submissions/<int:revision_id>/compare-with-parent")
@page_for(Action.READ_DRAFT)
def compare_draft(revision_id: int) -> str:
    """Show a draft beside what it was built on, to those who write and judge it."""
    with reading() as session:
        beside = reading_service.compare_draft_with_parent(
            session, current_actor(), parts().taxonomy, revision_id
        )
        return render_template("lineages/compare.html", beside=beside, is_draft=True)
