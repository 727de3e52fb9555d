"""The endpoints where programs read what was tried, and say what their school tried."""

from dataclasses import replace

from flask import Response, url_for

from app.api.adoptions.answer import TriesAnswer, answer_try
from app.api.adoptions.bodies import TriesParameters, TryBody, TryChangeBody, first_of
from app.api.bodies import read_body, read_parameters
from app.api.edge import current_actor, endpoint_for
from app.api.sending import ASK_AGAIN, NEVER_KEPT, send_json
from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.faces.doorstep import parts
from app.services import resources
from app.services.adoptions import reading as tries
from app.services.adoptions import recording as service
from app.services.adoptions.saying import Told


@endpoint_for(Action.READ_PUBLIC)
def index(address: str) -> Response:
    """List what schools said of their tries of a resource, the latest first."""
    asked, actor = read_parameters(TriesParameters), current_actor()
    with reading() as session:
        resource = resources.read(session, actor, address)
        found = tries.find_on_resource(
            session, actor, resource, region=asked.region, outcome=asked.outcome, page=asked.page
        )
        answer = TriesAnswer(
            total=found.total,
            page=found.page,
            per_page=found.per_page,
            adoptions=[answer_try(adoption) for adoption in found.adoptions],
        )
    return send_json(answer.model_dump_json(), ASK_AGAIN)


@endpoint_for(Action.ADOPT)
def adopt(address: str) -> Response:
    """Say that the person's school tried a resource; sent twice, it is one try."""
    body, actor = read_body(TryBody), current_actor()
    told = Told(
        stages=tuple(body.stages),
        tried_on=first_of(body.tried_on),
        outcome=body.outcome,
        would_repeat=body.would_repeat,
        changes=body.changes,
    )
    with unit_of_work() as session:
        resource = resources.read(session, actor, address)
        adoption = service.adopt(
            session, actor, parts().taxonomy, resource, told, agreed=body.agreed
        )
        sent = send_json(answer_try(adoption).model_dump_json(), NEVER_KEPT)
        where = url_for("api.adoption", adoption_id=adoption.id, _external=True)
    sent.status_code = 201
    sent.headers["Location"] = where
    return sent


@endpoint_for(Action.CHANGE_ADOPTION)
def show(adoption_id: int) -> Response:
    """Read a try that the person may change."""
    with reading() as session:
        adoption = service.read_own(session, current_actor(), adoption_id)
        return send_json(answer_try(adoption).model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.CHANGE_ADOPTION)
def change(adoption_id: int) -> Response:
    """Say something else of a try; what is not sent stays as it is."""
    body, actor = read_body(TryChangeBody), current_actor()
    said = body.model_dump(exclude_none=True, exclude={"agreed"})
    if "stages" in said:
        said["stages"] = tuple(said["stages"])
    if "tried_on" in said:
        said["tried_on"] = first_of(said["tried_on"])
    with unit_of_work() as session:
        held = service.told_of(service.read_own(session, actor, adoption_id))
        adoption = service.change(
            session,
            actor,
            parts().taxonomy,
            adoption_id,
            replace(held, **said),
            agreed=body.agreed,
        )
        return send_json(answer_try(adoption).model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.CHANGE_ADOPTION)
def delete(adoption_id: int) -> Response:
    """Take a try back; it counts nowhere any more."""
    with unit_of_work() as session:
        service.delete(session, current_actor(), adoption_id)
    sent = Response(status=204, headers={"Cache-Control": NEVER_KEPT})
    del sent.headers["Content-Type"]
    return sent
