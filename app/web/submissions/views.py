"""Pages of one's work: what there is, where each draft stands, and what is done with it next."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.permissions import Action, allows
from app.domain.resources import Kind
from app.domain.sections import SECTIONS
from app.domain.workflow import AT_SCHOOL, EDITABLE, Step, steps_for
from app.services.moving import read_revision
from app.services.submissions import drafts, standing
from app.services.submissions.check import NotReady, find_gaps
from app.services.submissions.privacy import find_open_risks
from app.web.edge import current_actor, page_for, parts
from app.web.submissions.blueprint import submissions
from app.web.submissions.forms import KINDS, KindForm

Page = str | Response | tuple[str, int]


@submissions.get("/submissions")
@page_for(Action.WRITE_DRAFT)
def index() -> str:
    """List one's work by where it stands, what waits for oneself first."""
    with reading() as session:
        groups = standing.find_mine(session, current_actor())
        return render_template(
            "submissions/index.html", groups=groups, waits_for=standing.WAITS_FOR
        )


@submissions.route("/submissions/new", methods=["GET", "POST"])
@page_for(Action.WRITE_DRAFT)
def new() -> Page:
    """Ask what is to be written, and begin it."""
    form = KindForm()
    if not form.validate_on_submit():
        page = render_template(
            "submissions/new.html",
            form=form,
            kinds=KINDS,
            limit_mb=parts().settings.submission_limit_mb,
        )
        return page, 422 if form.errors else 200
    with unit_of_work() as session:
        revision = drafts.start(session, current_actor(), Kind(form.kind.data))
        return redirect(url_for(".edit", revision_id=revision.id))


@submissions.post("/resources/<address>/edit")
@page_for(Action.WRITE_DRAFT)
def start_from(address: str) -> Response:
    """Begin a new version of a published resource, or go on with the one that is being written."""
    text = request.form.get("number", "")
    number = int(text[:9]) if text.isascii() and text.isdigit() else None
    with unit_of_work() as session:
        revision = drafts.start_from(
            session, current_actor(), address, parts().taxonomy, number=number
        )
        return redirect(url_for(".show", revision_id=revision.id))


@submissions.get("/submissions/<int:revision_id>")
@page_for(Action.READ_DRAFT)
def show(revision_id: int) -> str:
    """Show where a draft stands, what comes next, and what was said about it."""
    return _standing_page(revision_id)


@submissions.post("/submissions/<int:revision_id>/offer")
@page_for(Action.OFFER)
def offer(revision_id: int) -> Page:
    """Hand a draft to the headteacher."""
    try:
        with unit_of_work() as session:
            drafts.offer(session, current_actor(), revision_id)
    except NotReady as problem:
        return _standing_page(revision_id, problem), 422
    flash("It is with your headteacher now, who has been told. You can go on writing.", "success")
    return redirect(url_for(".show", revision_id=revision_id))


@submissions.post("/submissions/<int:revision_id>/submit")
@page_for(Action.SUBMIT)
def submit(revision_id: int) -> Page:
    """Send a draft to review."""
    try:
        with unit_of_work() as session:
            drafts.submit(session, current_actor(), revision_id, parts().taxonomy)
    except NotReady as problem:
        return _standing_page(revision_id, problem), 422
    flash("Submitted. The leads of your region have been told.", "success")
    return redirect(url_for(".show", revision_id=revision_id))


@submissions.route("/submissions/<int:revision_id>/discard", methods=["GET", "POST"])
@page_for(Action.WRITE_DRAFT)
def discard(revision_id: int) -> Page:
    """Ask whether a draft shall be thrown away, and do it."""
    if request.method == "POST":
        with unit_of_work() as session:
            drafts.discard(session, current_actor(), revision_id)
        flash("The draft is thrown away.", "success")
        return redirect(url_for(".index"))
    with reading() as session:
        revision = drafts.read_to_discard(session, current_actor(), revision_id)
        return render_template("submissions/discard.html", revision=revision)


def _standing_page(revision_id: int, problem: NotReady | None = None) -> str:
    actor = current_actor()
    with reading() as session:
        revision = read_revision(session, actor, revision_id)
        steps = steps_for(actor, revision.state, revision)
        is_writable = allows(actor, Action.WRITE_DRAFT, revision)
        return render_template(
            "submissions/show.html",
            revision=revision,
            problem=problem,
            may_offer=Step.OFFER in steps,
            may_submit=bool({Step.SUBMIT, Step.SIGN_OFF}.intersection(steps)),
            may_edit=is_writable and revision.state in EDITABLE,
            may_discard=is_writable
            and actor.id in revision.owner_ids
            and revision.state in AT_SCHOOL
            and revision.submitted_at is None,
            may_review=allows(actor, Action.REVIEW, revision),
            gaps=find_gaps(revision) if revision.state in EDITABLE else (),
            risks=find_open_risks(session, revision) if revision.state in EDITABLE else (),
            waits_for=standing.WAITS_FOR.get(revision.state, ""),
            headings={s.code: s.heading for s in SECTIONS[revision.resource.kind]},
        )
