"""Who is acting: a role, and the school, authority and region that it reaches."""

from collections.abc import Mapping
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

    @property
    def label(self) -> str:
        """The role in words: regional lead."""
        return self.value.replace("_", " ")

    @property
    def with_article(self) -> str:
        """The role as part of a sentence: a regional lead, an administrator."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.label}"


class Belonging(StrEnum):
    """What a role belongs to: the place that its grant must name."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    REGION = "region"
    NOWHERE = "nowhere"


# A school stands in an authority, an authority in a region: the wider follow from the narrow.
BELONGS_TO: Mapping[Role, Belonging] = {
    Role.TEACHER: Belonging.SCHOOL,
    Role.HEADTEACHER: Belonging.SCHOOL,
    Role.REGIONAL_LEAD: Belonging.REGION,
    Role.AUTHORITY_OFFICER: Belonging.AUTHORITY,
    Role.NATIONAL_READER: Belonging.NOWHERE,
    Role.ADMINISTRATOR: Belonging.NOWHERE,
}

# Whom each role may invite, within the reach that the matrix gives it.
MAY_INVITE: Mapping[Role, frozenset[Role]] = {
    Role.HEADTEACHER: frozenset({Role.TEACHER}),
    Role.REGIONAL_LEAD: frozenset({Role.TEACHER, Role.HEADTEACHER}),
    Role.AUTHORITY_OFFICER: frozenset({Role.TEACHER, Role.HEADTEACHER}),
    Role.ADMINISTRATOR: frozenset(BELONGS_TO),
}


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf something is done."""

    role: Role
    id: int | None = None  # None: nobody's account, such as a visitor
    region: str | None = None  # a code from content/taxonomy/regions.yaml
    authority: str | None = None  # a code from content/taxonomy/authorities.yaml
    school_id: int | None = None
    name: str = ""
    # The actions that a program's token keeps to; None: all that the role may do.
    may_only: frozenset[str] | None = None


VISITOR = Actor(Role.VISITOR)

# Whoever may run commands on the machine holds its files and database anyway.
OPERATOR = Actor(Role.ADMINISTRATOR, name="The operator")
