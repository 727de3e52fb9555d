"""How something stands with whoever reads a page: followed, saved, with a feed; for templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BuildError

from app.db import reading
from app.domain.errors import DatabaseAway, InvalidInput
from app.domain.follows import FollowKind, SavedSearch
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.tags import slug_of_tag
from app.services.follows import following, saving
from app.web.edge import current_actor
from app.web.follows.blueprint import follows

# The page of what is followed: its endpoint, what its address calls the key, what else stands there
PAGES: Mapping[FollowKind, tuple[str, str, Mapping[str, str]]] = {
    FollowKind.THEME: ("browse.term", "code", {"name": "theme"}),
    FollowKind.REGION: ("browse.term", "code", {"name": "region"}),
    FollowKind.AUTHORITY: ("search.index", "authority", {}),
    FollowKind.TAG: ("tags.show", "slug", {}),
    FollowKind.COLLECTION: ("collections.show", "address", {}),
}


@dataclass(frozen=True)
class Standing:
    """Whether the reader may follow something, does, and where its feed is."""

    key: str
    may_follow: bool = False
    follow_id: int | None = None
    feed: str | None = None


@follows.record
def give_templates(state: BlueprintSetupState) -> None:
    """Let every template, macros too, ask how something stands."""
    app: Flask = state.app  # type: ignore[assignment]
    app.jinja_env.globals.update(follow_standing=standing, feed_of=feed_of)


def standing(kind: str, key: str) -> Standing:
    """Return how something stands with the reader; what cannot be told offers nothing."""
    try:
        known = FollowKind(kind)
        kept = _as_kept(known, str(key))
    except (ValueError, InvalidInput):
        return Standing(str(key))
    feed = feed_of(known, kept)
    try:
        actor = current_actor()
        if actor.id is None or not allows(actor, Action.FOLLOW):
            return Standing(kept, feed=feed)
        with reading() as session:
            held = following.find_one(session, actor, known, kept)
    except DatabaseAway:
        return Standing(kept, feed=feed)
    return Standing(kept, True, held.id if held else None, feed)


def feed_of(kind: str, key: str) -> str | None:
    """Return the address of a feed, whole; None where the search can have none."""
    if kind != FollowKind.SEARCH:
        return url_for("follows.feed", kind=kind, key=key, _external=True)
    try:
        found = SavedSearch.read(key)
    except InvalidInput:
        return None
    return f"{url_for('follows.search_feed', _external=True)}?{found.key}"


def page_of(kind: FollowKind, key: str) -> str | None:
    """Return the address of the page of what is followed; None where it has none yet."""
    if kind is FollowKind.SEARCH:
        return f"{url_for('search.index')}?{key}"
    endpoint, name, more = PAGES.get(kind, ("", "", {}))
    if endpoint not in current_app.view_functions:
        return None
    try:
        named: dict[str, Any] = {name: key, **more}
        return url_for(endpoint, **named)
    except BuildError:  # it calls its part of the address otherwise
        return None


def on_resource(session: Any, actor: Actor, resource: Any) -> Mapping[str, object]:
    """Return what the page of a resource offers to save and follow; nothing to a visitor."""
    if actor.id is None or not allows(actor, Action.FOLLOW):
        return {}
    revision = resource.published
    offered = [(FollowKind.REGION, revision.region)]
    if revision.authority:
        offered.append((FollowKind.AUTHORITY, revision.authority))
    offered += [
        (FollowKind.THEME, term.code)
        for term in revision.terms
        if term.facet == FollowKind.THEME.value
    ]
    return {
        "is_saved": saving.is_saved(session, actor, resource.id),
        "school": (revision.school_id, revision.school) if revision.school_id else None,
        "offered": offered,
    }


def _as_kept(kind: FollowKind, key: str) -> str:
    if kind is FollowKind.SEARCH:
        return SavedSearch.read(key).key
    return slug_of_tag(key) if kind is FollowKind.TAG else key
