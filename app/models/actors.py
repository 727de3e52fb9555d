"""Who a person is to the services now: their role in force, and where it reaches."""

from datetime import datetime

from app.domain.people import Actor
from app.models.people import Person, RoleGrant


def grant_in_force(person: Person, now: datetime) -> RoleGrant | None:
    """Return the role that a person has now; None where it was taken back, lapsed, or never was."""
    return next(
        (
            grant
            for grant in person.grants
            if grant.ended_at is None and (grant.ends_at is None or grant.ends_at > now)
        ),
        None,
    )


def actor_of(person: Person, now: datetime) -> Actor | None:
    """Return the person as services know them; None for somebody disabled or without a role."""
    grant = grant_in_force(person, now)
    if grant is None or person.disabled_at is not None:
        return None
    return Actor(
        role=grant.role,
        id=person.id,
        region=grant.region,
        authority=grant.authority,
        school_id=grant.school_id,
        name=person.name,
    )
