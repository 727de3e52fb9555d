"""What waits for a person as sentences with a link, for the home page."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import current_app, url_for

from app.domain.tasks import Task, TaskKind
from app.web.labels import count, day


class TaskLine(NamedTuple):
    """One line of “Waiting for you”."""

    sentence: str
    url: str  # empty: there is no page for it
    note: str
    is_late: bool


class _Words(NamedTuple):
    """How a kind of task is told, about one and about several, and the page where it goes on."""

    one: str
    many: str
    endpoint: str
    list_endpoint: str


WORDS: Mapping[TaskKind, _Words] = {
    TaskKind.ANSWER_CHANGES: _Words(
        "Make the changes that were asked for: {title}",
        "Make the changes that were asked for in {count}",
        "submissions.show",
        "submissions.index",
    ),
    TaskKind.SIGN_OFF: _Words(
        "Read and sign off: {title}",
        "Read and sign off {count}",
        "submissions.show",
        "submissions.index",
    ),
    TaskKind.FINISH_DRAFT: _Words(
        "Go on writing: {title}",
        "Go on writing: {count}",
        "submissions.edit",
        "submissions.index",
    ),
    TaskKind.REVIEW: _Words("Review {count}", "Review {count}", "reviews.index", "reviews.index"),
    TaskKind.PUBLISH: _Words(
        "Publish what is approved: {title}",
        "Publish {count} that are approved",
        "reviews.show",
        "reviews.index",
    ),
    TaskKind.ANSWER_QUESTION: _Words(
        "Answer {count} about your school’s resources",
        "Answer {count} about your school’s resources",
        "questions.index",
        "questions.index",
    ),
    TaskKind.ROUTE_QUESTION: _Words(
        "Find somebody to answer {count} of your region",
        "Find somebody to answer {count} of your region",
        "questions.index",
        "questions.index",
    ),
    TaskKind.JUDGE_CONCERN: _Words(
        "Decide about {count}",
        "Decide about {count}",
        "concerns.index",
        "concerns.index",
    ),
    TaskKind.WATCH_INVITATIONS: _Words(
        "{count} that you sent {is} not accepted yet",
        "{count} that you sent {is} not accepted yet",
        "people.index",
        "people.index",
    ),
    TaskKind.MEND_INDEX: _Words(
        "The search index is behind: {count} {waits}. The log says why",
        "The search index is behind: {count} {waits}. The log says why",
        "api.health",
        "api.health",
    ),
    TaskKind.MEND_MAIL: _Words(
        "{count} could not be sent. “flask mail status” says why",
        "{count} could not be sent. “flask mail status” says why",
        "api.health",
        "api.health",
    ),
}
NOUNS: Mapping[TaskKind, str] = {
    TaskKind.ANSWER_CHANGES: "draft",
    TaskKind.SIGN_OFF: "draft",
    TaskKind.FINISH_DRAFT: "draft",
    TaskKind.REVIEW: "submission",
    TaskKind.PUBLISH: "submission",
    TaskKind.ANSWER_QUESTION: "question",
    TaskKind.ROUTE_QUESTION: "question",
    TaskKind.JUDGE_CONCERN: "report",
    TaskKind.WATCH_INVITATIONS: "invitation",
    TaskKind.MEND_INDEX: "change",
    TaskKind.MEND_MAIL: "letter",
}


def line_of(task: Task) -> TaskLine:
    """Return a task as a sentence, with a link where there is a page for it."""
    words = WORDS[task.kind]
    is_one = task.thing_id is not None
    sentence = (words.one if is_one else words.many).format(
        title=task.title or "an untitled draft",
        count=count(task.count, NOUNS[task.kind]),
        **({"is": "is", "waits": "waits"} if task.count == 1 else {"is": "are", "waits": "wait"}),
    )
    url = _url(words.endpoint, task.thing_id) or _url(words.list_endpoint, None)
    return TaskLine(sentence, url, _note(task), is_late=task.overdue > 0)


def _note(task: Task) -> str:
    if task.since is None:
        return ""
    since = day(task.since.date())
    if task.kind is TaskKind.FINISH_DRAFT:
        return f"Last saved on {since}"
    told = f"Since {since}" if task.count == 1 else f"The oldest since {since}"
    return f"{told}; {task.overdue:,} overdue" if task.overdue else told


def _url(endpoint: str, thing_id: int | None) -> str:
    """Return the address of a page, about one thing where it takes one; empty where it is not."""
    rules = (
        current_app.url_map.iter_rules(endpoint) if endpoint in current_app.view_functions else ()
    )
    for rule in rules:
        if len(rule.arguments) == (thing_id is not None):
            return url_for(endpoint, **dict.fromkeys(rule.arguments, thing_id))
    return ""
