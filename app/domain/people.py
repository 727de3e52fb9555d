"""Who is acting: a role, and the region, authority and school it reaches."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the library; the visitor is not signed in."""

    VISITOR = "visitor"
    TEACHER = "teacher"
    HEADTEACHER = "headteacher"
    REGIONAL_LEAD = "regional_lead"
    AUTHORITY_OFFICER = "authority_officer"
    NATIONAL_READER = "national_reader"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf something is done."""

    role: Role
    id: int | None = None  # None: nobody's account, such as a visitor
    region: str | None = None  # a code from content/taxonomy/regions.yaml
    authority: str | None = None  # a code from content/taxonomy/authorities.yaml


VISITOR = Actor(Role.VISITOR)

# Whoever may run commands on the machine holds its files and database anyway.
OPERATOR = Actor(Role.ADMINISTRATOR)
