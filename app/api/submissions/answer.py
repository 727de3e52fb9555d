"""A submission as the API sends it, from a draft to a published version."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from pydantic import BaseModel, Field

from app.api.problems import Problem, RefusedProblem
from app.domain.audience import Audience
from app.domain.resources import Kind
from app.domain.workflow import State, Step

Value = str | list[str]


class LineAnswer(BaseModel):
    """What a list says of a submission."""

    id: int
    resource_id: str = Field(
        description="The permanent id of the resource that it is a version of."
    )
    kind: Kind
    title: str = Field(description="Empty while nobody has given one.")
    state: State
    version: int = Field(description="Counts every saving. Send it back with a change.")
    number: int = Field(description="Which version of the resource it is, from 1.")
    author: str | None = Field(description="Who began it.")
    school: str | None
    authority: str | None
    region: str
    audience: Audience
    edited_at: datetime
    submitted_at: datetime | None
    links: dict[str, str] = Field(description="`self` here; `page` for people.")


class MineAnswer(BaseModel):
    """A page of what the person writes; a headteacher's whole school."""

    total: int
    page: int
    per_page: int
    submissions: list[LineAnswer]


class GapAnswer(BaseModel):
    """Something that is missing before it can be submitted."""

    field: str
    sentence: str


class RiskAnswer(BaseModel):
    """Words that may point to a pupil, and nobody has said why they may stand."""

    risk: str = Field(description="What kind of trace it is.")
    text: str
    why: str
    suggestion: str = Field(description="What could be written instead.")


class StepAnswer(BaseModel):
    """A step that it took."""

    step: Step
    start: State
    end: State
    by: str | None = Field(description="null: the operator.")
    comment: str
    marks: dict[str, int] | None = Field(description="The reviewer's, 1 to 4, of a decision.")
    taken_at: datetime


class SubmissionAnswer(LineAnswer):
    """Everything about a submission."""

    fields: dict[str, Value] = Field(description="Every field by its name, in the form's order.")
    gaps: list[GapAnswer]
    risks: list[RiskAnswer]
    next_steps: list[Step] = Field(description="What the person may do with it from here.")
    history: list[StepAnswer] = Field(description="Oldest first.")
    publish_at: datetime | None = Field(description="Approved, and not published before.")


class SavedAnswer(SubmissionAnswer):
    """The submission after a saving."""

    merged_from: list[str] = Field(description="Who else saved since the version that was sent.")
    taken_over: list[str] = Field(description="The fields that they changed.")


class ClashAnswer(BaseModel):
    """A field that two people changed, each in another way; null: emptied."""

    field: str
    base: Value | None
    mine: Value | None
    theirs: Value | None


class ClashProblem(Problem):
    """Nothing was saved: settle the clashes, and send the fields again with this version."""

    version: int | None = None
    clashes: list[ClashAnswer] = Field([], description="Where both stand.")
    merged_from: list[str] = Field([], description="Who saved meanwhile.")


class NotReadyProblem(RefusedProblem):
    """It cannot be submitted yet."""

    risks: int = 0


def answer_line(revision: Any) -> dict[str, Any]:
    """Return what a list says of a revision, by the answer's names."""
    same = ("id", "resource_id", "title", "state", "version", "number", "school", "authority")
    also = ("region", "audience", "edited_at", "submitted_at", "publish_at")
    said = {name: getattr(revision, name) for name in (*same, *also)}
    return said | {
        "kind": revision.resource.kind,
        "author": revision.author.name if revision.author else None,
        "links": _links(revision.id),
    }


def answer_history(steps: Iterable[Any], criteria: Iterable[str]) -> list[StepAnswer]:
    """Return the steps that a revision took, with the marks of its reviews."""
    codes = tuple(criteria)
    return [
        StepAnswer(
            step=taken.step,
            start=taken.start,
            end=taken.end,
            by=taken.person.name if taken.person else None,
            comment=taken.comment,
            marks={code: getattr(taken.review, code) for code in codes} if taken.review else None,
            taken_at=taken.taken_at,
        )
        for taken in steps
    ]


def plain(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return the fields of a form as JSON has them."""
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _links(revision_id: int) -> dict[str, str]:
    return {
        "self": url_for("api.submission", revision_id=revision_id, _external=True),
        "page": url_for("home.index", _external=True) + f"submissions/{revision_id}",
    }
