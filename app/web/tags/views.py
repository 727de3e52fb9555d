"""Pages of tags: the list, what one holds, putting some on, taking one off, keeping order."""

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, TooManyTries
from app.domain.permissions import Action, allows
from app.domain.search import PER_PAGE
from app.domain.tags import letter_of, split_tags
from app.services.tags import changes, changing, counting, reach, suggesting, tagging
from app.web.edge import current_actor, page_for, parts
from app.web.search.page_numbers import page_asked, page_numbers
from app.web.tags.forms import ChangeForm, TagsForm

tags = Blueprint("tags", __name__)

MOST_AT_ONCE = 300  # tags; of more, one letter is shown at a time
MOST_USED = 60
LONGEST_WORDS = 100  # characters
MOST_NAMED = 200  # tags that are offered to merge into


@tags.get("/tags")
@page_for(Action.SEARCH)
def index() -> str:
    """Show the tags from A to Z, each with how many resources this reader finds under it."""
    words = request.args.get("q", "").strip()[:LONGEST_WORDS]
    with reading() as session:
        found = counting.find_tags(session, current_actor(), words)
    letters = sorted({letter_of(one.slug) for one in found}, key=lambda one: (one == "#", one))
    letter = request.args.get("letter", "")
    letter = letter if letter in letters else ""
    is_long = len(found) > MOST_AT_ONCE
    shown = [one for one in found if not letter or letter_of(one.slug) == letter]
    most_used = sorted(found, key=lambda one: -one.total)[:MOST_USED] if is_long else []
    by_letter = sorted(shown, key=lambda one: letters.index(letter_of(one.slug)))
    return render_template(
        "tags/index.html",
        words=words,
        total=len(found),
        letters=letters if is_long else [],
        letter=letter,
        most_used=[] if letter else most_used,
        groups=[]
        if is_long and not letter
        else [(key, list(some)) for key, some in groupby(by_letter, lambda t: letter_of(t.slug))],
        may_keep=allows(current_actor(), Action.KEEP_TAGS),
    )


@tags.get("/tags/<slug>")
@page_for(Action.SEARCH)
def show(slug: str) -> str | AnyResponse:
    """Show what has a tag, newest first, and the tags beside it; a merged one leads to the kept."""
    page, actor = page_asked(request.args.get("page", "")), current_actor()
    with reading() as session:
        tag = counting.read_tag(session, actor, slug)
        if tag.slug != slug:
            return _moved(tag.slug)
        held = counting.find_held(session, actor, slug, page)
        return render_template(
            "tags/show.html",
            tag=tag,
            held=held,
            page=page,
            pages=page_numbers(page, held.total, PER_PAGE),
            page_url=lambda number: url_for(".show", slug=slug, page=number),
            related=counting.find_related(session, actor, slug),
            may_change=reach.may_change(session, actor, slug),
            may_keep=allows(actor, Action.KEEP_TAGS),
        )


@tags.route("/resources/<address>/tags", methods=["GET", "POST"])
@page_for(Action.TAG)
def on_resource(address: str) -> str | AnyResponse | tuple[str, int]:
    """Show the tags of a resource with some to add, and put on what is sent."""
    form, actor, status = TagsForm(), current_actor(), 200
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                told = tagging.put_on(session, actor, address, split_tags(form.tags.data or ""))
                slug = tagging.read_tagged(session, actor, address)[0].slug
        except (InvalidInput, TooManyTries) as refusal:
            form.tags.errors = [str(refusal)]
            status = 429 if isinstance(refusal, TooManyTries) else 422
        else:
            _tell(told)
            return redirect(url_for("resources.show", address=slug, _anchor="tags"), 303)
    elif form.errors:
        status = 422
    with reading() as session:
        resource, revision = tagging.read_tagged(session, actor, address)
        engine, taxonomy = parts().search, parts().taxonomy
        page = render_template(
            "tags/on_one.html",
            resource=resource,
            revision=revision,
            form=form,
            tags=tagging.tags_for_page(session, actor, revision),
            offers=suggesting.suggest_for(session, actor, revision, engine, taxonomy),
        )
    return page, status


@tags.post("/resources/<address>/tags/<slug>/take-off")
@page_for(Action.UNTAG)
def take_off(address: str, slug: str) -> AnyResponse:
    """Take a tag off that was put on."""
    with unit_of_work() as session:
        label = tagging.take_off(session, current_actor(), address, slug)
    flash(f"“{label}” was taken off.", "success")
    return redirect(url_for(".on_resource", address=address), 303)


@tags.route("/tags/<slug>/edit", methods=["GET", "POST"])
@page_for(Action.KEEP_TAGS)
def edit(slug: str) -> str | AnyResponse | tuple[str, int]:
    """Ask what shall become of a tag, show what that would change, and do it once confirmed."""
    form, actor = ChangeForm(), current_actor()
    if form.validate_on_submit():
        try:
            if form.confirmed.data:
                return _change(slug, form)
            with reading() as session:
                seen = changing.preview(session, actor, slug, form.wish)
                return render_template("tags/preview.html", seen=seen, form=form)
        except InvalidInput as refusal:
            form.refuse(str(refusal))
    with reading() as session:
        tag = changing.read_changeable(session, actor, slug)
        if tag.slug != slug:
            return redirect(url_for(".edit", slug=tag.slug), 301)
        others = sorted(counting.find_tags(session, actor), key=lambda one: -one.total)
        named = [one.label for one in others if one.slug != slug and not one.is_retired]
    page = render_template("tags/edit.html", tag=tag, form=form, named=sorted(named[:MOST_NAMED]))
    return page, 422 if form.errors else 200


@tags.get("/tags/-/changes")
@page_for(Action.KEEP_TAGS)
def change_log() -> str:
    """Show what was merged, renamed and retired within the person's reach, newest first."""
    with reading() as session:
        found = changes.find_changes(session, current_actor())
    return render_template("tags/changes.html", changes=found)


@tags.post("/tags/-/changes/<int:change_id>/undo")
@page_for(Action.KEEP_TAGS)
def undo(change_id: int) -> AnyResponse:
    """Put the tags that a change touched back as they stood."""
    with unit_of_work() as session:
        made = changes.undo(session, current_actor(), change_id)
        told = changes.sentence_of(made)
    flash(f"Undone: {told} Search follows within seconds.", "success")
    return redirect(url_for(".change_log"), 303)


def _moved(slug: str) -> AnyResponse:
    """Lead to the tag that is kept; no browser may remember it, since a merge can be undone."""
    answer = redirect(url_for(".show", slug=slug), 301)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _change(slug: str, form: ChangeForm) -> AnyResponse:
    with unit_of_work() as session:
        made = changing.change(session, current_actor(), slug, form.wish)
        told = changes.sentence_of(made)
    flash(f"{told} Search follows within seconds.", "success")
    return redirect(url_for(".show", slug=slug), 303)


def _tell(told: tagging.PutOn) -> None:
    """Say what was put on, under which name, and what stood there already."""
    said = [f"“{typed}” is written “{label}” by others." for typed, label in told.joined]
    if told.put:
        flash(" ".join([f"Added: {', '.join(told.put)}.", *said]), "success")
    if told.were_there:
        flash(f"There already: {', '.join(told.were_there)}.", "info")
