"""Pages of a collection's versions."""

from flask import flash, redirect, render_template, url_for

from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.formats.markdown import render_markdown
from app.services.collections import reading as collection_reading
from app.services.collections import versions as service
from app.web.collections.blueprint import Page, collections
from app.web.edge import current_actor, page_for, parts


@collections.get("/collections/<address>/versions")
@page_for(Action.COLLECT)
def versions(address: str) -> str:
    """List how a collection read, to those who keep it."""
    with reading() as session:
        collection, found = service.find_versions(session, current_actor(), address)
        return render_template("collections/versions.html", collection=collection, versions=found)


@collections.get("/collections/<address>/versions/<int:number>")
@page_for(Action.COLLECT)
def version(address: str, number: int) -> str:
    """Show how a collection read once."""
    actor = current_actor()
    with reading() as session:
        collection, found, content = service.read_version(
            session, actor, address, number, parts().taxonomy
        )
        ids = {item.resource_id for item in content.items}
        return render_template(
            "collections/version.html",
            collection=collection,
            version=found,
            content=content,
            introduction=render_markdown(content.introduction).html,
            titles=collection_reading.titles_for(session, actor, ids),
        )


@collections.post("/collections/<address>/versions/<int:number>/restore")
@page_for(Action.COLLECT)
def restore(address: str, number: int) -> Page:
    """Let a collection read as it did once, as a new version."""
    with unit_of_work() as session:
        gone = service.restore(session, current_actor(), address, number, parts().taxonomy)
    left_out = f" {gone} of its resources are no longer here and were left out." if gone else ""
    flash(f"The collection reads as version {number} did.{left_out}", "success")
    return redirect(url_for(".edit", address=address))
