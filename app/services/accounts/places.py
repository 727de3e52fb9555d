"""Where a role reaches: its school, authority and region, made whole and checked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.people import BELONGS_TO, Actor, Belonging, Role
from app.domain.permissions import Action, Place, Scope, require, scope_of
from app.domain.taxonomy import Taxonomy
from app.models.schools import School


@dataclass(frozen=True)
class RolePlace:
    """A role, and the place that it reaches; the wider places follow from the narrowest."""

    role: Role
    school_id: int | None = None
    authority: str | None = None
    region: str | None = None

    @property
    def place(self) -> Place:
        """The place as the permission matrix asks for it."""
        return Place(self.region, self.authority, self.school_id)


def region_of(taxonomy: Taxonomy, authority: str) -> str:
    """Return the region in which an authority stands.

    Raises:
        InvalidInput: there is no such authority.
    """
    term = taxonomy.vocabularies["authorities"].by_code.get(authority)
    regions = taxonomy.vocabularies["regions"].by_code
    region = next((code for code in term.broader if code in regions), None) if term else None
    if region is None:
        raise InvalidInput("Choose an authority from the list.")
    return region


@dataclass(frozen=True)
class Wanted:
    """A role and the place that somebody named for it; what the role does not need is not read."""

    role: Role
    school_id: int | None = None
    authority: str | None = None
    region: str | None = None


def place_role(session: Session, taxonomy: Taxonomy, wanted: Wanted) -> RolePlace:
    """Return the role with all its places; what it does not need is left out.

    Raises:
        InvalidInput: the place that this role belongs to is missing, or there is none such.
    """
    role = wanted.role
    match BELONGS_TO.get(role):
        case Belonging.SCHOOL:
            school = session.get(School, wanted.school_id or 0)
            if school is None:
                raise InvalidInput(f"Choose the school of this {role.label}.")
            return RolePlace(role, school.id, school.authority, school.region)
        case Belonging.AUTHORITY:
            if not wanted.authority:
                raise InvalidInput(f"Choose the authority of this {role.label}.")
            region = region_of(taxonomy, wanted.authority)
            return RolePlace(role, None, wanted.authority, region)
        case Belonging.REGION:
            if wanted.region not in taxonomy.vocabularies["regions"].by_code:
                raise InvalidInput(f"Choose the region of this {role.label}.")
            return RolePlace(role, None, None, wanted.region)
        case Belonging.NOWHERE:
            return RolePlace(role)
    raise InvalidInput("Choose a role.")


def find_schools(session: Session, actor: Actor) -> list[School]:
    """Return the schools to which the actor may invite, by name.

    Raises:
        NotAllowed: the actor may invite nobody.
    """
    require(actor, Action.INVITE)
    asked = select(School).order_by(School.name, School.authority)
    match scope_of(actor, Action.INVITE):
        case Scope.SCHOOL:
            asked = asked.where(School.id == actor.school_id)
        case Scope.AUTHORITY:
            asked = asked.where(School.authority == actor.authority)
        case Scope.REGION:
            asked = asked.where(School.region == actor.region)
    return list(session.scalars(asked))


def school_named(session: Session, name: str, authority: str) -> int | None:
    """Return the id of the school with this name, where one was named.

    Raises:
        InvalidInput: there is none, or there are several in different authorities.
    """
    if not name:
        return None
    asked = select(School).where(School.name == name)
    if authority:
        asked = asked.where(School.authority == authority)
    found = list(session.scalars(asked))
    if not found:
        raise InvalidInput(f"There is no school “{name}”. Load it first: flask schools load.")
    if len(found) > 1:
        codes = ", ".join(school.authority for school in found)
        raise InvalidInput(f"Several schools are called “{name}”: say --authority ({codes}).")
    return found[0].id
