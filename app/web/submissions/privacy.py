"""The page of the pupil-privacy gate: each finding in its place, to be changed or answered."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.services.moving import read_revision
from app.services.submissions import privacy as service
from app.services.submissions.changing import may_write
from app.web.edge import current_actor, page_for
from app.web.submissions.doors import submission_files


@submission_files.get("/<int:revision_id>/privacy")
@page_for(Action.READ_DRAFT)
def privacy(revision_id: int) -> str:
    """Show what may point to a pupil, and what was answered."""
    return _page(revision_id)


@submission_files.post("/<int:revision_id>/privacy/replace")
@page_for(Action.WRITE_DRAFT)
def replace_words(revision_id: int) -> AnyResponse | tuple[str, int]:
    """Put other words in the place of a finding."""
    try:
        with unit_of_work() as session:
            service.replace_risk(
                *(session, current_actor(), revision_id),
                request.form.get("version", 0, type=int),
                request.form.get("fingerprint", ""),
                words=request.form.get("words", ""),
            )
    except InvalidInput as refusal:
        return _page(revision_id, str(refusal)), 422
    flash("The words are changed in the draft.", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/privacy/answer")
@page_for(Action.WRITE_DRAFT)
def keep_words(revision_id: int) -> AnyResponse | tuple[str, int]:
    """Keep why a finding may stand; the reviewer reads it."""
    try:
        with unit_of_work() as session:
            service.answer_risk(
                *(session, current_actor(), revision_id),
                request.form.get("fingerprint", ""),
                request.form.get("reason", ""),
            )
    except InvalidInput as refusal:
        return _page(revision_id, str(refusal)), 422
    flash("Your reason is kept. The reviewer will read it.", "success")
    return _back(revision_id)


@submission_files.post("/<int:revision_id>/privacy/withdraw")
@page_for(Action.WRITE_DRAFT)
def ask_again(revision_id: int) -> AnyResponse:
    """Take an answer back."""
    with unit_of_work() as session:
        service.withdraw_answer(
            session, current_actor(), revision_id, request.form.get("fingerprint", "")
        )
    flash("Your reason is taken back.", "success")
    return _back(revision_id)


def _back(revision_id: int) -> AnyResponse:
    return redirect(url_for(".privacy", revision_id=revision_id))


def _page(revision_id: int, problem: str = "") -> str:
    with reading() as session:
        actor = current_actor()
        revision = read_revision(session, actor, revision_id)
        found = service.find_all_risks(session, revision)
        return render_template(
            "submissions/privacy.html",
            revision=revision,
            waiting=[placed for placed in found if placed.is_open],
            answered=[placed for placed in found if not placed.is_open],
            may_write=may_write(actor, revision),
            sent=request.form,
            problem=problem,
        )
