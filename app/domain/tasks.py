"""What waits for a person: the kinds of tasks, and when one is overdue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SATURDAY = 5


class TaskKind(StrEnum):
    """What somebody is waited for."""

    ANSWER_CHANGES = "answer_changes"
    SIGN_OFF = "sign_off"
    FINISH_DRAFT = "finish_draft"
    REVIEW = "review"
    PUBLISH = "publish"
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


def working_days(first: date, last: date) -> int:
    """Return how many days from Monday to Friday there are after the first, up to the last."""
    days = max(0, (last - first).days)
    whole_weeks, rest = divmod(days, 7)
    odd = (first + timedelta(days=n) for n in range(1, rest + 1))
    return whole_weeks * 5 + sum(day.weekday() < SATURDAY for day in odd)


def latest_overdue(today: date, due_days: int) -> date:
    """Return the last day on which what has waited since is overdue after so many working days."""
    day = today
    while working_days(day, today) <= due_days:
        day -= timedelta(days=1)
    return day
