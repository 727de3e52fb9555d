"""Read one resource, its pictures or its files, on someone's behalf."""

from collections.abc import Callable, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload, undefer

from app.domain.audience import may_read
from app.domain.errors import NotFound, Withdrawn
from app.domain.moments import day_in_scotland
from app.domain.people import Actor
from app.domain.permissions import Action, allows
from app.domain.resources import ResourceContent
from app.domain.workflow import State, Step
from app.formats.markdown import Rendered
from app.formats.pictures import PICTURES
from app.formats.resource_writing import to_file
from app.models.pictures import Picture
from app.models.resource_content import content_of as content_of_revision
from app.models.resource_tags import content_with_tags, standing_tags
from app.models.resources import FormerSlug, Resource, Revision
from app.models.reviews import RevisionStep
from app.models.submissions import Attachment
from app.services.rendering import render as render_revision

MISSING = "There is no such resource, or it is not for everyone to read."
NO_PICTURE = "There is no such picture, or it is not for everyone to see."


def read(session: Session, actor: Actor, address: str) -> Resource:
    """Return the published resource with this slug, former slug or id.

    Its `published` revision is there, with terms and tags.

    Raises:
        NotFound: there is none that this actor may read.
        Withdrawn: there was, and it was taken back.
    """
    if "\0" in address:
        # PostgreSQL refuses to be asked for one.
        raise NotFound(MISSING)
    resource = session.scalars(
        select(Resource)
        .outerjoin(FormerSlug)
        .where(
            or_(Resource.slug == address, Resource.id == address, FormerSlug.slug == address),
        )
        # A slug in use goes before the same slug in another's past.
        .order_by((Resource.slug == address).desc())
        .options(
            selectinload(Resource.published).selectinload(Revision.terms),
            selectinload(Resource.published).selectinload(Revision.tags),
            selectinload(Resource.published).selectinload(Revision.pictures),
        )
    ).first()
    if resource is not None and resource.published is None:
        _tell_where_withdrawn(session, actor, resource)
    if resource is None or not _may_read(actor, resource.published):
        raise NotFound(MISSING)
    return resource


def read_picture(session: Session, actor: Actor, name: str) -> Picture:
    """Return a picture, with its bytes, that something shows which the actor may read.

    That is a published resource, or a draft for those who write and judge it.

    Raises:
        NotFound: there is none.
    """
    if "\0" in name:
        raise NotFound(NO_PICTURE)
    revisions = session.scalars(
        select(Revision).join(Revision.pictures).where(Picture.name == name)
    )
    if not any(_may_look_at(actor, revision, name) for revision in revisions):
        raise NotFound(NO_PICTURE)
    return session.scalars(
        select(Picture).where(Picture.name == name).options(undefer(Picture.data))
    ).one()


def read_attachment(session: Session, actor: Actor, address: str, name: str) -> Attachment:
    """Return a file, with its bytes, that a published resource offers which the actor may read.

    Raises:
        NotFound: there is none.
    """
    offered = published_revision(read(session, actor, address)).attachments
    if name not in {held.attachment_name for held in offered}:
        raise NotFound("There is no such file, or it is not for everyone to read.")
    asked = select(Attachment).where(Attachment.name == name).options(undefer(Attachment.data))
    return session.scalars(asked).one()


def shown_pictures(revision: Revision) -> list[str]:
    """Return the names of the pictures that a revision's words show, by name.

    It may hold others still, from when it was a draft: those are nobody's to see.
    """
    held = (picture.name for picture in revision.pictures)
    return sorted(name for name in held if PICTURES + name in revision.body_markdown)


def offered_files(revision: Revision) -> list[tuple[str, Attachment]]:
    """Return what a revision offers for download, each behind its label, in its author's order."""
    return [(held.label, held.attachment) for held in revision.attachments]


def published_revision(resource: Resource) -> Revision:
    """Return the published revision of a resource that `read` gave.

    Raises:
        NotFound: it has none.
    """
    if resource.published is None:
        raise NotFound(MISSING)
    return resource.published


def terms_of(resource: Resource) -> Mapping[str, list[str]]:
    """Return the codes of a resource's lists of terms, by facet name, in the author's order.

    Raises:
        NotFound: it has no published revision.
    """
    terms: dict[str, list[str]] = {}
    for term in published_revision(resource).terms:
        terms.setdefault(term.facet, []).append(term.code)
    return terms


def content_of(resource: Resource) -> ResourceContent:
    """Return everything that the published revision of a resource says.

    Raises:
        NotFound: it has no published revision.
    """
    return content_of_revision(published_revision(resource))


def tags_of(session: Session, resource: Resource) -> list[str]:
    """Return the tags of a resource as they are called now: its writer's own first.

    Raises:
        NotFound: it has no published revision.
    """
    return [tag.label for tag in standing_tags(session, published_revision(resource))]


def as_markdown(session: Session, resource: Resource) -> bytes:
    """Return the resource as the Markdown file that it can be loaded from again.

    Raises:
        NotFound: it has no published revision.
    """
    return to_file(resource.id, content_with_tags(session, published_revision(resource)))


def render(resource: Resource, picture_url: Callable[[str], str]) -> Rendered:
    """Return the resource's words as safe HTML, with its sections.

    A first heading that only repeats the title is left out: the page has its own.

    Raises:
        NotFound: it has no published revision.
    """
    return render_revision(published_revision(resource), picture_url)


def _tell_where_withdrawn(session: Session, actor: Actor, resource: Resource) -> None:
    """Leave a sentence in place of a withdrawn resource, to those who could read it.

    Raises:
        Withdrawn: it was withdrawn.
    """
    asked = select(Revision).where(
        Revision.resource_id == resource.id, Revision.state == State.WITHDRAWN
    )
    revision = session.scalars(asked.order_by(Revision.number.desc())).first()
    if revision is None or not _may_read(actor, revision):
        return
    taken = select(RevisionStep).where(
        RevisionStep.revision_id == revision.id, RevisionStep.step == Step.WITHDRAW
    )
    step = session.scalars(taken.order_by(RevisionStep.id.desc())).first()
    if step is None:
        raise Withdrawn("It was withdrawn.")
    day = day_in_scotland(step.taken_at)
    told = f"It was withdrawn on {day.day} {day:%B %Y} {step.by_role}".rstrip()
    raise Withdrawn(f"{told}. The reason given: {step.comment}")


def _may_read(actor: Actor, revision: Revision | None) -> bool:
    return revision is not None and may_read(actor, revision.audience, revision.region)


def _may_look_at(actor: Actor, revision: Revision, name: str) -> bool:
    # A published one may hold a picture still that its words show no longer.
    is_shown = revision.state is State.PUBLISHED and name in shown_pictures(revision)
    return (is_shown and _may_read(actor, revision)) or allows(actor, Action.READ_DRAFT, revision)
