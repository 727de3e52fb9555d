"""flask submissions: invented drafts in every state, for trying the library out."""

from datetime import timedelta
from typing import Any

import click
from flask.cli import AppGroup

from app.cli.edge import on_the_library
from app.cli.invented import invented
from app.db import unit_of_work
from app.domain.errors import NotAllowed
from app.domain.moments import utc_now
from app.domain.people import Actor, Role
from app.domain.resources import ResourceContent
from app.domain.workflow import State, Step
from app.faces.doorstep import parts
from app.formats.sample_stories import SampleStory, StoryStep, read_stories
from app.services.moving import read_revision
from app.services.reviews import comments, deciding, withdrawing
from app.services.submissions import draft_fields, drafts, saving, standing

submissions = AppGroup("submissions", help="Invented submissions, for trying the library out.")


@submissions.command("demo")
@on_the_library
def demo() -> None:
    """Play the sample submissions, each to the state that it tells; never in production.

    Safe to repeat: what was played is left alone.
    """
    if parts().settings.is_production:
        raise NotAllowed("Invented submissions have no place in production.")
    stories = read_stories(parts().settings.sample_submissions_dir, parts().taxonomy)
    played = 0
    for story in stories:
        with unit_of_work() as session:
            played += _play(session, story)
    click.echo(f"{played} invented submissions made, {len(stories) - played} there already.")


def _play(session: Any, story: SampleStory) -> bool:
    """Write and move one draft through the services that people use; return whether it is new."""
    writer = _somebody(session, story.writer, story.content)
    mine = standing.find_mine(session, writer)
    if any(r.title == story.content.title for group in mine for r in group.revisions):
        return False
    revision = drafts.start(session, writer, story.content.kind)
    saving.save(
        session,
        writer,
        revision.id,
        revision.version,
        draft_fields.values_of(story.content),
        taxonomy=parts().taxonomy,
    )
    for step in story.steps:
        _take(session, story, revision.id, step)
    return True


def _take(session: Any, story: SampleStory, revision_id: int, told: StoryStep) -> None:
    actor = _somebody(session, told.by, story.content)
    match told.step:
        case Step.OFFER:
            drafts.offer(session, actor, revision_id)
        case Step.SUBMIT | Step.SIGN_OFF:
            drafts.submit(session, actor, revision_id, parts().taxonomy)
        case Step.APPROVE | Step.ASK_FOR_CHANGES | Step.DECLINE:
            _decide(session, actor, revision_id, told)
        case Step.PUBLISH:
            deciding.publish(session, actor, revision_id)
        case Step.WITHDRAW:
            address = read_revision(session, actor, revision_id).resource.slug
            withdrawing.withdraw(session, actor, address, told.comment)


def _decide(session: Any, actor: Actor, revision_id: int, told: StoryStep) -> None:
    for said in told.comments:
        comments.comment(
            session,
            actor,
            revision_id,
            said["words"],
            section=said["section"],
            is_blocking=said["blocking"],
        )
    revision = deciding.decide(
        session,
        actor,
        revision_id,
        told.step,
        seen_version=read_revision(session, actor, revision_id).version,
        comment=told.comment,
        marks=told.marks or {},
    )
    if told.publish_in_days and revision.state is State.APPROVED:
        moment = utc_now() + timedelta(days=told.publish_in_days)
        deciding.publish(session, actor, revision_id, moment)


def _somebody(session: Any, role: Role, content: ResourceContent) -> Actor:
    """Return an invented person of this role where the resource belongs."""
    if role in (Role.TEACHER, Role.HEADTEACHER):
        school, authority = content.school or "", content.authority or ""
        return invented(session, role, school=school, authority=authority)
    return invented(session, role, region=content.region)
