"""Who a resource is for, and the marks by which every search keeps to it.

A resource carries one mark in the index; a reader carries the set of marks
that they may see. Matching marks is the whole rule, so that pages, counts,
suggestions and similar lists cannot differ.
"""

from enum import StrEnum

from app.domain.people import Actor
from app.domain.permissions import Action, Place, Scope, allows, scope_of


class Audience(StrEnum):
    """Who may read a published resource."""

    PUBLIC = "public"
    STAFF = "staff"
    REGION = "region"


ACTIONS = {
    Audience.PUBLIC: Action.READ_PUBLIC,
    Audience.STAFF: Action.READ_STAFF,
    Audience.REGION: Action.READ_REGION,
}


def may_read(actor: Actor, audience: Audience, region: str) -> bool:
    """Say whether the actor may read a published resource for this audience, of this region."""
    return allows(actor, ACTIONS[audience], Place(region=region))


def mark_of(audience: Audience, region: str) -> str:
    """Return the mark of a resource: public, staff, or region:CODE."""
    return f"region:{region}" if audience is Audience.REGION else str(audience)


def marks_for(actor: Actor, regions: tuple[str, ...]) -> frozenset[str]:
    """Return the marks that this actor may see, where `regions` are all there are."""
    marks = {str(a) for a in (Audience.PUBLIC, Audience.STAFF) if allows(actor, ACTIONS[a])}
    reach = scope_of(actor, Action.READ_REGION)
    if reach is Scope.ALL:
        marks |= {f"region:{region}" for region in regions}
    elif reach is Scope.REGION and actor.region:
        marks.add(f"region:{actor.region}")
    return frozenset(marks)
