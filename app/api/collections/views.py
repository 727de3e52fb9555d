"""The endpoints where programs read collections and keep them."""

from typing import Any

from flask import Response, url_for

from app.api.bodies import read_body, read_parameters
from app.api.collections.answer import (
    LineAnswer,
    ListAnswer,
    answer_collection,
    answer_line,
)
from app.api.collections.bodies import BeginBody, ChangeBody, ItemBody, ListParameters
from app.api.edge import current_actor, endpoint_for
from app.api.sending import ASK_AGAIN, NEVER_KEPT, send_if_changed, send_json
from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.services.collections import (
    arranging,
    beginning,
    changing,
    listing,
    publishing,
)
from app.services.collections import reading as service


@endpoint_for(Action.READ_PUBLIC)
def index() -> Response:
    """List the published collections that the person may read, and those that they keep."""
    asked, actor = read_parameters(ListParameters), current_actor()
    with reading() as session:
        found = listing.find_published(session, actor, asked.region, asked.page, asked.per_page)
        answer = ListAnswer(
            total=found.total,
            page=asked.page,
            per_page=asked.per_page,
            collections=[_line(card) for card in found.cards],
            mine=[_line(card) for card in listing.find_mine(session, actor)],
        )
    return send_if_changed(answer.model_dump_json(), ASK_AGAIN)


@endpoint_for(Action.READ_PUBLIC)
def show(address: str) -> Response:
    """Read one collection, by its permanent id, its slug or a former slug."""
    with reading() as session:
        answer = answer_collection(service.look(session, current_actor(), address))
    return send_if_changed(answer.model_dump_json(), ASK_AGAIN)


@endpoint_for(Action.COLLECT)
def create() -> Response:
    """Begin a private collection."""
    body, actor = read_body(BeginBody), current_actor()
    with unit_of_work() as session:
        begun = beginning.begin(session, actor, body.title).id
        sent = _send(session, begun)
    sent.status_code = 201
    sent.headers["Location"] = url_for("api.collection", address=begun, _external=True)
    return sent


@endpoint_for(Action.COLLECT)
def update(address: str) -> Response:
    """Change what a collection says of itself; refused where it has another version by now."""
    body = read_body(ChangeBody)
    sent = {name: str(words) for name, words in body.fields.model_dump(exclude_none=True).items()}
    with unit_of_work() as session:
        changing.change(
            *(session, current_actor(), address, sent),
            taxonomy=parts().taxonomy,
            version=body.version,
        )
        return _send(session, address)


@endpoint_for(Action.COLLECT)
def put_item(address: str, resource_id: str) -> Response:
    """Put a resource into a collection, or move it there; with its note and minutes."""
    body, actor = read_body(ItemBody), current_actor()
    words = {f"note-{resource_id}": body.note, f"minutes-{resource_id}": body.minutes}
    sent = {name: str(said) for name, said in words.items() if said is not None}
    with unit_of_work() as session:
        arranging.place(
            *(session, actor, address, resource_id), section=body.section, place=body.place
        )
        if sent:
            arranging.write(session, actor, address, sent)
        return _send(session, address)


@endpoint_for(Action.COLLECT)
def remove_item(address: str, resource_id: str) -> Response:
    """Take a resource out of a collection."""
    with unit_of_work() as session:
        arranging.remove(session, current_actor(), address, resource_id)
        return _send(session, address)


@endpoint_for(Action.PUBLISH_COLLECTION)
def publish(address: str) -> Response:
    """Let a collection's readers see it."""
    with unit_of_work() as session:
        return _send(session, publishing.publish(session, current_actor(), address).id)


@endpoint_for(Action.PUBLISH_COLLECTION)
def take_back(address: str) -> Response:
    """Make a published collection private again."""
    actor = current_actor()
    with unit_of_work() as session:
        taken = publishing.take_back(session, actor, address)
        answer = LineAnswer.model_validate(answer_line(taken, 0, 0))
    return send_json(answer.model_dump_json(), NEVER_KEPT)


def _line(card: listing.Card) -> LineAnswer:
    return LineAnswer.model_validate(answer_line(card.collection, card.count, card.minutes))


def _send(session: Any, address: str) -> Response:
    session.expire_all()
    answer = answer_collection(service.look(session, current_actor(), address))
    return send_json(answer.model_dump_json(), NEVER_KEPT)
