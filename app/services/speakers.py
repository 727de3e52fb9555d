"""Who said something, as pages tell it: a role and where it belongs, never a name."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.people import Role
from app.models.people import Person


@dataclass(frozen=True)
class Speaker:
    """Somebody's role when they spoke, and its school, authority or region."""

    role: Role | None  # None: nobody's that we know of
    school: str = ""
    authority: str | None = None  # a code
    region: str | None = None  # a code


def speaker_of(person: Person, at: datetime) -> Speaker:
    """Return who a person was at a moment; their grants, with schools, are looked at.

    Somebody who had no role yet is told by the first that they had.
    """
    held = [grant for grant in person.grants if grant.granted_at <= at] or person.grants[:1]
    if not held:
        return Speaker(None)
    grant = held[-1]
    school = grant.school.name if grant.school else ""
    return Speaker(grant.role, school, grant.authority, grant.region)
