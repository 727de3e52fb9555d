"""External evaluations: recorded by a reviewer with their source, and removed again."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import AuditAction
from app.domain.errors import NotFound
from app.domain.events import EventKind
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.models.adoptions import Evaluation
from app.models.base import utc_now
from app.models.resources import Resource, Revision
from app.services.adoptions.recording import read_published
from app.services.adoptions.saying import FieldRefused
from app.services.ledger import audit, record

GONE = "There is no such evaluation."
LONGEST_TITLE, LONGEST_EVALUATOR, LONGEST_SOURCE, LONGEST_FOUND = 300, 200, 1000, 1500  # characters
SHORTEST_CITATION = 20  # characters
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
NO_SOURCE = (
    "Give the full web address, beginning with https://, or a citation with its year, "
    "for example: Education Endowment Foundation (2021) Improving mathematics"
)


@dataclass(frozen=True)
class Found:
    """An evaluation as a reviewer tells it."""

    title: str
    evaluator: str  # a body, not a person
    source: str  # a web address or a citation
    found: str = ""


def evaluate(session: Session, actor: Actor, resource: Resource, told: Found) -> Evaluation:
    """Record that somebody outside evaluated a practice, with where to read it.

    Raises:
        NotFound: the resource is not published, or not for this actor.
        NotAllowed: the actor does not review it, or wrote it.
        FieldRefused: something is missing, too long, or no source.
    """
    revision = require_reviewer(actor, resource)
    evaluation = Evaluation(
        resource_id=resource.id,
        title=_line("title", told.title, LONGEST_TITLE, "Enter the title of the evaluation"),
        evaluator=_line("evaluator", told.evaluator, LONGEST_EVALUATOR, "Enter who evaluated it"),
        source=_source(told.source),
        found=_line("found", told.found, LONGEST_FOUND),
        recorded_by_id=actor.id,
    )
    session.add(evaluation)
    session.flush()
    _follow_up(session, actor, evaluation, AuditAction.EVALUATION_RECORDED, revision.region)
    return evaluation


def remove(session: Session, actor: Actor, resource: Resource, evaluation_id: int) -> None:
    """Remove an evaluation; the resource stands on the ladder as its other records say.

    Raises:
        NotFound: there is no such resource or evaluation, or not for this actor.
        NotAllowed: the actor does not review it, or wrote it.
    """
    evaluation = read_evaluation(session, actor, resource, evaluation_id)
    evaluation.removed_at = utc_now()
    region = read_published(actor, resource).region
    _follow_up(session, actor, evaluation, AuditAction.EVALUATION_REMOVED, region)


def read_evaluation(
    session: Session, actor: Actor, resource: Resource, evaluation_id: int
) -> Evaluation:
    """Return an evaluation that the actor may remove.

    Raises:
        NotFound: there is no such resource or evaluation, or not for this actor.
        NotAllowed: the actor does not review it, or wrote it.
    """
    require_reviewer(actor, resource)
    asked = select(Evaluation).where(
        Evaluation.id == evaluation_id,
        Evaluation.resource_id == resource.id,
        Evaluation.removed_at.is_(None),
    )
    evaluation = session.scalars(asked).first()
    if evaluation is None:
        raise NotFound(GONE)
    return evaluation


def require_reviewer(actor: Actor, resource: Resource) -> Revision:
    """Return what a resource says, to those who review it.

    Raises:
        NotFound: the resource is not published, or not for this actor.
        NotAllowed: the actor does not review it, or wrote it.
    """
    revision = read_published(actor, resource)
    require(actor, Action.REVIEW, revision)
    return revision


def is_web_address(source: str) -> bool:
    """Say whether a source can be followed as a link."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _source(text: str) -> str:
    line = _line("source", text, LONGEST_SOURCE, NO_SOURCE)
    if _ADDRESS.match(line):
        is_good = is_web_address(line) and " " not in line
    else:
        is_good = len(line) >= SHORTEST_CITATION and bool(_YEAR.search(line))
    if not is_good:
        raise FieldRefused("source", NO_SOURCE)
    return line


def _line(field: str, text: str, limit: int, missing: str = "") -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if missing and not line:
        raise FieldRefused(field, missing)
    if len(line) > limit:
        raise FieldRefused(field, f"Write at most {limit:,} characters")
    return line


def _follow_up(
    session: Session, actor: Actor, evaluation: Evaluation, action: AuditAction, region: str
) -> None:
    audit(session, actor, action, f"evaluation:{evaluation.id}", region=region)
    record(session, EventKind.RESOURCE_TRIED, evaluation.resource_id)
