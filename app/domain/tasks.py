"""What waits for a person: the kinds of tasks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskKind(StrEnum):
    """What somebody is waited for."""

    ANSWER_CHANGES = "answer_changes"
    SIGN_OFF = "sign_off"
    FINISH_DRAFT = "finish_draft"
    REVIEW = "review"
    PUBLISH = "publish"
    ANSWER_QUESTION = "answer_question"  # of the school's own resources
    ROUTE_QUESTION = "route_question"  # a region's, unanswered for too long
    JUDGE_CONCERN = "judge_concern"
    WATCH_INVITATIONS = "watch_invitations"
    MEND_INDEX = "mend_index"
    MEND_MAIL = "mend_mail"


@dataclass(frozen=True)
class Task:
    """One line of “Waiting for you”: about one thing, or about several alike."""

    kind: TaskKind
    count: int = 1
    thing_id: int | None = None  # a revision's, where it is about one
    title: str = ""
    since: datetime | None = None  # the oldest
    overdue: int = 0  # how many of them
