"""Pages of “I tried this”."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.evidence import Outcome
from app.domain.permissions import Action
from app.services import resources
from app.services.adoptions import evaluations, recording
from app.services.adoptions import reading as tries
from app.services.adoptions.saying import LONGEST_CHANGES, FieldRefused, Told
from app.web.adoptions.forms import OUTCOMES, EvaluationForm, TryForm, try_form
from app.web.edge import current_actor, page_for, parts
from app.web.search.page_numbers import page_asked, page_numbers

adoptions = Blueprint("adoptions", __name__)

Page = str | AnyResponse | tuple[str, int]


@adoptions.app_context_processor
def words() -> dict[str, object]:
    """Give the templates the words for how a try went."""
    return {"OUTCOMES": OUTCOMES, "is_web_address": evaluations.is_web_address}


@adoptions.get("/tries")
@page_for(Action.ADOPT)
def index() -> str:
    """List what one said was tried, and a headteacher's whole school's."""
    with reading() as session:
        found, lines = tries.find_mine(session, current_actor(), _page())
        return render_template(
            "adoptions/index.html",
            found=found,
            lines=lines,
            pages=page_numbers(found.page, found.total, found.per_page),
            page_url=lambda number: url_for("adoptions.index", page=number),
        )


@adoptions.get("/resources/<address>/tries")
@page_for(Action.READ_PUBLIC)
def on_resource(address: str) -> Page:
    """List what every school said of a resource; of one region or one outcome where asked."""
    actor, region = current_actor(), request.args.get("region", "")
    outcome = next((o for o in Outcome if o == request.args.get("outcome")), None)
    region = region if region in parts().taxonomy.codes("regions") else ""
    with reading() as session:
        resource = resources.read(session, actor, address)
        if resource.slug != address:
            return redirect(url_for(".on_resource", address=resource.slug), 301)
        found = tries.find_on_resource(
            session, actor, resource, region=region, outcome=outcome, page=_page()
        )
        asked: dict[str, Any] = {"region": region or None, "outcome": outcome and outcome.value}
        return render_template(
            "adoptions/on_resource_all.html",
            resource=resource,
            revision=resource.published,
            on_resource=tries.read_on_resource(session, actor, resource),
            found=found,
            asked=asked,
            pages=page_numbers(found.page, found.total, found.per_page),
            page_url=lambda number: url_for(
                ".on_resource", address=resource.slug, page=number, **asked
            ),
        )


@adoptions.route("/resources/<address>/tried", methods=["GET", "POST"])
@page_for(Action.ADOPT)
def new(address: str) -> Page:
    """Record that one's school tried a resource."""
    actor, taxonomy = current_actor(), parts().taxonomy
    with _session() as session:
        resource = resources.read(session, actor, address)
        own = resources.terms_of(resource).get("stage", [])
        form = try_form(_stages(own), None, own if len(own) == 1 else ())

        def act(told: Told, agreed: Sequence[str]) -> None:
            recording.adopt(session, actor, taxonomy, resource, told, agreed=agreed)

        if _kept(form, act):
            flash("Thank you. Your school is counted among those who tried it.", "success")
            return redirect(url_for("resources.show", address=resource.slug, _anchor="tried"), 303)
        return _form_page("adoptions/new.html", form, resource, own)


@adoptions.route("/tries/<int:adoption_id>", methods=["GET", "POST"])
@page_for(Action.CHANGE_ADOPTION)
def edit(adoption_id: int) -> Page:
    """Change what was said of a try."""
    actor, taxonomy = current_actor(), parts().taxonomy
    with _session() as session:
        adoption = recording.read_own(session, actor, adoption_id)
        resource = resources.read(session, actor, adoption.resource_id)
        own = resources.terms_of(resource).get("stage", [])
        form = try_form(_stages(own), recording.told_of(adoption), ())

        def act(told: Told, agreed: Sequence[str]) -> None:
            recording.change(session, actor, taxonomy, adoption_id, told, agreed=agreed)

        if _kept(form, act):
            flash("Saved.", "success")
            return redirect(url_for("adoptions.index"), 303)
        return _form_page("adoptions/edit.html", form, resource, own, adoption=adoption)


@adoptions.route("/tries/<int:adoption_id>/delete", methods=["GET", "POST"])
@page_for(Action.CHANGE_ADOPTION)
def delete(adoption_id: int) -> Page:
    """Ask whether a try is to be taken back, and take it back."""
    actor = current_actor()
    with _session() as session:
        if request.method == "POST":
            recording.delete(session, actor, adoption_id)
            flash("Deleted. It counts nowhere any more.", "success")
            return redirect(url_for("adoptions.index"), 303)
        adoption = recording.read_own(session, actor, adoption_id)
        return render_template(
            "adoptions/delete.html", line=tries.as_mine(actor, adoption), adoption=adoption
        )


@adoptions.route("/resources/<address>/evaluations/new", methods=["GET", "POST"])
@page_for(Action.REVIEW)
def evaluate(address: str) -> Page:
    """Record that somebody outside evaluated a practice, with its source."""
    actor, form = current_actor(), EvaluationForm()
    with _session() as session:
        resource = resources.read(session, actor, address)
        evaluations.require_reviewer(actor, resource)

        def act(said: evaluations.Found) -> None:
            evaluations.evaluate(session, actor, resource, said)

        if form.validate_on_submit() and form.tells(act):
            flash("Recorded. It stands on the page of the resource with its source.", "success")
            return redirect(url_for("resources.show", address=resource.slug, _anchor="tried"), 303)
        page = render_template("adoptions/evaluate.html", form=form, resource=resource)
    return page, 422 if form.errors else 200


@adoptions.route(
    "/resources/<address>/evaluations/<int:evaluation_id>/remove", methods=["GET", "POST"]
)
@page_for(Action.REVIEW)
def remove_evaluation(address: str, evaluation_id: int) -> Page:
    """Ask whether an evaluation is to be removed, and remove it."""
    actor = current_actor()
    with _session() as session:
        resource = resources.read(session, actor, address)
        if request.method == "POST":
            evaluations.remove(session, actor, resource, evaluation_id)
            flash("Removed.", "success")
            return redirect(url_for("resources.show", address=resource.slug, _anchor="tried"), 303)
        evaluation = evaluations.read_evaluation(session, actor, resource, evaluation_id)
        return render_template(
            "adoptions/remove_evaluation.html", resource=resource, evaluation=evaluation
        )


def _session() -> AbstractContextManager[Any]:
    """Return a session: one that keeps what is done, only where something is sent."""
    return unit_of_work() if request.method == "POST" else reading()


def _kept(form: TryForm, act: Callable[[Told, Sequence[str]], None]) -> bool:
    """Say whether the form was sent and what it says was kept; if not, it says why."""
    if not form.validate_on_submit():
        return False
    try:
        act(form.told(), form.agreed_to)
    except FieldRefused as problem:
        form.refuse(problem)
        return False
    return True


def _form_page(
    template: str, form: TryForm, resource: Any, own: Sequence[str], **more: object
) -> tuple[str, int]:
    """Draw the form; `own` are the resource's stages, which are offered first."""
    page = render_template(
        template,
        form=form,
        resource=resource,
        revision=resource.published,
        own_stages=len(own),
        longest=LONGEST_CHANGES,
        **more,
    )
    return page, 422 if form.errors else 200


def _stages(own: Sequence[str]) -> list[tuple[str, str]]:
    """Return every stage with its label: the resource's first, then the others in their order."""
    terms = {term.code: term for term in parts().taxonomy.vocabularies["stages"].terms}
    others = [code for code, term in terms.items() if code not in own and not term.is_retired]
    return [(code, terms[code].label) for code in (*own, *others) if code in terms]


def _page() -> int:
    return page_asked(request.args.get("page", ""))
