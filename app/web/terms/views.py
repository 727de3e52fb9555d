"""Pages where administrators edit the vocabularies: look, write, see what it comes to, save."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, WrongState
from app.domain.permissions import Action
from app.domain.taxonomy import Term, Vocabulary
from app.domain.terms import FIXED_VOCABULARIES, TermChanged, WrongTerm, find_problems, version_of
from app.formats.vocabulary_turns import why_not_writable
from app.services.terms import changing as service
from app.services.terms import reading as look
from app.web.edge import current_actor, page_for, parts
from app.web.search.page_numbers import page_numbers
from app.web.terms.forms import TermForm
from app.web.terms.words import rows_of

terms = Blueprint("terms", __name__)

Page = str | Response | tuple[str, int]
CHANGED_MEANWHILE = 409
LONGEST_PAGE = 5  # digits
NOT_CARRIED = ("csrf_token", "do")
SAVED = "Saved. Everybody meets the new words within a few seconds."


@terms.get("/terms")
@page_for(Action.KEEP_TERMS)
def index() -> str:
    """List the vocabularies."""
    found = look.find_vocabularies(current_actor(), parts().taxonomy)
    return render_template("terms/index.html", found=found, **_state())


@terms.get("/terms/<vocabulary>")
@page_for(Action.KEEP_TERMS)
def show(vocabulary: str) -> str:
    """Show the terms of a vocabulary, retired ones too, with what is filed under each."""
    held = look.read_vocabulary(current_actor(), parts().taxonomy, vocabulary)
    with reading() as session:
        counts = look.count_by_term(session, current_actor(), held)
    groups = {group.code: group.label for group in held.groups}
    return render_template(
        "terms/show.html",
        vocabulary=held,
        counts=counts,
        groups=groups,
        is_fixed=held.name in FIXED_VOCABULARIES,
        **_state(),
    )


@terms.route("/terms/<vocabulary>/new", methods=["GET", "POST"])
@page_for(Action.KEEP_TERMS)
def new(vocabulary: str) -> Page:
    """Add a term: write it, see what it comes to, save it."""
    held = look.read_vocabulary(current_actor(), parts().taxonomy, vocabulary)
    if held.name in FIXED_VOCABULARIES:
        flash("The library’s own rules name these terms: none can be added.", "warning")
        return redirect(url_for(".show", vocabulary=vocabulary))
    return _write(held, None)


@terms.route("/terms/<vocabulary>/<code>/edit", methods=["GET", "POST"])
@page_for(Action.KEEP_TERMS)
def edit(vocabulary: str, code: str) -> Page:
    """Change a term: write it, see what it comes to, save it."""
    return _write(*look.read_term(current_actor(), parts().taxonomy, vocabulary, code))


@terms.get("/terms/changes")
@page_for(Action.KEEP_TERMS)
def changes() -> str:
    """List what was changed, newest first."""
    asked = request.args.get("page", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_PAGE
    with reading() as session:
        taxonomy = parts().taxonomy
        page = int(asked) if is_number else 1
        found = look.find_changes(session, current_actor(), taxonomy, page)
        return render_template(
            "terms/changes.html",
            found=found,
            rows=_rows_of_change,
            pages=page_numbers(found.page, found.total, look.PER_PAGE),
            page_url=lambda number: url_for(".changes", page=number),
        )


@terms.route("/terms/changes/<int:change_id>/undo", methods=["GET", "POST"])
@page_for(Action.KEEP_TERMS)
def undo(change_id: int) -> Page:
    """Show what taking a change back comes to, and take it back."""
    parts().look_again()
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            folder = parts().settings.taxonomy_dir
            with unit_of_work() as session:
                service.undo(session, current_actor(), folder, change_id)
        except (WrongState, InvalidInput) as problem:
            status, refusal = CHANGED_MEANWHILE, str(problem)
        else:
            parts().look_again()
            flash("Taken back: the term stands as it did before.", "success")
            return redirect(url_for(".changes"))
    with reading() as session:
        made = service.read_change(session, current_actor(), change_id)
        told = look.tell_change(session, current_actor(), parts().taxonomy, made)
        page = render_template(
            "terms/undo.html", told=told, rows=_rows_of_change(told), refusal=refusal
        )
    return page, status


def _write(vocabulary: Vocabulary, before: Term | None) -> Page:
    """Show the form, or what the change comes to, or save it, as the button says."""
    form = TermForm()
    form.fill(parts().taxonomy, vocabulary, before)
    if not form.is_submitted():
        form.show(before)
    elif form.validate() and request.form.get("do") != "edit":
        return _use(vocabulary, before, form)
    return _form_page(vocabulary, before, form)


def _use(vocabulary: Vocabulary, before: Term | None, form: TermForm) -> Page:
    """Save what was written, or show what it comes to; show the form again where it cannot be."""
    term = form.term(before)
    try:
        if request.form.get("do") == "save":
            return _save(vocabulary, term, form)
        return _preview(vocabulary, before, term, form.seen.data or "")
    except TermChanged as quicker:
        return _meanwhile(vocabulary, term, form, quicker)
    except WrongTerm as problem:
        form.tell(problem)
    except (InvalidInput, WrongState) as hindrance:
        form.form_errors = [str(hindrance)]
        if isinstance(hindrance, WrongState):
            return _form_page(vocabulary, before, form)[0], CHANGED_MEANWHILE
    return _form_page(vocabulary, before, form)


def _save(vocabulary: Vocabulary, term: Term, form: TermForm) -> Response:
    actor, folder, name = current_actor(), parts().settings.taxonomy_dir, vocabulary.name
    seen = form.seen.data or ""
    behind = (form.behind.data or None) if "behind" in form else None
    service.rehearse(actor, folder, name, term, seen=seen, behind=behind)
    with unit_of_work() as session:
        service.change(session, actor, folder, name, term, seen=seen, behind=behind)
    parts().look_again()
    flash(SAVED, "success")
    return redirect(url_for(".show", vocabulary=vocabulary.name, _anchor=f"term-{term.code}"))


def _preview(vocabulary: Vocabulary, before: Term | None, term: Term, seen: str) -> Page:
    taxonomy = parts().taxonomy
    if before is not None and version_of(before) != seen:
        raise TermChanged(before)
    problems = find_problems(taxonomy, vocabulary, before, term)
    if problems:
        raise WrongTerm(problems)
    if before == term:
        raise InvalidInput(service.NOTHING_CHANGED)
    with reading() as session:
        effects = look.foresee(
            session, current_actor(), taxonomy, vocabulary, before=before, after=term
        )
    carried = [(k, v) for k, v in request.form.items(multi=True) if k not in NOT_CARRIED]
    return render_template(
        "terms/preview.html",
        vocabulary=vocabulary,
        before=before,
        term=term,
        standing=vocabulary.by_code.get(term.replaced_by or ""),
        rows=rows_of(taxonomy, vocabulary, before, term),
        effects=effects,
        carried=carried,
    )


def _form_page(
    vocabulary: Vocabulary, before: Term | None, form: TermForm, **more: object
) -> tuple[str, int]:
    page = render_template(
        "terms/edit.html",
        vocabulary=vocabulary,
        term=before,
        form=form,
        unverified=before.unverified if before else (),
        **more,
        **_state(),
    )
    return page, 422 if form.errors else 200


def _meanwhile(
    vocabulary: Vocabulary, mine: Term, form: TermForm, quicker: TermChanged
) -> tuple[str, int]:
    """Show what was written beside how the term stands now; sent again, it counts for that."""
    parts().look_again()
    form.form_errors = [str(quicker)]
    form.seen.data = version_of(quicker.now)
    differing = rows_of(parts().taxonomy, vocabulary, quicker.now, mine)
    return _form_page(vocabulary, quicker.now, form, differing=differing)[0], CHANGED_MEANWHILE


def _rows_of_change(told: look.ToldChange) -> list[object]:
    taxonomy = parts().taxonomy
    vocabulary = taxonomy.vocabularies.get(told.change.vocabulary)
    if vocabulary is None:
        return []
    return list(rows_of(taxonomy, vocabulary, told.before, told.after))


def _state() -> dict[str, str]:
    """Say why vocabularies cannot be changed now, and what is wrong with their files."""
    return {
        "shut": why_not_writable(parts().settings.taxonomy_dir),
        "trouble": parts().live.trouble,
    }
