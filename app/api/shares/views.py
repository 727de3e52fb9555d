"""The endpoints where programs share, and make secret links."""

from typing import Any

from flask import Response, url_for

from app.api.bodies import read_body, read_parameters
from app.api.edge import current_actor, endpoint_for
from app.api.sending import NEVER_KEPT, send_json
from app.api.shares.answer import (
    LinkAnswer,
    LinksAnswer,
    ShareAnswer,
    SharesAnswer,
    ThingAnswer,
)
from app.api.shares.bodies import LinkBody, ShareBody, SharesParameters
from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.domain.sharing import SharedWith
from app.faces.doorstep import parts
from app.services.shares import links as link_service
from app.services.shares import reading as service
from app.services.shares import sending
from app.services.shares.recipients import find_recipient
from app.services.shares.things import SharedThing, ThingKind, read_thing


@endpoint_for(Action.SHARE)
def index() -> Response:
    """List what was shared with the person, or what they shared, newest first."""
    asked, actor = read_parameters(SharesParameters), current_actor()
    with reading() as session:
        if asked.side == "sent":
            found = service.find_by_me(session, actor, parts().taxonomy, asked.page)
        else:
            found = service.find_with_me(session, actor, asked.page)
        answer = SharesAnswer(
            total=found.total,
            page=found.page,
            per_page=found.per_page,
            shares=[_share(line) for line in found.lines],
        )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.SHARE)
def create() -> Response:
    """Send a resource or a collection to a person, a place or a group."""
    sent, actor, taxonomy = read_body(ShareBody), current_actor(), parts().taxonomy
    with unit_of_work() as session:
        thing = _thing(session, sent)
        kind = SharedWith(sent.to.kind)
        whom = find_recipient(session, actor, taxonomy, kind, sent.to.value)
        share, told = sending.send(session, actor, thing, whom, sent.message)
        line = service.read_share(session, actor, taxonomy, share.id)
        answer = _share(line).model_copy(update={"told": told})
    return _created(answer.model_dump_json(), url_for("api.shares", side="sent"))


@endpoint_for(Action.SHARE)
def take_back(share_id: int) -> Response:
    """Take back what the person sent: it stands on nobody's list any more."""
    with unit_of_work() as session:
        sending.take_back(session, current_actor(), share_id)
    return _nothing_more()


@endpoint_for(Action.SHARE)
def links() -> Response:
    """List the person's secret links, newest first, with those that are over."""
    with reading() as session:
        found = link_service.find_links(session, current_actor())
        answer = LinksAnswer(links=[_link(link) for link in found])
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.SHARE)
def make_link() -> Response:
    """Make a secret link to a restricted resource or collection; its address is told once."""
    sent, actor = read_body(LinkBody), current_actor()
    with unit_of_work() as session:
        secret = link_service.make_link(
            session,
            actor,
            _thing(session, sent),
            days=sent.days,
            most_uses=sent.uses,
            purpose=sent.purpose,
        )
        address = url_for("shares.knock", token=secret, _external=True)
        made = _link(link_service.look_at_link(session, secret))
    answer = made.model_copy(update={"url": address})
    return _created(answer.model_dump_json(), url_for("api.links"))


@endpoint_for(Action.SHARE)
def revoke_link(link_id: int) -> Response:
    """End a secret link at once."""
    with unit_of_work() as session:
        link_service.revoke_link(session, current_actor(), link_id)
    return _nothing_more()


def _thing(session: Any, sent: ShareBody | LinkBody) -> SharedThing:
    kind = ThingKind.RESOURCE if sent.resource is not None else ThingKind.COLLECTION
    return read_thing(session, current_actor(), kind, sent.resource or sent.collection or "")


def _nothing_more() -> Response:
    sent = Response(status=204, headers={"Cache-Control": NEVER_KEPT})
    del sent.headers["Content-Type"]
    return sent


def _created(answer: str, where: str) -> Response:
    response = send_json(answer, NEVER_KEPT)
    response.status_code = 201
    response.headers["Location"] = where
    return response


def _share(line: service.SharedLine) -> ShareAnswer:
    share, thing = line.share, line.thing
    return ShareAnswer(
        id=share.id,
        thing=ThingAnswer(
            kind=thing.kind,
            id=thing.id,
            title=thing.title,
            url=url_for(f"{thing.kind}s.show", address=thing.slug, _external=True),
        )
        if thing
        else None,
        other=line.who,
        message=share.message,
        shared_at=share.shared_at,
        taken_back_at=share.taken_back_at,
        told=None,
    )


def _link(link: Any) -> LinkAnswer:
    return LinkAnswer(
        id=link.id,
        resource_id=link.resource_id,
        collection_id=link.collection_id,
        purpose=link.purpose,
        made_at=link.made_at,
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        most_uses=link.most_uses,
        uses=link.uses,
        is_good=link_service.is_good_now(link),
        url=None,
    )
