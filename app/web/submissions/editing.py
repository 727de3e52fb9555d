"""Pages where a draft is written: the guided form, its savings, its preview."""

from collections.abc import Mapping, Sequence

from flask import Response as JsonResponse
from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.facets import TERM_LISTS
from app.domain.merging import Clash, Value
from app.domain.moments import SCOTLAND, utc_now
from app.domain.permissions import Action
from app.domain.resources import SUMMARY_LIMIT_WORDS, Kind
from app.domain.sections import SECTIONS
from app.domain.workflow import State
from app.services.moving import read_revision
from app.services.submissions import previewing, saving
from app.services.submissions.draft_fields import Values, fields_of
from app.services.submissions.suggesting import Suggester, Suggestions
from app.services.submissions.tidying import FieldsRefused
from app.web.edge import current_actor, page_for, parts
from app.web.submissions.blueprint import submissions
from app.web.submissions.forms import add_authority, draft_form, fields_sent
from app.web.submissions.kept_words import keep_words

Page = str | Response | tuple[str, int]


@submissions.get("/submissions/<int:revision_id>/edit")
@page_for(Action.WRITE_DRAFT)
def edit(revision_id: int) -> Page:
    """Show the guided form of a draft."""
    with reading() as session:
        revision = saving.read_editable(session, current_actor(), revision_id)
        suggested = _suggester().suggest(session, revision)
        return _form_page(revision, fields_of(revision), suggested)


@submissions.post("/submissions/<int:revision_id>/edit")
@keep_words
@page_for(Action.WRITE_DRAFT)
def update(revision_id: int) -> Page:
    """Save what the form says; where somebody else changed the same, show both."""
    with unit_of_work() as session:
        revision = saving.hold_editable(session, current_actor(), revision_id)
        sent = _sent(revision)
        try:
            saved = saving.save(
                session,
                current_actor(),
                revision_id,
                _version_sent(),
                sent,
                taxonomy=parts().taxonomy,
            )
        except FieldsRefused as refused:
            values = {**fields_of(revision), **sent}
            suggested = _suggester().suggest(session, revision)
            page = _form_page(
                revision, values, suggested, problems=refused.problems, version=_version_sent()
            )
            return page, 422
        if saved.clashes:
            suggested = _suggester().suggest(session, revision)
            return _form_page(revision, saved.values, suggested, clashed=saved), 409
        _say_saved(saved)
        if request.form.get("go") == "show":
            return redirect(url_for(".show", revision_id=revision_id))
        return redirect(url_for(".edit", revision_id=revision_id))


@submissions.post("/submissions/<int:revision_id>/save")
@page_for(Action.WRITE_DRAFT)
def save(revision_id: int) -> JsonResponse:
    """Save for the form's script, and tell it what became of that."""
    with unit_of_work() as session:
        revision = saving.hold_editable(session, current_actor(), revision_id)
        try:
            saved = saving.save(
                session,
                current_actor(),
                revision_id,
                _version_sent(),
                _sent(revision),
                taxonomy=parts().taxonomy,
            )
        except FieldsRefused as refused:
            return _json({"problems": dict(refused.problems)}, 422)
        if saved.clashes:
            fields = [clash.field for clash in saved.clashes]
            return _json({"clashes": fields, "by": saved.merged_from}, 409)
        taken = {name: saved.values[name] for name in saved.taken_over}
        return _json(
            {
                "version": revision.version,
                "saved_at": f"{utc_now().astimezone(SCOTLAND):%H:%M}",
                "by": saved.merged_from,
                "values": taken,
            },
            200,
        )


@submissions.route("/submissions/<int:revision_id>/preview", methods=["GET", "POST"])
@page_for(Action.WRITE_DRAFT)
def preview(revision_id: int) -> Page:
    """Show a draft as it will be read, with what is typed and not saved yet."""
    with reading() as session:
        revision = read_revision(session, current_actor(), revision_id)
        sent = _sent(revision) if request.method == "POST" else {}
        shown = previewing.preview(
            session,
            current_actor(),
            revision_id,
            sent,
            taxonomy=parts().taxonomy,
            picture_url=lambda name: url_for("resources.picture", name=name),
        )
        return render_template("submissions/preview.html", preview=shown, revision=revision)


def _sent(revision: saving.Draft) -> dict[str, Value]:
    return fields_sent(revision.resource.kind, tuple(tag.tag for tag in revision.tags))


def _version_sent() -> int:
    """Return the version that the form was opened with; 0, which none is, where it has none."""
    text = request.form.get("version", "")
    return int(text[:9]) if text.isascii() and text.isdigit() else 0


def _form_page(
    revision: saving.Draft,
    values: Values,
    suggested: Suggestions,
    *,
    problems: Mapping[str, str] | None = None,
    clashed: saving.Saved | None = None,
    version: int | None = None,
) -> str:
    """Draw the form with these values; with problems or clashes they stand at their fields."""
    taxonomy, kind = parts().taxonomy, revision.resource.kind
    form = draft_form(kind, taxonomy, values)
    if revision.school_id is None:
        form = add_authority(form, taxonomy, revision.region, values["authority"])
    clashes = {clash.field: clash for clash in clashed.clashes} if clashed else {}
    others = _listed(clashed.merged_from) if clashed else ""
    for field in form:
        if problems and field.name in problems:
            field.errors = [problems[field.name]]
        elif field.name in clashes:
            field.errors = [f"“{field.label.text}” was changed by {others} too: choose"]
    return render_template(
        "submissions/edit.html",
        form=form,
        revision=revision,
        version=revision.version if version is None else version,
        sections=SECTIONS[kind],
        facets_shown=[facet for facet in TERM_LISTS if facet.name in form],
        suggested=suggested,
        theirs={name: _in_words(clash) for name, clash in clashes.items()},
        others=others,
        is_case_study=kind is Kind.CASE_STUDY,
        summary_limit=SUMMARY_LIMIT_WORDS,
        has_changes_wanted=revision.state is State.CHANGES_WANTED,
    )


def _suggester() -> Suggester:
    held, taxonomy = current_app.extensions, parts().taxonomy
    suggester: Suggester | None = held.get("suggester")
    if suggester is None or suggester.taxonomy is not taxonomy:
        # Made ready once, for the first who writes: two at once would only make the same twice.
        suggester = held["suggester"] = Suggester(taxonomy)
    return suggester


def _in_words(clash: Clash) -> str:
    return clash.theirs if isinstance(clash.theirs, str) else ", ".join(clash.theirs or ())


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) or "somebody else"


def _say_saved(saved: saving.Saved) -> None:
    words = "Saved."
    if saved.merged_from and saved.taken_over:
        words = f"Saved, together with what {_listed(saved.merged_from)} changed meanwhile."
    flash(words, "success")


def _json(said: Mapping[str, object], status: int) -> JsonResponse:
    answer = jsonify(said)
    answer.status_code = status
    return answer
