"""What can be reported: how each kind of thing is read, and how it is hidden and shown again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.collections import CollectionState
from app.domain.concerns import ConcernAbout
from app.domain.errors import InvalidInput
from app.domain.events import EventKind
from app.domain.people import Actor
from app.models.adoptions import Adoption
from app.models.collections import Collection
from app.models.questions import Answer, Question
from app.models.resources import Resource
from app.models.tags import ResourceTag, Tag
from app.services.collected import may_see
from app.services.ledger import record
from app.services.published import sees

LARGEST_ID = 2**31 - 1  # what PostgreSQL keeps in an INTEGER
OF_THE_WRITERS = (
    "This tag is the writers’ own, so it cannot be hidden here alone. An administrator can hide "
    "it everywhere."
)


@dataclass(frozen=True)
class ReportedThing:
    """Something that can be reported, as it stands now."""

    about: ConcernAbout
    thing_id: str
    text: str  # the words that are looked at
    region: str | None  # whose leads decide
    author_ids: tuple[int, ...]
    path: str  # where readers see it
    is_hidden: bool
    is_there: bool  # not deleted, and what it stands on is published
    sees: Callable[[Actor], bool]  # whether somebody may read what it stands on
    hide: Callable[[datetime | None], None]  # None: show it again
    resource: Resource | None = None
    tag: Tag | None = None

    def is_shown_to(self, actor: Actor) -> bool:
        """Say whether the actor can read it now, where readers do."""
        return self.is_there and not self.is_hidden and self.sees(actor)


def find_thing(session: Session, about: ConcernAbout, thing_id: str) -> ReportedThing | None:
    """Return something by its kind and id, hidden or not; None where there never was one."""
    return _FINDERS[about](session, thing_id)


def hide_tag_everywhere(session: Session, tag: Tag, at: datetime | None) -> None:
    """Hide a tag on all resources and in all lists, or show it again."""
    tag.hidden_at = at
    record(session, EventKind.TAGS_CHANGED, tag.id)


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_one and int(text) <= LARGEST_ID else None


def _question(session: Session, thing_id: str) -> ReportedThing | None:
    found = session.get(Question, _number(thing_id) or 0)
    if found is None:
        return None

    def hide(at: datetime | None) -> None:
        found.hidden_at = at

    return _on_resource(
        found.resource,
        ConcernAbout.QUESTION,
        thing_id,
        text=found.words,
        author_id=found.person_id,
        is_hidden=found.hidden_at is not None,
        hide=hide,
        anchor=f"/questions#asked-{found.id}",
    )


def _answer(session: Session, thing_id: str) -> ReportedThing | None:
    found = session.get(Answer, _number(thing_id) or 0)
    if found is None:
        return None
    question = found.question

    def hide(at: datetime | None) -> None:
        found.hidden_at = at
        # A question whose only answer is hidden waits again.
        others = [
            given.answered_at
            for given in question.answers
            if given.hidden_at is None and given.person_id != question.person_id
        ]
        question.answered_at = min(others, default=None)

    return _on_resource(
        question.resource,
        ConcernAbout.ANSWER,
        thing_id,
        text=found.words,
        author_id=found.person_id,
        is_hidden=found.hidden_at is not None,
        hide=hide,
        anchor=f"/questions#asked-{question.id}",
        is_there=question.hidden_at is None,
    )


def _adoption(session: Session, thing_id: str) -> ReportedThing | None:
    found = session.get(Adoption, _number(thing_id) or 0)
    if found is None:
        return None

    def hide(at: datetime | None) -> None:
        found.hidden_at = at
        record(session, EventKind.RESOURCE_TRIED, found.resource_id)

    return _on_resource(
        found.resource,
        ConcernAbout.ADOPTION,
        thing_id,
        text=found.changes or "It says nothing about what was changed.",
        author_id=found.person_id,
        is_hidden=found.hidden_at is not None,
        hide=hide,
        is_there=found.deleted_at is None,
    )


def _tag(session: Session, thing_id: str) -> ReportedThing | None:
    """Return a tag on one resource: `<resource id>:<tag id>`."""
    resource_id, _, tag_id = thing_id.partition(":")
    resource = session.get(Resource, resource_id)
    tag = session.get(Tag, _number(tag_id) or 0)
    if resource is None or tag is None:
        return None
    put = session.get(ResourceTag, (resource.id, tag.id))

    def hide(at: datetime | None) -> None:
        if put is None:
            raise InvalidInput(OF_THE_WRITERS)
        put.hidden_at = at
        record(session, EventKind.RESOURCE_TAGGED, resource.id)

    return _on_resource(
        resource,
        ConcernAbout.TAG,
        thing_id,
        text=tag.label,
        author_id=put.person_id if put else None,
        is_hidden=tag.hidden_at is not None or (put is not None and put.hidden_at is not None),
        hide=hide,
        tag=tag,
        is_there=put is not None or _is_writers(resource, tag),
    )


def _is_writers(resource: Resource, tag: Tag) -> bool:
    own = resource.published.tags if resource.published else []
    return any(held.tag.casefold() == tag.label.casefold() for held in own)


def _collection(session: Session, thing_id: str) -> ReportedThing | None:
    asked = select(Collection).where(Collection.id == thing_id)
    found = session.scalars(asked).first()
    if found is None:
        return None

    def hide(at: datetime | None) -> None:
        found.state = CollectionState.PRIVATE if at else CollectionState.PUBLISHED
        record(session, EventKind.COLLECTION_CHANGED, found.id)

    return ReportedThing(
        about=ConcernAbout.COLLECTION,
        thing_id=thing_id,
        text="\n\n".join(filter(None, (found.title, found.summary, found.introduction))),
        region=found.region,
        author_ids=(found.owner_id,) if found.owner_id is not None else (),
        path=f"/collections/{found.slug}",
        is_hidden=found.state is CollectionState.PRIVATE,
        is_there=True,
        sees=lambda actor: may_see(actor, found),
        hide=hide,
    )


def _on_resource(
    resource: Resource,
    about: ConcernAbout,
    thing_id: str,
    *,
    text: str,
    author_id: int | None,
    is_hidden: bool,
    hide: Callable[[datetime | None], None],
    anchor: str = "",
    is_there: bool = True,
    tag: Tag | None = None,
) -> ReportedThing:
    """Return something that stands on a resource; the leads of the resource's region decide."""
    newest = resource.published or (resource.revisions[-1] if resource.revisions else None)
    return ReportedThing(
        about=about,
        thing_id=thing_id,
        text=text,
        region=newest.region if newest else None,
        author_ids=(author_id,) if author_id is not None else (),
        path=f"/resources/{resource.slug}{anchor}",
        is_hidden=is_hidden,
        is_there=is_there and resource.published is not None,
        sees=lambda actor: sees(actor, resource.published),
        hide=hide,
        resource=resource,
        tag=tag,
    )


_FINDERS: Mapping[ConcernAbout, Callable[[Session, str], ReportedThing | None]] = {
    ConcernAbout.TAG: _tag,
    ConcernAbout.ADOPTION: _adoption,
    ConcernAbout.QUESTION: _question,
    ConcernAbout.ANSWER: _answer,
    ConcernAbout.COLLECTION: _collection,
}
