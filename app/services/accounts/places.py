"""Where a role reaches: its school, authority and region, made whole and checked."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.people import BELONGS_TO, Belonging, Role
from app.domain.permissions import Place
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


def place_role(
    session: Session,
    taxonomy: Taxonomy,
    role: Role,
    *,
    school_id: int | None = None,
    authority: str | None = None,
    region: str | None = None,
) -> RolePlace:
    """Return the role with all its places; what it does not need is left out.

    Raises:
        InvalidInput: the place that this role belongs to is missing, or there is none such.
    """
    match BELONGS_TO.get(role):
        case Belonging.SCHOOL:
            school = session.get(School, school_id) if school_id is not None else None
            if school is None:
                raise InvalidInput(f"Choose the school of this {role.label}.")
            return RolePlace(role, school.id, school.authority, school.region)
        case Belonging.AUTHORITY:
            if not authority:
                raise InvalidInput(f"Choose the authority of this {role.label}.")
            return RolePlace(role, None, authority, region_of(taxonomy, authority))
        case Belonging.REGION:
            if region not in taxonomy.vocabularies["regions"].by_code:
                raise InvalidInput(f"Choose the region of this {role.label}.")
            return RolePlace(role, None, None, region)
        case Belonging.NOWHERE:
            return RolePlace(role)
    raise InvalidInput("Choose a role.")


def find_schools(session: Session, within: Place | None = None) -> list[School]:
    """Return the schools of a place, by name; all of them where no place is named."""
    asked = select(School).order_by(School.name, School.authority)
    if within is not None and within.school_id is not None:
        asked = asked.where(School.id == within.school_id)
    elif within is not None and within.authority is not None:
        asked = asked.where(School.authority == within.authority)
    elif within is not None and within.region is not None:
        asked = asked.where(School.region == within.region)
    return list(session.scalars(asked))
