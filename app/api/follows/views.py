"""The endpoints where programs follow and save for a person."""

from flask import Response, url_for

from app.api.bodies import read_body
from app.api.edge import current_actor, endpoint_for
from app.api.follows.answer import FollowAnswer, FollowsAnswer, SavedAnswer, SavedListAnswer
from app.api.follows.bodies import FollowBody
from app.api.sending import NEVER_KEPT, send_json
from app.db import reading, unit_of_work
from app.domain.follows import FollowKind
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.services.follows import following, saving
from app.services.follows.saving import Kept


@endpoint_for(Action.FOLLOW)
def index() -> Response:
    """List what the person follows."""
    with reading() as session:
        found = following.find(session, current_actor())
        answer = FollowsAnswer(
            follows=[_follow(f.id, f.kind, f.key, f.label, f.followed_at) for f in found]
        )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.FOLLOW)
def create() -> Response:
    """Follow something; twice is harmless."""
    body = read_body(FollowBody)
    with unit_of_work() as session:
        f = following.follow(session, current_actor(), parts().taxonomy, body.kind, body.key)
        answer = _follow(f.id, f.kind, f.key, f.label, f.followed_at)
    sent = send_json(answer.model_dump_json(), NEVER_KEPT)
    sent.status_code = 201
    sent.headers["Location"] = answer.links["self"]
    return sent


@endpoint_for(Action.FOLLOW)
def delete(follow_id: int) -> Response:
    """Stop following something."""
    with unit_of_work() as session:
        following.unfollow(session, current_actor(), follow_id)
    return _nothing()


@endpoint_for(Action.FOLLOW)
def saved() -> Response:
    """List what the person saved."""
    with reading() as session:
        found = saving.find_saved(session, current_actor())
        answer = SavedListAnswer(saved=[_saved(kept) for kept in found])
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.FOLLOW)
def save(address: str) -> Response:
    """Save a resource by its id or slug; twice is harmless."""
    with unit_of_work() as session:
        saving.save(session, current_actor(), address)
    return _nothing()


@endpoint_for(Action.FOLLOW)
def unsave(address: str) -> Response:
    """Take a resource or collection, by its id, off what is saved; harmless where it is not."""
    with unit_of_work() as session:
        saving.unsave(session, current_actor(), address)
    return _nothing()


def _nothing() -> Response:
    sent = Response(status=204, headers={"Cache-Control": NEVER_KEPT})
    del sent.headers["Content-Type"]
    return sent


def _follow(row_id: int, kind: FollowKind, key: str, label: str, at: object) -> FollowAnswer:
    if kind is FollowKind.SEARCH:
        feed = f"{url_for('follows.search_feed', _external=True)}?{key}"
    else:
        feed = url_for("follows.feed", kind=kind.value, key=key, _external=True)
    here = url_for("api.unfollow", follow_id=row_id, _external=True)
    said = {"id": row_id, "kind": kind, "key": key, "label": label, "followed_at": at}
    return FollowAnswer.model_validate({**said, "links": {"self": here, "feed": feed}})


def _saved(kept: Kept) -> SavedAnswer:
    is_resource = kept.revision is not None
    thing = kept.saved.resource if is_resource else kept.collection
    return SavedAnswer(
        id=thing.id if thing else "",
        kind="resource" if is_resource else "collection",
        slug=thing.slug if thing else "",
        title=kept.title,
        saved_at=kept.saved.saved_at,
    )
