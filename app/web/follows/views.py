"""My page: what somebody saved, follows and read, and the buttons that change it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.db import reading, unit_of_work
from app.domain.errors import InvalidInput
from app.domain.follows import FollowKind, Rhythm
from app.domain.people import Actor
from app.domain.permissions import Action
from app.services.follows import following, history, saving
from app.web.account.devices import own_path
from app.web.edge import current_actor, page_for, parts
from app.web.follows.blueprint import follows
from app.web.follows.forms import RhythmForm
from app.web.follows.standing import feed_of, page_of

UNKNOWN = "This cannot be followed: go back and use the button of its page."

SAVED = "Saved. You find it on “My page”."


class Way(NamedTuple):
    """A link on my page to what another feature holds of the person."""

    endpoint: str
    text: str


WAYS = (
    Way("collections.index", "Collections"),
    Way("shares.index", "Shared with me and by me"),
    Way("adoptions.index", "What I tried"),
    Way("submissions.index", "What I wrote"),
)


@follows.get("/my")
@page_for(Action.FOLLOW)
def index() -> str:
    """Show what the person saved, follows and read."""
    actor = current_actor()
    with reading() as session:
        form = RhythmForm(rhythm=following.rhythm_of(session, actor, usual_rhythm()).value)
        return _draw(session, actor, form)


@follows.post("/my/digest")
@page_for(Action.FOLLOW)
def choose() -> str | AnyResponse | tuple[str, int]:
    """Let the digest come as often as the person wishes."""
    actor, form = current_actor(), RhythmForm()
    if form.validate_on_submit():
        with unit_of_work() as session:
            following.choose_rhythm(session, actor, form.chosen)
        flash(f"Your digest comes: {form.chosen.about.lower()}.", "success")
        return redirect(url_for(".index", _anchor="digest"), 303)
    with reading() as session:
        return _draw(session, actor, form), 422


@follows.post("/follows")
@page_for(Action.FOLLOW)
def create() -> AnyResponse:
    """Follow something, and go back to its page."""
    with unit_of_work() as session:
        made = following.follow(
            session, current_actor(), parts().taxonomy, _kind(), request.form.get("key", "")
        )
    flash(f"You follow {made.label}. What is new comes in your digest.", "success")
    return _back()


@follows.post("/follows/<int:follow_id>/delete")
@page_for(Action.FOLLOW)
def delete(follow_id: int) -> AnyResponse:
    """Stop following something, and go back."""
    with unit_of_work() as session:
        held = following.unfollow(session, current_actor(), follow_id)
    flash(f"You no longer follow {held.label}.", "success")
    return _back()


@follows.post("/saved/resources/<address>")
@page_for(Action.FOLLOW)
def save(address: str) -> AnyResponse:
    """Save a resource, and go back to its page."""
    with unit_of_work() as session:
        saving.save(session, current_actor(), address)
    flash(SAVED, "success")
    return _back()


@follows.post("/saved/collections/<address>")
@page_for(Action.FOLLOW)
def save_collection(address: str) -> AnyResponse:
    """Save a collection, and go back to its page."""
    with unit_of_work() as session:
        saving.save_collection(session, current_actor(), address)
    flash(SAVED, "success")
    return _back()


@follows.post("/saved/delete")
@page_for(Action.FOLLOW)
def unsave() -> AnyResponse:
    """Take something off what is saved, and go back."""
    with unit_of_work() as session:
        saving.unsave(session, current_actor(), request.form.get("id", ""))
    flash("It is no longer among what you saved.", "success")
    return _back()


@follows.post("/my/history/clear")
@page_for(Action.FOLLOW)
def clear_history() -> AnyResponse:
    """Forget what the person read."""
    with unit_of_work() as session:
        history.clear(session, current_actor())
    flash("Your history is cleared.", "success")
    return redirect(url_for(".index", _anchor="history"), 303)


@follows.post("/my/history/switch")
@page_for(Action.FOLLOW)
def switch_history() -> AnyResponse:
    """Note from now on what the person reads, or no more."""
    is_on = request.form.get("on") == "1"
    with unit_of_work() as session:
        history.switch(session, current_actor(), is_on=is_on)
    flash("What you read is noted." if is_on else "What you read is no longer noted.", "success")
    return redirect(url_for(".index", _anchor="history"), 303)


def usual_rhythm() -> Rhythm:
    """Return how often a digest comes to those who have not chosen."""
    return Rhythm(parts().settings.digest_rhythm)


def _draw(session: Any, actor: Actor, form: RhythmForm) -> str:
    held = current_app.view_functions
    return render_template(
        "follows/index.html",
        form=form,
        saved=saving.find_saved(session, actor),
        followed=[(one, page_of(one.kind, one.key), feed_of(one.kind, one.key))
                  for one in following.find(session, actor)],
        read=history.find_read(session, actor),
        is_history_kept=history.is_kept(session, actor),
        ways=[way for way in WAYS if way.endpoint in held],
        collection_url=_collection_url(held),
    )  # fmt: skip


def _collection_url(held: Iterable[str]) -> Any:
    if "collections.show" not in held:
        return lambda _: None
    return lambda slug: url_for("collections.show", address=slug)


def _kind() -> FollowKind:
    said = request.form.get("kind", "")
    if said not in list(FollowKind):
        raise InvalidInput(UNKNOWN)
    return FollowKind(said)


def _back() -> AnyResponse:
    back = request.form.get("back", "")
    return redirect(own_path(back) if back else url_for("follows.index"), 303)
