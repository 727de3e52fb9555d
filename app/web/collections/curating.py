"""The page of those who keep a collection."""

from flask import flash, redirect, render_template, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action
from app.services.collections import curating as service
from app.services.collections import reading as collection_reading
from app.services.collections.beginning import may_delete
from app.web.collections.blueprint import Page, collections
from app.web.collections.forms import CuratorForm
from app.web.edge import current_actor, page_for


@collections.route("/collections/<address>/curators", methods=["GET", "POST"])
@page_for(Action.COLLECT)
def curators(address: str) -> Page:
    """Show who keeps a collection, and let a colleague of any region keep it too."""
    form, actor = CuratorForm(), current_actor()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                name = service.add_curator(session, actor, address, form.email.data or "").name
        except InvalidInput as problem:
            form.email.errors = [str(problem)]
        else:
            flash(f"{name} keeps this collection too, and is told so.", "success")
            return redirect(url_for(".curators", address=address))
    with reading() as session:
        collection, _ = collection_reading.look_to_keep(session, actor, address)
        page = render_template(
            "collections/curators.html",
            collection=collection,
            people=service.keepers_of(collection),
            form=form,
            is_owner=may_delete(actor, collection),
        )
    return page, 422 if form.errors else 200


@collections.post("/collections/<address>/curators/<int:person_id>/remove")
@page_for(Action.COLLECT)
def remove_curator(address: str, person_id: int) -> Page:
    """Let a curator keep the collection no longer."""
    actor = current_actor()
    with unit_of_work() as session:
        service.remove_curator(session, actor, address, person_id)
    if person_id == actor.id:
        flash("You keep this collection no longer.", "success")
        return redirect(url_for(".index"))
    flash("They keep this collection no longer.", "success")
    return redirect(url_for(".curators", address=address))
