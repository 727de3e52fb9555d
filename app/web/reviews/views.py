"""Pages where leads review: the queue, one submission, its decision."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, SearchUnavailable, WrongState
from app.domain.permissions import Action
from app.domain.resources import Kind
from app.domain.rubric import CRITERIA
from app.domain.sections import SECTIONS, Section
from app.domain.workflow import State, Step
from app.services.rendering import render
from app.services.reviews import comments as comments_service
from app.services.reviews import deciding, likeness, queue, reading_up
from app.services.reviews.queue import QueueFilters, Stage
from app.services.submissions.privacy import find_all_risks
from app.web.edge import current_actor, page_for, parts
from app.web.reviews.forms import AnswerForm, CommentForm, DecisionForm, PublishForm
from app.web.reviews.pages import Page, reviews
from app.web.reviews.section_links import headings_of, section_links

LONGEST_NUMBER = 9  # digits
CHANGED_MEANWHILE = 409
SAID = {
    Step.APPROVE: "Approved. It is published when you say so.",
    Step.ASK_FOR_CHANGES: "The writers are asked for changes.",
    Step.DECLINE: "Declined. The writers are told why.",
}


@reviews.get("/reviews")
@page_for(Action.REVIEW)
def index() -> str:
    """List what waits for review in the lead's region."""
    filters = _filters()
    settings = parts().settings
    with reading() as session:
        found = queue.find_waiting(
            session, current_actor(), filters, settings.review_due_days, parts().calendar
        )
        return render_template(
            "reviews/index.html",
            queue=found,
            filters=filters,
            stages=Stage,
            pages=-(-found.total // queue.PER_PAGE),
            link=lambda **changed: url_for(".index", **_as_address(replace(filters, **changed))),
        )


@reviews.get("/reviews/<int:revision_id>")
@page_for(Action.REVIEW)
def show(revision_id: int) -> Page:
    """Show a submission with all that helps to judge it."""
    return _show(revision_id)


@reviews.post("/reviews/<int:revision_id>/decision")
@page_for(Action.REVIEW)
def decide(revision_id: int) -> Page:
    """Approve, ask for changes, or decline."""
    form = DecisionForm()
    if form.validate_on_submit():
        step = Step(form.step.data)
        try:
            with unit_of_work() as session:
                deciding.decide(
                    session,
                    current_actor(),
                    revision_id,
                    step,
                    seen_version=form.version.data,
                    comment=form.comment.data or "",
                    marks=form.marks(),
                )
        except InvalidInput as problem:
            form.form_errors = [str(problem)]
        except WrongState as quicker:
            # What was written stays on the page, beside how it stands now.
            form.form_errors = [str(quicker)]
            return _show(revision_id, decision=form, status=CHANGED_MEANWHILE)
        else:
            flash(SAID[step], "success")
            if step is Step.APPROVE:
                return redirect(url_for(".publish", revision_id=revision_id))
            return redirect(url_for(".index"))
    return _show(revision_id, decision=form)


@reviews.route("/reviews/<int:revision_id>/publish", methods=["GET", "POST"])
@page_for(Action.REVIEW)
def publish(revision_id: int) -> Page:
    """Publish what was approved: now, or on a day to come."""
    form = PublishForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                revision = deciding.publish(session, current_actor(), revision_id, form.moment())
                is_out, slug = revision.state is State.PUBLISHED, revision.resource.slug
        except (InvalidInput, ValueError) as problem:
            form.day.errors = [str(problem)]
        else:
            if is_out:
                flash("Published. In a few seconds everybody finds it.", "success")
                return redirect(url_for("resources.show", address=slug))
            flash("It will be published on its day. Until then nobody else sees it.", "success")
            return redirect(url_for(".show", revision_id=revision_id))
    with reading() as session:
        revision = reading_up.read_approved(session, current_actor(), revision_id)
        page = render_template("reviews/publish.html", form=form, revision=revision)
    return page, 422 if form.errors else 200


@reviews.post("/reviews/<int:revision_id>/unschedule")
@page_for(Action.REVIEW)
def unschedule(revision_id: int) -> Response:
    """Take back the day on which something would be published."""
    with unit_of_work() as session:
        deciding.unschedule(session, current_actor(), revision_id)
    flash("It has no day any more. It stays approved.", "success")
    return redirect(url_for(".show", revision_id=revision_id))


@reviews.post("/reviews/<int:revision_id>/assign")
@page_for(Action.REVIEW)
def assign(revision_id: int) -> Response:
    """Let one of the leads see to a submission, or nobody in particular."""
    with unit_of_work() as session:
        queue.assign(session, current_actor(), revision_id, _person_chosen())
    flash("Noted.", "success")
    return redirect(url_for(".show", revision_id=revision_id))


@reviews.post("/reviews/<int:revision_id>/comments")
@page_for(Action.REVIEW)
def comment(revision_id: int) -> Page:
    """Say something about a section."""
    form = CommentForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                comments_service.comment(
                    session,
                    current_actor(),
                    revision_id,
                    form.words.data or "",
                    section=form.section.data or "",
                    is_blocking=bool(form.is_blocking.data),
                )
        except InvalidInput as problem:
            form.words.errors = [str(problem)]
        else:
            flash("The writers can read your comment now.", "success")
            return redirect(url_for(".show", revision_id=revision_id, _anchor="comments"))
    return _show(revision_id, said=form)


@reviews.post("/reviews/comments/<int:comment_id>/answer")
@page_for(Action.READ_DRAFT)
def answer(comment_id: int) -> Response:
    """Answer a comment, as a writer or as a reviewer."""
    form = AnswerForm()
    if not form.validate_on_submit():
        words = [error for errors in form.errors.values() for error in errors]
        raise InvalidInput(" ".join(words) or "Write your answer.")
    with unit_of_work() as session:
        said = comments_service.answer(session, current_actor(), comment_id, form.words.data or "")
        revision_id = said.revision_id
    flash("Your answer can be read now.", "success")
    return _back(revision_id)


@reviews.post("/reviews/comments/<int:comment_id>/resolve")
@page_for(Action.READ_DRAFT)
def resolve(comment_id: int) -> Response:
    """Mark a comment as done, or as open again."""
    with unit_of_work() as session:
        revision_id = comments_service.resolve(
            session,
            current_actor(),
            comment_id,
            is_resolved=request.form.get("is_resolved") == "yes",
        )
    flash("Noted.", "success")
    return _back(revision_id)


def _back(revision_id: int) -> Response:
    is_writing = request.form.get("back") == "submissions"
    endpoint = "submissions.show" if is_writing else "reviews.show"
    return redirect(url_for(endpoint, revision_id=revision_id, _anchor="comments"))


def _person_chosen() -> int | None:
    """Return whom the form names; None for nobody.

    Raises:
        InvalidInput: it names what is no person's number.
    """
    chosen = request.form.get("person", "")
    if not chosen:
        return None
    number = _number(chosen)
    if number is None:
        raise InvalidInput("Choose somebody from the list.")
    return number


def _show(
    revision_id: int,
    decision: DecisionForm | None = None,
    said: CommentForm | None = None,
    status: int = 422,
) -> Page:
    """Draw a submission; with `status` where a form on it could not be taken."""
    actor, taxonomy = current_actor(), parts().taxonomy
    with reading() as session:
        revision = reading_up.read(session, actor, revision_id)
        sections = SECTIONS[revision.resource.kind]
        if decision is not None and status == CHANGED_MEANWHILE:
            # It is being looked at again, and that is what the next decision is about.
            decision.version.raw_data, decision.version.data = None, revision.version
        rendered = render(revision, lambda name: url_for("resources.picture", name=name))
        comments = comments_service.find_comments(session, actor, revision_id)
        find_like_it = partial(
            likeness.find_near_duplicates, session, actor, taxonomy, parts().search, revision
        )
        page = render_template(
            "reviews/show.html",
            revision=revision,
            html=rendered.html,
            sections=section_links(rendered, revision.resource.kind, [c.section for c in comments]),
            criteria=CRITERIA,
            decision=decision or DecisionForm(formdata=None, version=revision.version),
            headings=headings_of(revision.resource.kind),
            comment_form=_comment_form(said, sections),
            comments=comments,
            may_judge=not queue.has_written(session, actor, revision),
            reviewers=queue.find_reviewers(session, revision),
            differences=reading_up.compare_to_last(session, revision, taxonomy),
            since_judged=reading_up.compare_to_judged(session, revision, taxonomy),
            near_duplicates=_near_duplicates(find_like_it),
            steps=reading_up.steps_of(session, revision),
            kept=[placed for placed in find_all_risks(session, revision) if not placed.is_open],
        )
    wrong = [form for form in (decision, said) if form and (form.errors or form.form_errors)]
    return page, status if wrong else 200


def _comment_form(said: CommentForm | None, sections: tuple[Section, ...]) -> CommentForm:
    form = said or CommentForm(formdata=None)
    form.section.choices = [
        SelectChoice("", "The whole"),
        *(SelectChoice(section.code, section.heading) for section in sections),
    ]
    return form


def _near_duplicates(
    find: Callable[[], list[likeness.NearDuplicate]],
) -> list[likeness.NearDuplicate] | None:
    try:
        return find()
    except SearchUnavailable:
        return None  # the page says that it could not be looked for


def _filters() -> QueueFilters:
    """Read the filters of the address; odd values become the default."""
    asked = request.args
    page, authority = asked.get("page", "1"), asked.get("authority", "")
    return QueueFilters(
        stage=Stage(asked["stage"]) if asked.get("stage") in set(Stage) else Stage.WAITING,
        kind=Kind(asked["kind"]) if asked.get("kind") in set(Kind) else None,
        authority=authority if authority in parts().taxonomy.codes("authorities") else None,
        whose=asked.get("whose", "") if asked.get("whose") in ("mine", "nobody") else "",
        page=_number(page) or 1,
    )


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_one else None


def _as_address(filters: QueueFilters) -> dict[str, Any]:
    plain = QueueFilters()
    return {
        name: value
        for name in ("stage", "kind", "authority", "whose", "page")
        if (value := getattr(filters, name)) != getattr(plain, name)
    }
