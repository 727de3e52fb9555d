"""The endpoints where programs write drafts and submit them."""

from collections.abc import Mapping
from typing import Any

from flask import Response, url_for

from app.api.bodies import read_body, read_parameters
from app.api.edge import current_actor, endpoint_for
from app.api.sending import NEVER_KEPT, send_json
from app.api.submissions.answer import (
    GapAnswer,
    LineAnswer,
    MineAnswer,
    RiskAnswer,
    SavedAnswer,
    SubmissionAnswer,
    answer_history,
    answer_line,
    plain,
)
from app.api.submissions.bodies import ChangeBody, MineParameters, StartBody
from app.db import reading, unit_of_work
from app.domain.errors import WrongState
from app.domain.permissions import Action
from app.domain.rubric import CODES
from app.domain.workflow import EDITABLE, steps_for
from app.faces.doorstep import parts
from app.services.moving import read_revision
from app.services.submissions import drafts, saving, standing
from app.services.submissions.check import find_gaps
from app.services.submissions.draft_fields import fields_of
from app.services.submissions.privacy import find_open_risks

CLASHING = (
    "Somebody changed the same words since the version that you sent; nothing of yours was saved. "
    "Settle the clashes, and send the fields again with the version told here."
)


class Clashed(WrongState):
    """Two people changed the same field; both texts are told."""

    def __init__(self, saved: saving.Saved) -> None:
        super().__init__(CLASHING)
        self._more = {
            "version": saved.revision.version,
            "clashes": [vars(clash) for clash in saved.clashes],
            "merged_from": list(saved.merged_from),
        }

    @property
    def more(self) -> Mapping[str, object]:
        """The version that stands, and both texts of each field that clashes."""
        return self._more


@endpoint_for(Action.WRITE_DRAFT)
def index() -> Response:
    """List what the person writes, and a headteacher's whole school: what waits for them first."""
    asked = read_parameters(MineParameters)
    with reading() as session:
        groups = standing.find_mine(session, current_actor())
        found = [revision for group in groups for revision in group.revisions]
        start = (asked.page - 1) * asked.per_page
        answer = MineAnswer(
            total=len(found),
            page=asked.page,
            per_page=asked.per_page,
            submissions=[
                LineAnswer.model_validate(answer_line(revision))
                for revision in found[start : start + asked.per_page]
            ],
        )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.WRITE_DRAFT)
def create() -> Response:
    """Begin a draft: of a new resource, or of a new version of a published one."""
    body, actor = read_body(StartBody), current_actor()
    with unit_of_work() as session:
        if body.kind is not None:
            revision = drafts.start(session, actor, body.kind)
        else:
            revision = drafts.start_from(
                session, actor, body.start_from or "", parts().taxonomy, body.number
            )
        sent = _send(session, revision)
    sent.status_code = 201
    sent.headers["Location"] = url_for("api.submission", revision_id=revision.id, _external=True)
    return sent


@endpoint_for(Action.READ_DRAFT)
def show(revision_id: int) -> Response:
    """Read a submission: its fields, what it lacks, where it stands and how it came there."""
    with reading() as session:
        return _send(session, read_revision(session, current_actor(), revision_id))


@endpoint_for(Action.WRITE_DRAFT)
def update(revision_id: int) -> Response:
    """Change fields of a draft; what somebody else saved meanwhile is kept, or told as a clash."""
    body = read_body(ChangeBody)
    sent = {n: tuple(v) if isinstance(v, list) else v for n, v in body.fields.items()}
    with unit_of_work() as session:
        saved = saving.save(
            session, current_actor(), revision_id, body.version, sent, taxonomy=parts().taxonomy
        )
        if saved.clashes:
            raise Clashed(saved)
        said = about(session, saved.revision)
    answer = SavedAnswer.model_validate(
        said | {"merged_from": list(saved.merged_from), "taken_over": list(saved.taken_over)}
    )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.WRITE_DRAFT)
def discard(revision_id: int) -> Response:
    """Throw away one's own draft that was never submitted; nothing of it stays."""
    with unit_of_work() as session:
        drafts.discard(session, current_actor(), revision_id)
    sent = Response(status=204, headers={"Cache-Control": NEVER_KEPT})
    del sent.headers["Content-Type"]
    return sent


@endpoint_for(Action.OFFER)
def offer(revision_id: int) -> Response:
    """Hand one's draft to the headteachers of the school, who sign it off."""
    with unit_of_work() as session:
        return _send(session, drafts.offer(session, current_actor(), revision_id))


@endpoint_for(Action.SUBMIT)
def submit(revision_id: int) -> Response:
    """Sign a draft off, and send it to the region's leads for review."""
    taxonomy = parts().taxonomy
    with unit_of_work() as session:
        return _send(session, drafts.submit(session, current_actor(), revision_id, taxonomy))


def about(session: Any, revision: Any) -> dict[str, Any]:
    """Return everything about a revision that the asking person may see, by the answer's names."""
    is_written = revision.state in EDITABLE
    risks = find_open_risks(session, revision) if is_written else ()
    return answer_line(revision) | {
        "fields": plain(fields_of(revision)),
        "gaps": [GapAnswer(**vars(gap)) for gap in find_gaps(revision)] if is_written else [],
        "risks": [
            RiskAnswer(risk=risk.risk, text=risk.text, why=risk.why, suggestion=risk.suggestion)
            for risk in risks
        ],
        "next_steps": list(steps_for(current_actor(), revision.state, revision)),
        "history": answer_history(revision.steps, CODES),
    }


def _send(session: Any, revision: Any) -> Response:
    answer = SubmissionAnswer.model_validate(about(session, revision))
    return send_json(answer.model_dump_json(), NEVER_KEPT)
