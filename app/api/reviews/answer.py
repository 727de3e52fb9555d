"""The queue, a review and a comment as the API sends them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from app.api.submissions.answer import LineAnswer, SubmissionAnswer
from app.domain.workflow import State


class WaitingAnswer(LineAnswer):
    """A line of the queue."""

    due_at: datetime | None
    is_overdue: bool
    assigned_to: str | None
    may_judge: bool = Field(description="False: the person wrote a part of it.")


class QueueAnswer(BaseModel):
    """A page of what waits in the person's region, oldest first."""

    total: int
    overdue: int
    page: int
    per_page: int
    authorities: list[str] = Field(description="That have something in this stage.")
    submissions: list[WaitingAnswer]


class CommentAnswer(BaseModel):
    """What somebody said about a submission."""

    id: int
    answers: int | None = Field(description="The id of the comment that it answers.")
    section: str = Field(description="A section's code; empty: about the whole.")
    by: str
    words: str
    is_blocking: bool = Field(description="Must be resolved before it can be approved.")
    said_at: datetime
    resolved_at: datetime | None


class ReviewAnswer(SubmissionAnswer):
    """A submission with all that was said about it."""

    assigned_to: str | None
    comments: list[CommentAnswer] = Field(description="Oldest first.")


class StandingAnswer(BaseModel):
    """How a resource stands now."""

    id: str = Field(description="The resource's permanent id.")
    slug: str
    state: State


def answer_comment(said: Any) -> CommentAnswer:
    """Return a comment as it is sent."""
    return CommentAnswer(
        id=said.id,
        answers=said.answers_id,
        section=said.section,
        by=said.person.name,
        words=said.words,
        is_blocking=said.is_blocking,
        said_at=said.said_at,
        resolved_at=said.resolved_at,
    )


def answer_comments(comments: Iterable[Any]) -> list[CommentAnswer]:
    """Return comments as they are sent, in their order."""
    return [answer_comment(said) for said in comments]


def name_of(person: Any) -> str | None:
    """Return a person's name; None for nobody."""
    return person.name if person else None
