"""What every page of sharing hangs on, and where shared things stand."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from app.services.shares.things import SharedThing, ThingKind

shares = Blueprint("shares", __name__)

Page = str | Response | tuple[str, int]  # with its status, where that is not 200


def page_of(thing: SharedThing) -> str:
    """Return the address of a thing's page; nothing where there is no page for such things."""
    return url_for(f"{thing.kind}s.show", address=thing.slug)


def permanent_link(thing: SharedThing) -> str:
    """Return the full address that never changes."""
    return url_for(f"{thing.kind}s.show", address=thing.id, _external=True)


def share_page(thing: SharedThing) -> str:
    """Return the address of the page where a thing is shared."""
    if thing.kind is ThingKind.COLLECTION:
        return url_for("shares.show_collection", address=thing.slug)
    return url_for("shares.show", address=thing.slug)
