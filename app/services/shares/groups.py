"""Groups of people whom somebody often sends to: their owner's alone."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from app.domain.audit import AuditAction
from app.domain.errors import InvalidInput, NotFound
from app.domain.people import Actor
from app.domain.permissions import Action, require
from app.domain.sharing import GROUP_NAME_LIMIT, MOST_GROUPS, MOST_MEMBERS, SharedWith
from app.domain.taxonomy import Taxonomy
from app.models.shares import GroupMember, PeopleGroup, Share
from app.services.ledger import audit
from app.services.shares.recipients import find_recipient

GONE = "There is no such group, or it is not yours."


def find_groups(session: Session, actor: Actor) -> tuple[PeopleGroup, ...]:
    """Return the actor's groups by name, with their members.

    Raises:
        NotAllowed: the actor may not share.
    """
    require(actor, Action.SHARE)
    members = selectinload(PeopleGroup.members).selectinload(GroupMember.person)
    mine = select(PeopleGroup).where(PeopleGroup.owner_id == actor.id).options(members)
    return tuple(session.scalars(mine.order_by(PeopleGroup.name, PeopleGroup.id)))


def read_group(session: Session, actor: Actor, group_id: int) -> PeopleGroup:
    """Return one of the actor's groups.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or it is somebody else's.
    """
    require(actor, Action.SHARE)
    group = session.get(PeopleGroup, group_id)
    if group is None or group.owner_id != actor.id:
        raise NotFound(GONE)
    return group


def make_group(session: Session, actor: Actor, name: str) -> PeopleGroup:
    """Make an empty group.

    Raises:
        NotAllowed: the actor may not share.
        InvalidInput: it has no name, or too long a one; or there are too many.
    """
    if len(find_groups(session, actor)) >= MOST_GROUPS:
        raise InvalidInput(f"You have {MOST_GROUPS} groups: delete one that you do not need.")
    group = PeopleGroup(name=_name(name), owner_id=actor.id)
    session.add(group)
    session.flush()
    _note(session, actor, group, "made")
    return group


def rename_group(session: Session, actor: Actor, group_id: int, name: str) -> None:
    """Give a group of the actor's another name.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or it is somebody else's.
        InvalidInput: it has no name, or too long a one.
    """
    group = read_group(session, actor, group_id)
    group.name = _name(name)
    session.flush()
    _note(session, actor, group, "renamed")


def add_member(
    session: Session, actor: Actor, taxonomy: Taxonomy, group_id: int, email: str
) -> None:
    """Add somebody with an account; twice is harmless.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is no such group, or it is somebody else's.
        InvalidInput: nobody has this address, or the group is full.
    """
    group = read_group(session, actor, group_id)
    found = find_recipient(session, actor, taxonomy, SharedWith.PERSON, email)
    if session.get(GroupMember, (group.id, found.value)) is not None:
        return
    if len(group.members) >= MOST_MEMBERS:
        raise InvalidInput(f"A group has at most {MOST_MEMBERS} people.")
    group.members.append(GroupMember(person_id=int(found.value)))
    session.flush()
    _note(session, actor, group, "one added")


def remove_member(session: Session, actor: Actor, group_id: int, person_id: int) -> None:
    """Take somebody out of a group; twice is harmless.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is no such group, or it is somebody else's.
    """
    group = read_group(session, actor, group_id)
    member = session.get(GroupMember, (group.id, person_id))
    if member is not None:
        group.members.remove(member)
        session.flush()
        _note(session, actor, group, "one removed")


def delete_group(session: Session, actor: Actor, group_id: int) -> None:
    """Delete a group; what was sent to it stands no longer on its members' lists.

    Raises:
        NotAllowed: the actor may not share.
        NotFound: there is none, or it is somebody else's.
    """
    group = read_group(session, actor, group_id)
    _note(session, actor, group, "deleted")
    session.execute(update(Share).where(Share.group_id == group.id).values(group_id=None))
    session.delete(group)
    session.flush()


def _name(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not 0 < len(name) <= GROUP_NAME_LIMIT or not name.isprintable():
        raise InvalidInput(f"Name the group, in up to {GROUP_NAME_LIMIT} characters.")
    return name


def _note(session: Session, actor: Actor, group: PeopleGroup, what: str) -> None:
    audit(
        session,
        actor,
        AuditAction.GROUP_CHANGED,
        f"group:{group.id}",
        region=actor.region,
        detail=what,
    )
