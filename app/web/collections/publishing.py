"""Pages where a collection is shown to its readers, and taken back."""

from flask import flash, redirect, render_template, request, url_for

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.permissions import Action, require
from app.services.collections import publishing as service
from app.services.collections import reading as collection_reading
from app.services.collections.listing import missing_for
from app.web.collections.blueprint import Page, collections
from app.web.collections.forms import AUDIENCES
from app.web.edge import current_actor, page_for


@collections.route("/collections/<address>/publish", methods=["GET", "POST"])
@page_for(Action.PUBLISH_COLLECTION)
def publish(address: str) -> Page:
    """Ask whether a collection's readers may see it, and show it to them."""
    actor, problem = current_actor(), ""
    if request.method == "POST":
        try:
            with unit_of_work() as session:
                slug = service.publish(session, actor, address).slug
        except InvalidInput as refusal:
            problem = str(refusal)
        else:
            flash("Published. Search finds it within seconds.", "success")
            return redirect(url_for(".show", address=slug))
    with reading() as session:
        seen = collection_reading.look(session, actor, address)
        collection = seen.collection
        require(actor, Action.PUBLISH_COLLECTION, collection)
        page = render_template(
            "collections/publish.html",
            collection=collection,
            gaps=service.find_gaps(collection),
            audience=AUDIENCES[collection.audience],
            partly=[found for found in seen.items if missing_for(collection, found.revision)],
            dropped=seen.dropped,
        )
    return page, 422 if problem else 200


@collections.post("/collections/<address>/take-back")
@page_for(Action.PUBLISH_COLLECTION)
def take_back(address: str) -> Page:
    """Make a published collection private again."""
    with unit_of_work() as session:
        service.take_back(session, current_actor(), address)
    flash("Taken back: only its curators see it now.", "success")
    return redirect(url_for(".index"))
