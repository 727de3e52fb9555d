"""What was built on what: for whoever writes it down, and for whoever must tell the children."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.notifications import NotificationKind
from app.domain.people import Actor
from app.domain.workflow import OPEN, State
from app.models.lineages import Lineage
from app.models.resources import Resource, Revision
from app.services.published import find_keepers
from app.services.telling import tell

UNKNOWN_NUMBER = 0  # a file names its parent, and not which version of it


def note_parent(
    session: Session, resource_id: str, parent_id: str | None, number: int | None = None
) -> None:
    """Write down what a resource was built on, or that it was on nothing; safe to repeat.

    `number` is the parent's version; where it is not known, the one that is published now.
    """
    held = session.get(Lineage, resource_id)
    if parent_id is None or parent_id == resource_id:
        if held is not None:
            session.delete(held)
        return
    if held is not None and held.parent_id == parent_id:
        return
    if number is None:
        parent = session.get(Resource, parent_id)
        number = parent.published.number if parent and parent.published else UNKNOWN_NUMBER
    if held is None:
        session.add(Lineage(resource_id=resource_id, parent_id=parent_id, parent_number=number))
    else:
        held.parent_id, held.parent_number = parent_id, number
    session.flush()


def warn_children(session: Session, actor: Actor, withdrawn: Revision) -> None:
    """Tell the writers of what was built on a resource that it was withdrawn.

    Of its title nothing is said: they may no longer be among its readers.
    """
    children = session.scalars(
        select(Revision)
        .where(
            Revision.adapted_from == withdrawn.resource_id,
            Revision.state.in_((*OPEN, State.PUBLISHED)),
        )
        .order_by(Revision.id)
    )
    for child in children:
        is_out = child.state is State.PUBLISHED
        # What a teacher has not offered yet is nobody else's.
        people = find_keepers(session, child) if is_out else child.owner_ids
        path = f"/resources/{child.resource.slug}" if is_out else f"/submissions/{child.id}"
        title = child.title or "A draft without a title"
        tell(
            session,
            [person for person in people if person != actor.id],
            NotificationKind.PARENT_WITHDRAWN,
            sentence=f"What “{title}” was built on was withdrawn.",
            reason="You wrote it, or you are a headteacher of its school.",
            path=path,
        )
