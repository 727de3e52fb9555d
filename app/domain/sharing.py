"""Sharing: how much at a time, how long a secret link lives, and who may make one."""

from datetime import timedelta
from enum import StrEnum

from app.domain.audience import ACTIONS, Audience, may_read
from app.domain.people import Actor, Role
from app.domain.permissions import MATRIX, ROLES, Action, Scope, Thing, allows

MESSAGE_LIMIT = 1000  # characters
GROUP_NAME_LIMIT = 100  # characters
MOST_MEMBERS = 200  # of one group
MOST_GROUPS = 50  # of one person
PURPOSE_LIMIT = 200  # characters
MOST_SENT_AN_HOUR = 60
MOST_WIDE_A_DAY = 5  # to a whole authority or region
LINK_DAYS = (1, 7, 30, 90)
MOST_USES = (1, 5, None)  # None: as often as wished until it expires
ENTRY_LASTS = timedelta(hours=12)  # how long a browser that opened a link may read on
MOST_LINKS = 50  # good ones of one person


class SharedWith(StrEnum):
    """Whom a share is for."""

    PERSON = "person"
    SCHOOL = "school"
    AUTHORITY = "authority"
    REGION = "region"
    GROUP = "group"


def may_open(actor: Actor, audience: Audience, thing: Thing) -> bool:
    """Say whether the actor may let outsiders read a published resource by a secret link.

    What is public anybody may; what is restricted only those who keep it: its writers, and
    those who may withdraw it from its readers (the headteacher of its school, a lead of its
    region, an administrator). So a link never reaches further than a keeper wished.
    """
    if not may_read(actor, audience, thing.region or ""):
        return False
    if audience is Audience.PUBLIC:
        return True
    is_own = actor.id is not None and actor.id in thing.owner_ids
    is_lead_here = actor.role is Role.REGIONAL_LEAD and actor.region == thing.region
    return is_own or is_lead_here or allows(actor, Action.WITHDRAW, thing)


def readers_by_role(audience: Audience) -> dict[Role, Scope]:
    """Return how far each role that keeps an account may read what is for this audience."""
    scopes = zip(ROLES, MATRIX[ACTIONS[audience]], strict=True)
    return {role: scope for role, scope in scopes if role is not Role.VISITOR}
