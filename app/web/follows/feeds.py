"""Atom feeds of what is public, the same for everybody: whoever is signed in gets no more."""

from flask import Response, render_template, request, url_for

from app.db import reading
from app.domain.errors import InvalidInput, NotFound
from app.domain.follows import FollowKind
from app.domain.permissions import Action
from app.services.follows import feeds as service
from app.services.follows.feeds import Feed
from app.web.edge import page_for, parts
from app.web.feeds import send_feed
from app.web.follows.blueprint import follows
from app.web.follows.standing import page_of

NO_FEED = "There is no such feed."


@follows.get("/feeds/new.atom")
@page_for(Action.SEARCH)
def newest_feed() -> Response:
    """Send what is new in the library."""
    with reading() as session:
        feed = service.read_newest(session, parts().taxonomy)
    here = url_for(".newest_feed", _external=True)
    return _send(feed, here, url_for("search.index", sort="newest", _external=True))


@follows.get("/feeds/<kind>/<key>.atom")
@page_for(Action.SEARCH)
def feed(kind: str, key: str) -> Response:
    """Send what is new of a theme, tag, region, authority, school or collection."""
    if kind not in list(FollowKind):
        raise NotFound(NO_FEED)
    known = FollowKind(kind)
    with reading() as session:
        found = service.read_feed(session, parts().taxonomy, known, key)
    here = url_for(".feed", kind=kind, key=found.key, _external=True)
    page = page_of(known, found.key)
    root = request.url_root.rstrip("/")
    return _send(found, here, f"{root}{page}" if page else url_for("home.index", _external=True))


@follows.get("/feeds/search.atom")
@page_for(Action.SEARCH)
def search_feed() -> Response:
    """Send what a search finds, newest first; its parameters are those of the search page."""
    if not request.args:
        return newest_feed()
    query = request.query_string.decode("ascii", "replace")
    with reading() as session:
        try:
            found = service.read_search_feed(session, parts().search, parts().taxonomy, query)
        except InvalidInput:
            raise NotFound(NO_FEED) from None
    here = f"{url_for('.search_feed', _external=True)}?{found.key}"
    return _send(found, here, f"{url_for('search.index', _external=True)}?{found.key}")


def _send(found: Feed, here: str, page: str) -> Response:
    xml = render_template("follows/feed.xml", feed=found, here=here, page=page)
    return send_feed(xml, found.updated_at)
