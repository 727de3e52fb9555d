"""The endpoints where programs read tags, put them on, and bring them into order."""

from flask import Response

from app.api.bodies import read_body, read_parameters
from app.api.edge import current_actor, endpoint_for
from app.api.sending import ASK_AGAIN, NEVER_KEPT, send_json
from app.api.tags.answer import (
    ChangesAnswer,
    OneTagAnswer,
    TaggedAnswer,
    TaggedResourceAnswer,
    TagsAnswer,
    answer_change,
    answer_tag,
)
from app.api.tags.bodies import MergeBody, PageParameters, RenameBody, TagsBody, TagsParameters
from app.db import reading, unit_of_work
from app.domain.permissions import Action
from app.domain.search import PER_PAGE
from app.domain.tags import TagStep
from app.services.tags import changes, changing, counting, tagging
from app.services.tags.changing import Wish


@endpoint_for(Action.SEARCH)
def index() -> Response:
    """List the tags that stand on something the person may read, from A to Z."""
    asked = read_parameters(TagsParameters)
    with reading() as session:
        found = counting.find_tags(session, current_actor(), asked.q)
    first = (asked.page - 1) * asked.per_page
    answer = TagsAnswer(
        total=len(found),
        page=asked.page,
        per_page=asked.per_page,
        tags=[answer_tag(line) for line in found[first : first + asked.per_page]],
    )
    return send_json(answer.model_dump_json(), ASK_AGAIN)


@endpoint_for(Action.SEARCH)
def show(slug: str) -> Response:
    """Read one tag: what has it, newest first, and the tags beside it."""
    asked, actor = read_parameters(PageParameters), current_actor()
    with reading() as session:
        line = counting.read_tag(session, actor, slug)
        held = counting.find_held(session, actor, line.slug, asked.page)
        related = counting.find_related(session, actor, line.slug)
    answer = OneTagAnswer(
        **answer_tag(line).model_dump(),
        page=asked.page,
        per_page=PER_PAGE,
        resources=[
            TaggedResourceAnswer(id=hit.id, slug=hit.slug, title=hit.title) for hit in held.hits
        ],
        related=[answer_tag(one) for one in related],
    )
    return send_json(answer.model_dump_json(), ASK_AGAIN)


@endpoint_for(Action.TAG)
def put_on(address: str) -> Response:
    """Put tags on a published resource; safe to repeat."""
    sent, actor = read_body(TagsBody), current_actor()
    with unit_of_work() as session:
        told = tagging.put_on(session, actor, address, sent.tags)
        _, revision = tagging.read_tagged(session, actor, address)
        standing = tagging.tags_for_page(session, actor, revision)
    answer = TaggedAnswer(
        put=list(told.put),
        were_there=list(told.were_there),
        tags=[tag.label for tag in standing],
    )
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.UNTAG)
def take_off(address: str, slug: str) -> Response:
    """Take a tag off that was put on."""
    with unit_of_work() as session:
        tagging.take_off(session, current_actor(), address, slug)
    sent = Response(status=204, headers={"Cache-Control": NEVER_KEPT})
    del sent.headers["Content-Type"]
    return sent


@endpoint_for(Action.KEEP_TAGS)
def merge(slug: str) -> Response:
    """Merge a tag into another, which is kept; the old one leads there, and still finds."""
    return _change(slug, Wish(TagStep.MERGE, into=read_body(MergeBody).into))


@endpoint_for(Action.KEEP_TAGS)
def rename(slug: str) -> Response:
    """Give a tag another name; the old one leads there, and still finds."""
    return _change(slug, Wish(TagStep.RENAME, label=read_body(RenameBody).label))


@endpoint_for(Action.KEEP_TAGS)
def retire(slug: str) -> Response:
    """Retire a tag: it still finds, and is put on nothing new."""
    return _change(slug, Wish(TagStep.RETIRE))


@endpoint_for(Action.KEEP_TAGS)
def change_log() -> Response:
    """List what was merged, renamed and retired within the person's reach, newest first."""
    with reading() as session:
        found = changes.find_changes(session, current_actor())
    answer = ChangesAnswer(changes=[answer_change(line) for line in found])
    return send_json(answer.model_dump_json(), NEVER_KEPT)


@endpoint_for(Action.KEEP_TAGS)
def undo(change_id: int) -> Response:
    """Put the tags that a change touched back as they stood."""
    with unit_of_work() as session:
        made = changes.undo(session, current_actor(), change_id)
        answer = answer_change(changes.line_of(made))
    return send_json(answer.model_dump_json(), NEVER_KEPT)


def _change(slug: str, wish: Wish) -> Response:
    with unit_of_work() as session:
        made = changing.change(session, current_actor(), slug, wish)
        answer = answer_change(changes.line_of(made))
    return send_json(answer.model_dump_json(), NEVER_KEPT)
