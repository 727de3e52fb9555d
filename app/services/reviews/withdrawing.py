"""Take a published resource back, and give it back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audience import may_read
from app.domain.errors import NotFound, WrongState
from app.domain.notifications import NotificationKind
from app.domain.people import Actor, Role
from app.domain.permissions import Action, require
from app.domain.workflow import State, Step
from app.models.resources import Resource, Revision
from app.services.family import warn_children
from app.services.moving import move
from app.services.reviews.deciding import writers_of
from app.services.telling import find_people, tell

GONE = "There is no such resource, or it is not for everyone to read."


def withdraw(session: Session, actor: Actor, address: str, reason: str) -> Revision:
    """Take a published resource out of the library; a page with the day and the reason stays.

    Raises:
        NotFound: there is no such resource for this actor.
        NotAllowed: it is not theirs to withdraw.
        InvalidInput: the reason is missing.
    """
    revision = read_to_act_on(session, actor, address, State.PUBLISHED)
    move(session, actor, revision, Step.WITHDRAW, reason)
    sentence = f"“{revision.title}” was withdrawn."
    _tell(session, actor, revision, NotificationKind.WITHDRAWN, sentence)
    warn_children(session, actor, revision)
    return revision


def restore(session: Session, actor: Actor, address: str, reason: str) -> Revision:
    """Give a withdrawn resource back to its readers.

    Raises:
        NotFound: there is no such resource for this actor.
        NotAllowed: it is not theirs to restore.
        WrongState: a newer version is published.
        InvalidInput: the reason is missing.
    """
    revision = read_to_act_on(session, actor, address, State.WITHDRAWN)
    move(session, actor, revision, Step.RESTORE, reason)
    sentence = f"“{revision.title}” is in the library again."
    _tell(session, actor, revision, NotificationKind.RESTORED, sentence)
    return revision


def read_to_act_on(session: Session, actor: Actor, address: str, state: State) -> Revision:
    """Return the resource's published or withdrawn revision, held until the transaction ends.

    Raises:
        NotFound: there is none, or they could not.
        NotAllowed: they could, and may not withdraw it.
        WrongState: it is in another state.
    """
    require(actor, Action.WITHDRAW)
    if "\0" in address:
        raise NotFound(GONE)
    asked = (
        select(Revision)
        .join(Resource)
        .where(
            (Resource.slug == address) | (Resource.id == address),
            Revision.state.in_((State.PUBLISHED, State.WITHDRAWN)),
        )
        .order_by((Revision.state == State.PUBLISHED).desc(), Revision.number.desc())
        .with_for_update(of=Revision)
        .execution_options(populate_existing=True)
    )
    revision = session.scalars(asked).first()
    if revision is None or not may_read(actor, revision.audience, revision.region):
        raise NotFound(GONE)
    require(actor, Action.WITHDRAW, revision)
    if revision.state is not state:
        raise WrongState(f"This resource is {revision.state.label} already.")
    return revision


def _tell(
    session: Session, actor: Actor, revision: Revision, kind: NotificationKind, sentence: str
) -> None:
    leads = find_people(session, Role.REGIONAL_LEAD, region=revision.region)
    people = [person for person in (*writers_of(session, revision), *leads) if person != actor.id]
    tell(
        session,
        people,
        kind,
        sentence=sentence,
        reason="You wrote it, or you lead the region that it is of.",
        path=f"/resources/{revision.resource.slug}",
    )
