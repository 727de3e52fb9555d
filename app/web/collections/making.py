"""Pages where a collection is begun, described and deleted."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from wtforms.fields.choices import SelectChoice

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput, NotAllowed
from app.domain.permissions import Action
from app.services.collections import beginning, changing
from app.services.collections import reading as service
from app.services.collections.words import Clash, WordsRefused, mark_of_words
from app.web.collections.blueprint import Page, collections
from app.web.collections.forms import AUDIENCES, BeginForm, DetailsForm
from app.web.edge import current_actor, page_for, parts

CHOOSE_FILE = "Choose a picture."


@collections.route("/collections/new", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def new() -> Page:
    """Begin a collection; only its curators see it until it is published."""
    form = BeginForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            begun = beginning.begin(session, current_actor(), form.title.data or "").id
        flash("The collection is begun. Only you see it until it is published.", "success")
        return redirect(url_for(".edit", address=begun))
    return render_template("collections/new.html", form=form), 422 if form.errors else 200


@collections.route("/collections/<address>/details", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def details(address: str) -> Page:
    """Change what a collection says of itself."""
    form = DetailsForm()
    clashes: tuple[Clash, ...] = ()
    _offer_regions(form)
    if form.validate_on_submit():
        try:
            clashes = _change(form, address)
        except WordsRefused as refusal:
            for name, sentence in refusal.problems.items():
                form[name].errors = [sentence]
        else:
            if not clashes:
                flash("Saved.", "success")
                return redirect(url_for(".details", address=address))
    return _details_page(address, form, clashes=clashes)


@collections.post("/collections/<address>/cover")
@page_for(Action.COLLECT)
def set_cover(address: str) -> Page:
    """Give a collection its cover picture."""
    actor, settings = current_actor(), parts().settings
    with reading() as session:
        service.look_to_keep(session, actor, address)  # no work is done for others
    try:
        sent = _sent_picture()
        data = changing.clean(sent.read(), settings.attachment_limit_mb)
        with unit_of_work() as session:
            changing.set_cover(
                *(session, actor, address),
                file_name=sent.filename or "cover",
                data=data,
                text=request.form.get("cover_text", ""),
                limit_mb=settings.picture_limit_mb,
            )
    except InvalidInput as refusal:
        problems = getattr(refusal, "problems", {"cover": str(refusal)})
        return _details_page(address, None, problems=problems)
    flash("The cover picture is kept.", "success")
    return redirect(url_for(".details", address=address))


@collections.post("/collections/<address>/cover/remove")
@page_for(Action.COLLECT)
def remove_cover(address: str) -> Page:
    """Take the cover picture off a collection."""
    with unit_of_work() as session:
        changing.remove_cover(session, current_actor(), address)
    flash("The cover picture is removed.", "success")
    return redirect(url_for(".details", address=address))


@collections.route("/collections/<address>/delete", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def delete(address: str) -> Page:
    """Ask whether a collection is to be deleted, and delete it."""
    actor = current_actor()
    if request.method == "POST":
        with unit_of_work() as session:
            beginning.delete(session, actor, address)
        flash("The collection is deleted. Its resources stay in the library.", "success")
        return redirect(url_for(".index"))
    with reading() as session:
        collection, _ = service.look_to_keep(session, actor, address)
        if not beginning.may_delete(actor, collection):
            raise NotAllowed(beginning.ONLY_OWNER, actor, str(Action.COLLECT))
        return render_template("collections/delete.html", collection=collection)


def _sent_picture() -> FileStorage:
    sent = request.files.get("cover")
    if sent is None or not sent.filename:
        raise InvalidInput(CHOOSE_FILE)
    return sent


def _change(form: DetailsForm, address: str) -> tuple[Clash, ...]:
    actor = current_actor()
    names = [*changing.FIELDS, *((changing.PLACE,) if changing.may_place(actor) else ())]
    sent = {name: form[name].data or "" for name in names if name in form}
    was = {name: request.form.get(f"was-{name}", "") for name in sent}
    with unit_of_work() as session:
        return changing.change(session, actor, address, sent, was=was, taxonomy=parts().taxonomy)


def _offer_regions(form: DetailsForm) -> None:
    regions = parts().taxonomy.vocabularies["regions"].terms
    form.region.choices = [
        SelectChoice("", "Choose a region"),
        *(SelectChoice(term.code, term.label) for term in regions),
    ]


def _details_page(
    address: str,
    form: DetailsForm | None,
    *,
    clashes: tuple[Clash, ...] = (),
    problems: dict[str, str] | None = None,
) -> tuple[str, int]:
    actor = current_actor()
    with reading() as session:
        collection, sections = service.look_to_keep(session, actor, address)
        held = changing.fields_of(collection)
        if form is None or not form.is_submitted():
            form = DetailsForm(formdata=None, data=held)
            _offer_regions(form)
        theirs = {clash.field: clash.theirs for clash in clashes}
        for name in theirs:
            form[name].errors = ["Somebody else changed this too: both stand here"]
        page = render_template(
            "collections/details.html",
            collection=collection,
            form=form,
            theirs=theirs,
            was=_marks(held, theirs, is_sent=bool(form.errors)),
            missing=service.count_missing(collection, sections),
            audiences=AUDIENCES,
            may_place=changing.may_place(actor),
            may_delete=beginning.may_delete(actor, collection),
            problems=problems or {},
        )
    return page, 422 if form.errors or problems else 200


def _marks(held: dict[str, str], theirs: dict[str, str], *, is_sent: bool) -> dict[str, str]:
    """Return the mark of what each field was when its writer first saw it.

    Who has seen both texts of a clash writes over the other knowingly.
    """
    now = {name: mark_of_words(words) for name, words in held.items()}
    if not is_sent:
        return now
    return {
        name: mark if name in theirs else request.form.get(f"was-{name}", mark)
        for name, mark in now.items()
    }
