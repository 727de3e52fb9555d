"""Tries as the API sends them; no person is named."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.problems import RefusedProblem
from app.domain.evidence import Outcome, Tried


class TryAnswer(BaseModel):
    """What a school said of its try."""

    id: int
    resource_id: str
    school: str
    authority: str
    region: str
    stages: list[str]
    tried_on: str = Field(description="The month, such as 2026-09.")
    outcome: Outcome
    would_repeat: bool
    changes: str = Field(description="What was changed: plain text; may be empty.")
    recorded_at: datetime
    edited_at: datetime | None


class TriesAnswer(BaseModel):
    """A page of what schools said of a resource, the latest first."""

    total: int
    page: int
    per_page: int
    adoptions: list[TryAnswer]


class RiskFoundAnswer(BaseModel):
    """Words that may point to a pupil."""

    text: str
    why: str
    fingerprint: str = Field(description="To be sent in `agreed`, to let the words stand.")


class TryProblem(RefusedProblem):
    """What was said cannot be kept, or has words that may point to a pupil."""

    risks: list[RiskFoundAnswer] = Field(default_factory=list)


def answer_try(adoption: Any) -> TryAnswer:
    """Return a try as it is sent."""
    return TryAnswer(
        id=adoption.id,
        resource_id=adoption.resource_id,
        school=adoption.school.name,
        authority=adoption.authority,
        region=adoption.region,
        stages=adoption.stages.split(),
        tried_on=f"{adoption.tried_on:%Y-%m}",
        outcome=adoption.outcome,
        would_repeat=adoption.would_repeat,
        changes=adoption.changes,
        recorded_at=adoption.recorded_at,
        edited_at=adoption.edited_at,
    )


def answer_tried(tried: Tried) -> dict[str, Any]:
    """Return how far a resource was tried, by the names of the resource's answer."""
    tally = tried.tally
    return {
        "rung": tried.rung,
        "schools": tally.schools,
        "authorities": tally.authorities,
        "regions": tally.regions,
        "outcomes": {str(outcome): tally.outcomes.get(outcome, 0) for outcome in Outcome},
    }
