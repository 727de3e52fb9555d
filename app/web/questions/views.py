"""Pages of questions on a resource: asked, answered, accepted, and those that wait."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, TooManyTries
from app.domain.permissions import Action
from app.services.questions import asking
from app.services.questions import reading as reading_service
from app.web.edge import current_actor, page_for, parts
from app.web.questions.forms import AnswerForm, QuestionForm

questions = Blueprint("questions", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200


@questions.get("/questions")
@page_for(Action.ANSWER)
def index() -> str:
    """List the questions that wait for an answer, oldest first, and one's own."""
    settings = parts().settings
    with reading() as session:
        waiting = reading_service.find_waiting(
            session, current_actor(), settings.question_due_days, parts().calendar
        )
        return render_template("questions/index.html", waiting=waiting)


@questions.get("/resources/<address>/questions")
@page_for(Action.READ_PUBLIC)
def on_resource(address: str) -> str | Response:
    """Show every question on a resource, with its answers."""
    with reading() as session:
        found = reading_service.find_all(session, current_actor(), address)
        if found.resource.slug != address:
            return redirect(url_for(".on_resource", address=found.resource.slug), 301)
        return render_template("questions/all.html", found=found)


@questions.route("/resources/<address>/ask", methods=["GET", "POST"])
@page_for(Action.ASK)
def new(address: str) -> Page:
    """Ask about a resource."""
    form = QuestionForm(section=request.args.get("section", ""))
    path = _ask(form, address) if form.validate_on_submit() else ""
    if path:
        flash("Your question is asked. You are told when it is answered.", "success")
        return redirect(path)
    with reading() as session:
        resource, revision = asking.read_to_ask(session, current_actor(), address)
        form.offer(asking.sections_of(revision))
        page = render_template(
            "questions/new.html", form=form, resource=resource, revision=revision
        )
    return page, form.answer_status()


@questions.route("/questions/<int:question_id>/answer", methods=["GET", "POST"])
@page_for(Action.ANSWER)
def answer(question_id: int) -> Page:
    """Answer a question."""
    form = AnswerForm()
    path = _answer(form, question_id) if form.validate_on_submit() else ""
    if path:
        flash("Your answer can be read now. Who asked is told.", "success")
        return redirect(path)
    with reading() as session:
        question, revision = asking.read_to_answer(session, current_actor(), question_id)
        page = render_template(
            "questions/answer.html",
            form=form,
            question=question,
            revision=revision,
            heading=asking.sections_of(revision).get(question.section, ""),
        )
    return page, form.answer_status()


@questions.post("/questions/answers/<int:answer_id>/accept")
@page_for(Action.ASK)
def accept(answer_id: int) -> Response:
    """Say that an answer helped, or take that back."""
    is_accepted = request.form.get("is_accepted") != "no"
    with unit_of_work() as session:
        question = asking.accept(session, current_actor(), answer_id, is_accepted=is_accepted)
        path = asking.path_of(question.resource, question)
    flash("Noted: this answer helped." if is_accepted else "Noted.", "success")
    return redirect(path)


def _ask(form: QuestionForm, address: str) -> str:
    """Return the path of the question that was asked; empty where it was refused."""
    try:
        with unit_of_work() as session:
            asked = asking.ask(
                session, current_actor(), address, form.said(), form.section.data or ""
            )
            return asking.path_of(asked.resource, asked)
    except (InvalidInput, TooManyTries) as problem:
        form.refuse(problem)
        return ""


def _answer(form: AnswerForm, question_id: int) -> str:
    """Return the path of the question that was answered; empty where it was refused."""
    try:
        with unit_of_work() as session:
            given = asking.answer(session, current_actor(), question_id, form.said())
            return asking.path_of(given.question.resource, given.question)
    except (InvalidInput, TooManyTries) as problem:
        form.refuse(problem)
        return ""
