"""Pages where resources are put into a collection: one from its page, several from a search."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.services import resources as resource_service
from app.services.collections import arranging, beginning, listing
from app.services.collections.reading import titles_for
from app.services.collections.words import WordsRefused
from app.web.collections.blueprint import Page, collections
from app.web.collections.forms import AddForm
from app.web.edge import current_actor, page_for

MOST_AT_ONCE = 100


@collections.route("/resources/<address>/add-to-collection", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def add(address: str) -> Page:
    """Put a resource into a collection: one of mine, or a new one."""
    with reading() as session:
        resource = resource_service.read(session, current_actor(), address)
        resource_id, slug = resource.id, resource.slug
    return _choose([resource_id], back=url_for("resources.show", address=slug))


@collections.route("/collections/add-several", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def add_several() -> Page:
    """Put the ticked results of a search into a collection."""
    ids = list(dict.fromkeys(request.values.getlist("id")))[:MOST_AT_ONCE]
    return _choose(ids, back=url_for("search.index"))


def _choose(ids: list[str], back: str) -> Page:
    actor, form = current_actor(), AddForm()
    with reading() as session:
        titles = titles_for(session, actor, set(ids))
        held = [card.collection for card in listing.find_mine(session, actor)]
    wanted = [one for one in ids if one in titles]
    form.offer([(one.id, one.title) for one in held])
    if wanted and form.validate_on_submit() and not form.title.errors:
        try:
            return _added(form, wanted, back)
        except WordsRefused as refusal:
            form.title.errors = [str(refusal)]
        except InvalidInput as refusal:
            form.collection.errors = [str(refusal)]
    page = render_template(
        "collections/add.html",
        form=form,
        resources=[(one, titles[one]) for one in wanted],
        back=back,
        is_new_only=not held,
    )
    return page, 422 if form.errors or (form.is_submitted() and not wanted) else 200


def _added(form: AddForm, ids: list[str], back: str) -> Page:
    with unit_of_work() as session:
        collection_id, title, is_new = _where(session, form)
        count = arranging.add(session, current_actor(), collection_id, ids)
    what = "1 resource is" if count == 1 else f"{count} resources are"
    said = f"{what} added to “{title}”." if count else f"“{title}” holds this already."
    flash(said, "success")
    if is_new or len(ids) > 1:
        return redirect(url_for(".edit", address=collection_id))
    return redirect(back)


def _where(session: Any, form: AddForm) -> tuple[str, str, bool]:
    actor = current_actor()
    if form.is_new:
        begun = beginning.begin(session, actor, form.title.data or "")
        return begun.id, begun.title, True
    for card in listing.find_mine(session, actor):
        if card.collection.id == form.collection.data:
            return card.collection.id, card.collection.title, False
    raise InvalidInput("Choose one of your collections.")
