"""Pages behind a secret link: a door that programs may look at, and what a person reads behind it.

The secret stands in one address only, which is left at once; what was opened is noted in the
browser's signed cookie, and asked of the database again at every page.
"""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, ParamSpec

from flask import make_response, redirect, render_template, send_file, session, url_for
from werkzeug.wrappers import Response

from app.db import reading, unit_of_work
from app.domain.errors import LinkOver, NotFound
from app.domain.moments import utc_now
from app.domain.permissions import Action
from app.domain.sharing import ENTRY_LASTS
from app.formats.markdown import render_note
from app.services.collections.reading import introduction_of
from app.services.rendering import render
from app.services.shares import links as service
from app.services.shares import opened as opened_service
from app.services.shares.links import OpenedLink
from app.services.shares.things import ThingKind
from app.web.downloads import PICTURE_POLICY, hand_out
from app.web.edge import page_for
from app.web.shares.blueprint import shares

P = ParamSpec("P")
ENTRIES = "links"  # in the browser's session: link id -> when it was opened
MOST_ENTRIES = 10


def _told_when_over(view: Callable[P, Any]) -> Callable[P, Response]:
    """Answer 410 with a page of its own when the link is over, and let no answer be kept."""

    @wraps(view)
    def told(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            answer: Response = make_response(view(*args, **kwargs))
        except LinkOver as end:
            answer = make_response(render_template("shares/over.html", sentence=str(end)), 410)
        answer.headers["Cache-Control"] = "no-store"
        # Not no-referrer: forms over HTTPS must say where they come from, to this origin alone.
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return told


@shares.get("/s/<token>")
@page_for(Action.SEARCH)
@_told_when_over
def knock(token: str) -> str:
    """Show that there is something to open, and no more: looking does not use a link."""
    with reading() as database:
        link = service.look_at_link(database, token)
        return render_template("shares/knock.html", token=token, link=link)


@shares.post("/s/<token>")
@page_for(Action.SEARCH)
@_told_when_over
def enter(token: str) -> Response:
    """Use the link once, and let this browser read what it leads to."""
    with unit_of_work() as database:
        link_id = service.use_link(database, token).id
    opened = dict(list(session.get(ENTRIES, {}).items())[1 - MOST_ENTRIES :])
    session[ENTRIES] = {**opened, str(link_id): utc_now().timestamp()}
    return redirect(url_for("shares.opened", link_id=link_id), 303)


@shares.get("/s/opened/<int:link_id>")
@page_for(Action.SEARCH)
@_told_when_over
def opened(link_id: int) -> str:
    """Show the resource or the collection that a link opened."""
    with reading() as database:
        found = _entered(database, link_id)
        if found.thing.kind is ThingKind.RESOURCE:
            return _resource(database, found, None)
        held = opened_service.read_opened_collection(database, found)
        return render_template(
            "shares/opened_collection.html",
            opened=found,
            held=held,
            introduction=introduction_of(held.collection).html,
            render_note=render_note,
        )


@shares.get("/s/opened/<int:link_id>/items/<resource_id>")
@page_for(Action.SEARCH)
@_told_when_over
def opened_item(link_id: int, resource_id: str) -> str:
    """Show an item of a collection that a link opened."""
    with reading() as database:
        return _resource(database, _entered(database, link_id), resource_id)


@shares.get("/s/opened/<int:link_id>/pictures/<name>")
@page_for(Action.SEARCH)
@_told_when_over
def opened_picture(link_id: int, name: str) -> Response:
    """Show a picture of what a link opened."""
    with reading() as database:
        found = opened_service.read_opened_picture(database, _entered(database, link_id), name)
        answer = send_file(BytesIO(found.data), mimetype=found.media_type)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    return answer


@shares.get("/s/opened/<int:link_id>/items/<resource_id>/attachments/<name>")
@page_for(Action.SEARCH)
@_told_when_over
def opened_attachment(link_id: int, resource_id: str, name: str) -> Response:
    """Hand out a file of what a link opened."""
    with reading() as database:
        found = opened_service.read_opened_attachment(
            database, _entered(database, link_id), resource_id, name
        )
        return hand_out(found.name, found.data, found.media_type)


def _entered(database: Any, link_id: int) -> OpenedLink:
    """Return what this browser opened by a link, which still holds.

    Raises:
        NotFound: this browser did not, or too long ago.
        LinkOver: the link is over.
    """
    since = session.get(ENTRIES, {}).get(str(link_id))
    if not isinstance(since, float) or since < (utc_now() - ENTRY_LASTS).timestamp():
        raise NotFound("Open the link again: this browser has not opened it lately.")
    return service.read_link(database, link_id)


def _resource(database: Any, found: OpenedLink, resource_id: str | None) -> str:
    resource = opened_service.read_opened_resource(database, found, resource_id)
    revision = resource.published

    def picture_url(name: str) -> str:
        return url_for("shares.opened_picture", link_id=found.link.id, name=name)

    rendered = render(revision, picture_url) if revision else None
    return render_template(
        "shares/opened_resource.html",
        opened=found,
        resource=resource,
        revision=revision,
        html=rendered.html if rendered else "",
        is_item=resource_id is not None,
    )
