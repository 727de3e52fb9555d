"""Whom a share is for, and which of them may read what it is of."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.moments import utc_now
from app.domain.people import Actor
from app.domain.permissions import Scope
from app.domain.sharing import SharedWith, readers_by_role
from app.domain.taxonomy import Taxonomy, fold
from app.models.people import Person, RoleGrant
from app.models.schools import School
from app.models.shares import GroupMember, PeopleGroup, Share
from app.services.shares.things import SharedThing

NOBODY = (
    "Nobody with this address has an account here. Check it, or send them the link by your own "
    "mail instead."
)


@dataclass(frozen=True)
class Recipient:
    """Whom a share is for: the column that names them, and how they are told of in a sentence."""

    kind: SharedWith
    column: str
    value: int | str
    label: str

    @property
    def is_wide(self) -> bool:
        """Whether it reaches a great many people."""
        return self.kind in (SharedWith.AUTHORITY, SharedWith.REGION)


def find_recipient(
    session: Session, actor: Actor, taxonomy: Taxonomy, kind: SharedWith, value: str
) -> Recipient:
    """Return whom these words name: an e-mail address, an id or a taxonomy code.

    Raises:
        InvalidInput: there is nobody and no place of that name.
    """
    value = value.strip()
    match kind:
        case SharedWith.PERSON:
            return _person(session, actor, value)
        case SharedWith.SCHOOL:
            return _school(session, value)
        case SharedWith.GROUP:
            return _group(session, actor, value)
        case SharedWith.AUTHORITY:
            return _place(taxonomy, kind, "authorities", value, "Choose an authority.")
    return _place(taxonomy, kind, "regions", value, "Choose a region.")


def find_by_words(session: Session, actor: Actor, taxonomy: Taxonomy, words: str) -> Recipient:
    """Return whom one line names: an e-mail address, or a school, group or place by its name.

    Raises:
        InvalidInput: it names nobody and nothing, or several schools.
    """
    wanted = fold(words.strip())
    if "@" in words or not wanted:
        return find_recipient(session, actor, taxonomy, SharedWith.PERSON, words)
    found = [
        (kind, value)
        for kind, value, names in offered(session, actor, taxonomy)
        if wanted in (fold(name) for name in names)
    ]
    if not found:
        raise InvalidInput(
            "Choose from the list, or enter a colleague’s e-mail address: nobody and no place is "
            f"called “{words.strip()[:60]}”."
        )
    if len(found) > 1:
        raise InvalidInput("Several schools have this name: choose the one with its authority.")
    return find_recipient(session, actor, taxonomy, *found[0])


Offered = tuple[SharedWith, str, tuple[str, ...]]


def offered(session: Session, actor: Actor, taxonomy: Taxonomy) -> list[Offered]:
    """Return whom the actor may choose: kind, value and names, the name to show first.

    Colleagues, groups, regions, authorities, schools, each in order.
    """
    colleagues: list[Offered] = [
        (SharedWith.PERSON, p.email, (p.email,)) for p in find_colleagues(session, actor)
    ]
    mine = select(PeopleGroup).where(PeopleGroup.owner_id == actor.id).order_by(PeopleGroup.name)
    groups: list[Offered] = [
        (SharedWith.GROUP, str(group.id), (f"{group.name} (my group)", group.name))
        for group in session.scalars(mine)
    ]
    places: list[Offered] = [
        (kind, code, (label,))
        for kind, vocabulary in _VOCABULARIES
        for code in taxonomy.codes(vocabulary)
        for label in (taxonomy.label(vocabulary, code),)
    ]
    schools: list[Offered] = [
        (
            SharedWith.SCHOOL,
            str(school.id),
            (f"{school.name}, {taxonomy.label('authorities', school.authority)}", school.name),
        )
        for school in find_schools(session)
    ]
    return [*colleagues, *groups, *places, *schools]


_VOCABULARIES = ((SharedWith.REGION, "regions"), (SharedWith.AUTHORITY, "authorities"))


def find_readers(
    session: Session, actor: Actor, thing: SharedThing, recipient: Recipient
) -> tuple[int, ...]:
    """Return the ids of those whom a share reaches and who may read the thing; not the sender."""
    asked = select(Person.id).where(*_reached(actor, recipient), _may_read(thing))
    return tuple(session.scalars(asked.join(RoleGrant, RoleGrant.person_id == Person.id)))


def is_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a share was sent to this actor, by name or by place."""
    groups = select(GroupMember.group_id).where(GroupMember.person_id == actor.id)
    ways = [
        and_(Share.shared_with == SharedWith.PERSON, Share.person_id == actor.id),
        and_(Share.shared_with == SharedWith.GROUP, Share.group_id.in_(groups)),
    ]
    for kind, column, mine in (
        (SharedWith.SCHOOL, Share.school_id, actor.school_id),
        (SharedWith.AUTHORITY, Share.authority, actor.authority),
        (SharedWith.REGION, Share.region, actor.region),
    ):
        if mine is not None:
            ways.append(and_(Share.shared_with == kind, column == mine))
    return or_(*ways)


def find_schools(session: Session) -> list[School]:
    """Return every school, by authority and name, to choose from."""
    return list(session.scalars(select(School).order_by(School.authority, School.name)))


def find_colleagues(session: Session, actor: Actor, limit: int = 50) -> list[Person]:
    """Return those of the actor's school, and whom they sent to before, by name."""
    sent = select(Share.person_id).where(Share.from_id == actor.id, Share.person_id.is_not(None))
    near: ColumnElement[bool] = Person.id.in_(sent)
    if actor.school_id is not None:
        here = select(RoleGrant.person_id).where(
            RoleGrant.school_id == actor.school_id, RoleGrant.ended_at.is_(None)
        )
        near = or_(near, Person.id.in_(here))
    asked = select(Person).where(near, Person.id != actor.id, Person.disabled_at.is_(None))
    return list(session.scalars(asked.order_by(Person.name).limit(limit)))


def _in_force() -> tuple[ColumnElement[bool], ...]:
    now = utc_now()
    return (
        Person.disabled_at.is_(None),
        RoleGrant.ended_at.is_(None),
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > now),
    )


def _reached(actor: Actor, recipient: Recipient) -> tuple[ColumnElement[bool], ...]:
    match recipient.kind:
        case SharedWith.PERSON:
            who: ColumnElement[bool] = Person.id == recipient.value
        case SharedWith.SCHOOL:
            who = RoleGrant.school_id == recipient.value
        case SharedWith.AUTHORITY:
            who = RoleGrant.authority == recipient.value
        case SharedWith.REGION:
            who = RoleGrant.region == recipient.value
        case SharedWith.GROUP:
            members = select(GroupMember.person_id).where(GroupMember.group_id == recipient.value)
            who = Person.id.in_(members)
    return (who, Person.id != actor.id, *_in_force())


def _may_read(thing: SharedThing) -> ColumnElement[bool]:
    """Return the matrix's rule about reading as a condition on a role in force."""
    if thing.is_private:
        return false()
    scopes = readers_by_role(thing.audience)
    anywhere = [role for role, scope in scopes.items() if scope is Scope.ALL]
    if len(anywhere) == len(scopes):
        return true()
    here = [role for role, scope in scopes.items() if scope is Scope.REGION]
    return or_(
        RoleGrant.role.in_(anywhere),
        and_(RoleGrant.role.in_(here), RoleGrant.region == thing.region),
    )


def _person(session: Session, actor: Actor, email: str) -> Recipient:
    asked = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(Person.email == func.lower(email), *_in_force())
    )
    found = session.scalars(asked).first() if email and "\0" not in email else None
    if not email:
        raise InvalidInput("Enter the e-mail address of a colleague.")
    if found is None:
        raise InvalidInput(NOBODY)
    if found.id == actor.id:
        raise InvalidInput("That is your own address: save it instead.")
    return Recipient(SharedWith.PERSON, "person_id", found.id, found.name)


def _school(session: Session, value: str) -> Recipient:
    school = session.get(School, int(value)) if _is_id(value) else None
    if school is None:
        raise InvalidInput("Choose a school from the list.")
    return Recipient(SharedWith.SCHOOL, "school_id", school.id, f"everybody at {school.name}")


def _group(session: Session, actor: Actor, value: str) -> Recipient:
    group = session.get(PeopleGroup, int(value)) if _is_id(value) else None
    if group is None or group.owner_id != actor.id:
        raise InvalidInput("Choose one of your groups.")
    return Recipient(SharedWith.GROUP, "group_id", group.id, f"your group “{group.name}”")


def _place(
    taxonomy: Taxonomy, kind: SharedWith, vocabulary: str, code: str, advice: str
) -> Recipient:
    if code not in taxonomy.codes(vocabulary):
        raise InvalidInput(advice)
    label = f"everybody of {taxonomy.label(vocabulary, code)}"
    return Recipient(kind, str(kind), code, label)


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 10  # noqa: PLR2004 - fits an INTEGER
