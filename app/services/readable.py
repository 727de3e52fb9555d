"""The matrix's rule about reading as a condition, for questions about many at once."""

from sqlalchemy import ColumnElement, and_, false, or_

from app.domain.audience import ACTIONS, Audience
from app.domain.people import Actor
from app.domain.permissions import Action, Scope, allows, scope_of
from app.models.collections import Collection
from app.models.resources import Revision


def is_readable(
    actor: Actor, table: type[Revision] | type[Collection] = Revision
) -> ColumnElement[bool]:
    """Return which published ones the actor may read; `may_read` of the domain says it of one."""
    seen = [
        table.audience == audience
        for audience in (Audience.PUBLIC, Audience.STAFF)
        if allows(actor, ACTIONS[audience])
    ]
    reach = scope_of(actor, Action.READ_REGION)
    if reach is Scope.ALL:
        seen.append(table.audience == Audience.REGION)
    elif reach is Scope.REGION and actor.region:
        seen.append(and_(table.audience == Audience.REGION, table.region == actor.region))
    return or_(false(), *seen)
