"""The endpoints where programs review, publish, withdraw and restore."""

from typing import Any

from flask import Response, url_for

from app.api.bodies import read_body, read_parameters
from app.api.edge import current_actor, endpoint_for
from app.api.reviews.answer import (
    QueueAnswer,
    ReviewAnswer,
    StandingAnswer,
    WaitingAnswer,
    answer_comment,
    answer_comments,
    name_of,
)
from app.api.reviews.bodies import (
    CommentBody,
    DecisionBody,
    PublishBody,
    QueueParameters,
    ReasonBody,
)
from app.api.sending import NEVER_KEPT, send_json
from app.api.submissions.answer import answer_line
from app.api.submissions.views import about
from app.db import reading, unit_of_work
from app.domain.errors import NotFound
from app.domain.permissions import Action
from app.domain.workflow import Step
from app.faces.doorstep import parts
from app.services.reviews import comments, deciding, queue, reading_up, withdrawing


@endpoint_for(Action.REVIEW)
def index() -> Response:
    """List what waits in the person's region, oldest first."""
    asked = read_parameters(QueueParameters)
    filters = queue.QueueFilters(
        stage=asked.stage,
        kind=asked.kind,
        authority=asked.authority or None,
        whose=asked.whose,
        page=asked.page,
    )
    with reading() as session:
        found = queue.find_waiting(
            session,
            current_actor(),
            filters,
            parts().settings.review_due_days,
            parts().calendar,
        )
        answer = QueueAnswer(
            total=found.total,
            overdue=found.overdue,
            page=asked.page,
            per_page=queue.PER_PAGE,
            authorities=list(found.authorities),
            submissions=[_waiting(line) for line in found.lines],
        )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.REVIEW)
def show(revision_id: int) -> Response:
    """Read a submission to be reviewed, with its history and all that was said about it."""
    with reading() as session:
        return _send(session, reading_up.read(session, current_actor(), revision_id))


@endpoint_for(Action.REVIEW)
def approve(revision_id: int) -> Response:
    """Approve a submission; it is published by a step of its own."""
    return _decide(revision_id, Step.APPROVE)


@endpoint_for(Action.REVIEW)
def ask_for_changes(revision_id: int) -> Response:
    """Give a submission back to its writers, to be changed."""
    return _decide(revision_id, Step.ASK_FOR_CHANGES)


@endpoint_for(Action.REVIEW)
def decline(revision_id: int) -> Response:
    """Decline a submission for good."""
    return _decide(revision_id, Step.DECLINE)


@endpoint_for(Action.REVIEW)
def publish(revision_id: int) -> Response:
    """Publish what was approved: now, or not before a moment to come."""
    body = read_body(PublishBody)
    with unit_of_work() as session:
        return _send(
            session, deciding.publish(session, current_actor(), revision_id, body.publish_at)
        )


@endpoint_for(Action.REVIEW)
def comment(revision_id: int) -> Response:
    """Say something about a section of a submission, or about the whole."""
    body = read_body(CommentBody)
    with unit_of_work() as session:
        said = comments.comment(
            session,
            current_actor(),
            revision_id,
            body.words,
            section=body.section,
            is_blocking=body.is_blocking,
        )
        sent = send_json(answer_comment(said).model_dump_json(), NEVER_KEPT)
    sent.status_code = 201
    sent.headers["Location"] = url_for("api.review", revision_id=revision_id, _external=True)
    return sent


@endpoint_for(Action.REVIEW)
def resolve(revision_id: int, comment_id: int) -> Response:
    """Mark a comment as done."""
    actor = current_actor()
    with unit_of_work() as session:
        reading_up.read(session, actor, revision_id)
        if comments.resolve(session, actor, comment_id) != revision_id:
            raise NotFound(comments.GONE)
        said = next(
            c for c in comments.find_comments(session, actor, revision_id) if c.id == comment_id
        )
        return send_json(answer_comment(said).model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.WITHDRAW)
def withdraw(address: str) -> Response:
    """Take a published resource out of the library; a page with the day and the reason stays."""
    body = read_body(ReasonBody)
    with unit_of_work() as session:
        return _stand(withdrawing.withdraw(session, current_actor(), address, body.reason))


@endpoint_for(Action.WITHDRAW)
def restore(address: str) -> Response:
    """Give a withdrawn resource back to its readers."""
    body = read_body(ReasonBody)
    with unit_of_work() as session:
        return _stand(withdrawing.restore(session, current_actor(), address, body.reason))


def _decide(revision_id: int, step: Step) -> Response:
    body = read_body(DecisionBody)
    with unit_of_work() as session:
        revision = deciding.decide(
            session,
            current_actor(),
            revision_id,
            step,
            seen_version=body.seen_version,
            comment=body.comment,
            marks=body.marks.model_dump(),
        )
        session.expire(revision, ["steps"])
        return _send(session, revision)


def _waiting(line: queue.Waiting) -> WaitingAnswer:
    return WaitingAnswer.model_validate(
        answer_line(line.revision)
        | {
            "due_at": line.due_at,
            "is_overdue": line.is_overdue,
            "assigned_to": name_of(line.revision.assigned_to),
            "may_judge": line.may_judge,
        }
    )


def _send(session: Any, revision: Any) -> Response:
    said = comments.find_comments(session, current_actor(), revision.id)
    more = {"assigned_to": name_of(revision.assigned_to), "comments": answer_comments(said)}
    answer = ReviewAnswer.model_validate(about(session, revision) | more)
    return send_json(answer.model_dump_json(), NEVER_KEPT)


def _stand(revision: Any) -> Response:
    resource = revision.resource
    answer = StandingAnswer(id=resource.id, slug=resource.slug, state=revision.state)
    return send_json(answer.model_dump_json(), NEVER_KEPT)
