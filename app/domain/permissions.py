"""The permission matrix: one table, read by every face of the service."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Protocol

from app.domain.errors import NotAllowed
from app.domain.people import Actor, Role


class Scope(IntEnum):
    """How far a permission reaches; each scope holds the ones before it."""

    NONE = 0
    REGION = 1
    ALL = 2


class Action(StrEnum):
    """What may be asked of the library."""

    SEARCH = "search"
    READ_PUBLIC = "read public resources"
    READ_STAFF = "read staff-only resources"
    READ_REGION = "read region-only resources"
    KEEP = "load, write and check the library"


class Placed(Protocol):
    """Anything that belongs to a region."""

    @property
    def region(self) -> str | None:
        """The region's code."""


NONE, REGION, ALL = Scope
ROLES = tuple(Role)

# fmt: off
MATRIX: Mapping[Action, tuple[Scope, ...]] = {
    #                    visitor  teacher  headteacher  lead     officer  national  administrator
    Action.SEARCH:      (ALL,     ALL,     ALL,         ALL,     ALL,     ALL,      ALL),
    Action.READ_PUBLIC: (ALL,     ALL,     ALL,         ALL,     ALL,     ALL,      ALL),
    Action.READ_STAFF:  (NONE,    ALL,     ALL,         ALL,     ALL,     ALL,      ALL),
    Action.READ_REGION: (NONE,    REGION,  REGION,      REGION,  REGION,  NONE,     ALL),
    Action.KEEP:        (NONE,    NONE,    NONE,        NONE,    NONE,    NONE,     ALL),
}
# fmt: on


def scope_of(actor: Actor, action: Action) -> Scope:
    """Return how far the action reaches for this actor."""
    return MATRIX[action][ROLES.index(actor.role)]


def allows(actor: Actor, action: Action, thing: Placed | None = None) -> bool:
    """Say whether the actor may do the action, to this thing where one is named."""
    scope = scope_of(actor, action)
    if scope is REGION and thing is not None:
        return actor.region is not None and thing.region == actor.region
    return scope is not NONE


def require(actor: Actor, action: Action, thing: Placed | None = None) -> None:
    """Do nothing when allowed.

    Raises:
        NotAllowed: when the matrix says no.
    """
    if not allows(actor, action, thing):
        role = actor.role.replace("_", " ")
        article = "An" if role[0] in "aeiou" else "A"
        raise NotAllowed(f"{article} {role} may not {action}.")
